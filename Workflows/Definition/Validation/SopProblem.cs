using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

internal enum Severity { Error, Warning }

/// <summary>Something wrong with a draft. Errors forbid publishing.</summary>
/// <param name="Step">Id of the step, or null for the SOP as a whole.</param>
/// <param name="Path">Place in the JSON: <c>steps[0].inputs.title</c>.</param>
/// <param name="Said">Text by code; its first argument names the step.</param>
internal sealed record SopProblem(string? Step, string Path, Severity Severity, Message Said)
{
    public string Code => Said.Code;
}

/// <summary>What a draft is checked against.</summary>
internal sealed record SopWorld
{
    public required Catalogue Catalogue { get; init; }
    public required StepCatalogue Steps { get; init; }
    public IReadOnlySet<string> Roles { get; init; } = new HashSet<string>();
    /// <summary>Roles that somebody active holds.</summary>
    public IReadOnlySet<string> RolesWithPeople { get; init; } = new HashSet<string>();
    public IReadOnlySet<Guid> ActiveUsers { get; init; } = new HashSet<Guid>();
    /// <summary>Mail templates by key.</summary>
    public IReadOnlyDictionary<string, MailWords> MailTemplates { get; init; } = new Dictionary<string, MailWords>();
    /// <summary>The records that steps and triggers may name, by type and natural key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Record>> Named { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, Record>>();
    /// <summary>The SOP has a trigger that tells its runs something.</summary>
    public bool TellsPayload { get; init; }
    /// <summary>Published SOPs, each with the record type it is for and the SOPs it calls.</summary>
    public IReadOnlyDictionary<string, SopRef> Sops { get; init; } = new Dictionary<string, SopRef>();
}

internal sealed record SopRef(string Record, IReadOnlyList<string> Calls);

/// <summary>Texts of a mail template.</summary>
internal sealed record MailWords(string Subject, string Body);
