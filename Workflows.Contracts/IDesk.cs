using System.Text.Json.Nodes;

namespace Crm.Workflows.Contracts;

/// <summary>A person's open work, and doing it, for code inside the host; the acting person is the present actor and all rules of the API hold. Scoped.</summary>
public interface IDesk
{
    /// <summary>Oldest first, at most 200 tasks and 200 approvals.</summary>
    Task<IReadOnlyList<DeskItem>> OpenAsync(CancellationToken ct);

    /// <param name="answers">By form key; what the outcome requires must be there.</param>
    /// <param name="checklist">Items that are done.</param>
    Task CompleteAsync(Guid task, string outcome, JsonObject answers, IReadOnlyList<string> checklist, CancellationToken ct);

    /// <param name="act"><c>approve</c>, <c>reject</c>, <c>return</c>; the latter two need a comment.</param>
    Task DecideAsync(Guid approval, string act, string? comment, CancellationToken ct);
}

/// <param name="SopKey">Null for tasks that people gave each other.</param>
/// <param name="Step">The SOP's step, with its visit: <c>contact#2</c>.</param>
public sealed record DeskItem(Guid Id, bool IsApproval, string? SopKey, string? Step, DateTime CreatedAt);
