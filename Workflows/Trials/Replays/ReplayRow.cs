using System.Text.Json;
using Crm.Shared.Data;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.Trials.Replays;

/// <summary>Numbers are stored: append only.</summary>
internal enum ReplayState { Running = 0, Done = 1, Cancelled = 2, Failed = 3 }

/// <summary>A stored replay.</summary>
internal sealed class ReplayRow
{
    public Guid Id { get; init; }
    public string SopKey { get; init; } = "";
    public int? SopVersion { get; init; }
    public string Definition { get; init; } = "";
    public DateTime FromAt { get; init; }
    public DateTime ToAt { get; init; }
    public string? Filter { get; init; }
    public ReplayState Status { get; init; }
    public int Progress { get; init; }
    public string? WentTo { get; init; }
    public int Cases { get; init; }
    public string Figures { get; init; } = "{}";
    public string Carried { get; init; } = "{}";
    public string? Error { get; init; }
    public DateTime CreatedAt { get; init; }
    public Guid? CreatedById { get; init; }
    public DateTime? EndedAt { get; init; }

    public const string Columns =
        "id, sop_key, sop_version, definition, from_at, to_at, filter, status, progress, went_to, cases, figures, carried, error, created_at, created_by_id, ended_at";

    public Dictionary<string, int> Counts() => JsonSerializer.Deserialize<Dictionary<string, int>>(Figures, Stored.Json)!;
}

/// <summary>What one case hands on to the next: since each is undone, whose turn it is in a round robin and who was given how much would be forgotten.</summary>
internal sealed record Carried
{
    public Dictionary<string, Guid> Turns { get; init; } = [];
    public Dictionary<Guid, int> Given { get; init; } = [];
}

/// <summary>One record's case, stored and on its way there.</summary>
internal sealed class CaseRow
{
    public long Seq { get; init; }
    public Guid RecordId { get; init; }
    public string RecordName { get; init; } = "";
    public DateTime At { get; init; }
    public DateTime? EndedAt { get; init; }
    public Standing? Status { get; init; }
    public Guid? RunId { get; init; }
    public Guid? OwnerThenId { get; init; }
    public Guid? OwnerNowId { get; init; }
    public string Detail { get; init; } = "{}";

    public const string Columns = "seq, record_id, record_name, at, ended_at, status, run_id, owner_then_id, owner_now_id, detail";
}

/// <summary>What cases are counted by, beside <c>step/x</c> and <c>way/x/y</c>.</summary>
internal static class Figure
{
    public const string All = "all", Owner = "owner", Way = "way", NoApprover = "noApprover", Nobody = "nobody", Failed = "failed", NeverEnds = "neverEnds", Completed = "completed",
        Cancelled = "cancelled", NotStarted = "notStarted", NewlyStarted = "newlyStarted", PresentValues = "presentValues";

    public static string Step(string id) => $"step/{id}";
    public static string Into(string way) => $"way/{way}";
}
