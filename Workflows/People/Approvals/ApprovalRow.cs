using System.Text.Json;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.People.Approvals;

/// <summary>A stored approval.</summary>
internal sealed class ApprovalRow
{
    public Guid Id { get; init; }
    public Guid RunId { get; init; }
    public string StepAt { get; init; } = "";
    public string SopKey { get; init; } = "";
    public int SopVersion { get; init; }
    public string Title { get; init; } = "";
    public string RecordType { get; init; } = "";
    public Guid RecordId { get; init; }
    public string RecordName { get; init; } = "";
    public Guid InitiatorId { get; init; }
    public ApprovalStatus Status { get; init; }
    public string State { get; init; } = "";
    public string Snapshot { get; init; } = "[]";
    public string? Why { get; init; }
    /// <summary>What the record was worth when it was submitted.</summary>
    public decimal? Value { get; init; }
    /// <summary>What was submitted the time before; see <see cref="Approvals.Previous"/>.</summary>
    public string? Previous { get; init; }
    public long Version { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? DueAt { get; init; }
    public DateTime? EndedAt { get; init; }

    public const string Columns =
        "id, run_id, step_at, sop_key, sop_version, title, record_type, record_id, record_name, initiator_id, status, state, snapshot, why, value, previous, version, created_at, due_at, ended_at";

    public Approval Approval() => JsonSerializer.Deserialize<Approval>(State, ContractJson.Options)!;

    public static string Write(Approval approval) => JsonSerializer.Serialize(approval, ContractJson.Options);
}

/// <summary>A seat as the queue of its approver sees it.</summary>
internal enum SeatQueue { Waiting = 0, Open = 1, Decided = 2, Gone = 3 }
