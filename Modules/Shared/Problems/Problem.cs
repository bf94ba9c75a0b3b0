using Crm.Shared.Records;

namespace Crm.Shared.Problems;

/// <summary>One wrong field of a request.</summary>
/// <param name="Field">Field key or JSON path; empty for the whole.</param>
/// <param name="Code">Stable code, key of a text resource: <c>field.required</c>.</param>
/// <param name="Args">Values for the text's placeholders {0}, {1}...</param>
public sealed record FieldError(string Field, string Code, params object?[] Args)
{
    /// <summary>What the field is called where people are told without a form beside it; null: its key must do.</summary>
    public Label? Named { get; init; }
}

/// <summary>An expected refusal; becomes an RFC 9457 problem with a stable code and texts in the user's language.</summary>
public sealed class Problem(int status, string code, IReadOnlyList<FieldError> errors, params object?[] args)
    : Exception($"{code} {string.Join("; ", errors.Select(e => $"{e.Field}: {e.Code}"))}")
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;
    public string Code { get; } = code;
    public IReadOnlyList<FieldError> Errors { get; } = errors;
    public IReadOnlyList<object?> Args { get; } = args;
    /// <summary>More members of the problem document, such as the current record of a version conflict.</summary>
    public Dictionary<string, object?> More { get; } = [];
    /// <summary>The record a version conflict is about; its present state goes into the document as <c>current</c>.</summary>
    public (string Type, Guid Id)? About { get; init; }

    public static Problem Invalid(params FieldError[] errors) => new(400, "invalid", errors);
    public static Problem Invalid(string field, string code, params object?[] args) => Invalid(new FieldError(field, code, args));
    /// <summary>Also for records outside the actor's data scope: their existence is not told.</summary>
    public static Problem NotFound(string type, object id) => new(404, "notFound", [], type, id);
    public static Problem Forbidden(string permission) => new(403, "forbidden", [], permission);
    /// <summary>A rule of the business forbids it now: code names the rule.</summary>
    public static Problem Conflict(string code, params object?[] args) => new(409, code, [], args);
    /// <summary>Somebody else saved first; the page shows both sides field by field.</summary>
    public static Problem Stale() => new(412, "stale", []);
    /// <inheritdoc cref="Stale()"/>
    public static Problem Stale(string type, Guid id) => new(412, "stale", []) { About = (type, id) };
}
