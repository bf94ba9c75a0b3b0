using System.Text.Json.Serialization;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime;

/// <summary>How a run stands, for people. Numbers are stored: append only.</summary>
internal enum Standing { Running = 0, Waiting = 1, Incident = 2, Done = 3, Cancelled = 4 }

/// <summary>The control row of a run.</summary>
internal sealed class Run
{
    public Guid Id { get; init; }
    public string SopKey { get; init; } = "";
    public int SopVersion { get; init; }
    public string RecordType { get; init; } = "";
    public Guid RecordId { get; init; }
    public string RecordName { get; init; } = "";
    public Standing Status { get; init; }
    /// <summary>Null until the first turn.</summary>
    public string? State { get; init; }
    /// <summary>Turns taken: whoever writes must have read this one.</summary>
    public long Version { get; init; }
    /// <summary>Entries of its history.</summary>
    public int Entries { get; init; }
    public Guid EventId { get; init; }
    /// <summary>Kind of the trigger.</summary>
    public string StartedBy { get; init; } = "";
    public Guid? InitiatorId { get; init; }
    /// <summary>People the initiator picked, JSON ids.</summary>
    public string? Chosen { get; init; }
    /// <summary>Length of the chain of runs that led here: 1 where a person began it.</summary>
    public int Depth { get; init; }
    public Guid? CauseRunId { get; init; }
    public string? ParentAt { get; init; }
    public Lane Lane { get; init; }
    public DateTime StartedAt { get; init; }
    public DateTime? EndedAt { get; init; }
    /// <summary>Whose record it was when the run began; quotas and figures go by it.</summary>
    public Guid? OwnerId { get; init; }
    public Guid? UnitId { get; init; }
    /// <summary>Steps it waits at, each between commas; null before the first turn and after the end.</summary>
    public string? StandsAt { get; init; }

    public const string Columns =
        "id, sop_key, sop_version, record_type, record_id, record_name, status, state, version, entries, event_id, started_by, initiator_id, chosen, depth, cause_run_id, parent_at, lane, started_at, ended_at, owner_id, unit_id, stands_at";

    public RecordRef Record => new(RecordType, RecordId);
    public bool Ended => Status is Standing.Done or Standing.Cancelled;
}

/// <summary>What the work queue keeps for a run: wake it with this. No stimulus means start.</summary>
/// <param name="By">The person whose act it is.</param>
internal sealed record Wake(
    [property: JsonPropertyName("r")] Guid Run,
    [property: JsonPropertyName("s")] Stimulus? Stimulus = null,
    [property: JsonPropertyName("b")] Guid? By = null)
{
    /// <summary>A quota has put the start off before.</summary>
    [JsonPropertyName("h")] public bool Held { get; init; }

    public const string Kind = "workflows.turn";
}
