using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.People.Tasks;

/// <summary>A stored task. Those of a person have no run.</summary>
internal sealed class TaskRow
{
    public Guid Id { get; init; }
    public Guid? RunId { get; init; }
    public string? StepAt { get; init; }
    public string? SopKey { get; init; }
    public int? SopVersion { get; init; }
    public string Title { get; init; } = "";
    public string? Script { get; init; }
    public string? RecordType { get; init; }
    public Guid? RecordId { get; init; }
    public string? RecordName { get; init; }
    public Guid AssigneeId { get; init; }
    public Guid? ViaId { get; init; }
    public TaskStatus Status { get; init; }
    public DateTime? DueAt { get; init; }
    public DateTime? SnoozedUntil { get; init; }
    public int Escalated { get; init; }
    public int Alarms { get; init; }
    public string? Outcome { get; init; }
    public string? Answers { get; init; }
    public string? Why { get; init; }
    public string? DueWhy { get; init; }
    public long Version { get; init; }
    /// <summary>What the record was worth when the task came up.</summary>
    public decimal? Value { get; init; }
    public DateTime CreatedAt { get; init; }
    public Guid? CreatedById { get; init; }
    public DateTime? EndedAt { get; init; }
    public Guid? EndedById { get; init; }

    public const string Columns = """
        id, run_id, step_at, sop_key, sop_version, title, script, record_type, record_id, record_name, assignee_id, via_id, status, due_at, snoozed_until,
        escalated, alarms, outcome, answers, why, due_why, version, value, created_at, created_by_id, ended_at, ended_by_id
        """;

    public TaskState State() => new()
    {
        Status = Status,
        Assignee = AssigneeId,
        Via = ViaId,
        DueAt = DueAt,
        SnoozedUntil = SnoozedUntil,
        Outcome = Outcome,
        Answers = Filled?["answers"]?.DeepClone().AsObject() ?? [],
        Checked = Filled?["checked"].Deserialize<string[]>(ContractJson.Options) ?? [],
        Escalated = Escalated,
        EndedAt = EndedAt,
        EndedBy = EndedById,
    };

    private JsonNode? Filled => Answers is null ? null : JsonNode.Parse(Answers);
}
