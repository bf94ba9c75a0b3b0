namespace Crm.Workflows.Trials.Replays;

/// <summary>A case and the figures it counts in.</summary>
internal sealed record Played(CaseRow Row, IReadOnlyList<string> Figures);

/// <summary>What one piece of work has played.</summary>
/// <param name="WentTo">Where the next goes on; null at the end.</param>
internal sealed record Batch(IReadOnlyList<Played> Cases, string? WentTo, int Progress, Carried Carried);
