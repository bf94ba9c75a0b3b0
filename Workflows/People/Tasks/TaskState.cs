using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.People.Tasks;

internal enum TaskStatus { Open, Done, Cancelled }

/// <summary>A task as its rules see it.</summary>
internal sealed record TaskState
{
    public TaskStatus Status { get; init; }
    public required Guid Assignee { get; init; }
    /// <summary>Whom the assignee stands in for.</summary>
    public Guid? Via { get; init; }
    public DateTime? DueAt { get; init; }
    /// <summary>Out of sight until then.</summary>
    public DateTime? SnoozedUntil { get; init; }
    public string? Outcome { get; init; }
    public JsonObject Answers { get; init; } = [];
    public IReadOnlyList<string> Checked { get; init; } = [];
    /// <summary>How many escalations have happened.</summary>
    public int Escalated { get; init; }
    public DateTime? EndedAt { get; init; }
    public Guid? EndedBy { get; init; }
}

/// <summary>What must be filled and pressed.</summary>
internal sealed record TaskForm(IReadOnlyList<FormField> Fields, IReadOnlyList<ChecklistItem> Checklist, IReadOnlyList<TaskOutcome> Outcomes)
{
    public static TaskForm Empty { get; } = new([], [], []);
    public static TaskForm Of(TaskStep step) => new(step.Form, step.Checklist, step.Outcomes);
}

/// <summary>What someone, or time, does to a task. <c>By</c> null is the system.</summary>
internal abstract record TaskDo(Guid? By)
{
    internal sealed record Complete(Guid? By, string Outcome, JsonObject Answers, IReadOnlyList<string> Checked) : TaskDo(By);
    internal sealed record Reassign(Guid? By, Guid To, Guid? Via, string? Note) : TaskDo(By);
    /// <param name="Until">Null takes an earlier one back.</param>
    internal sealed record Snooze(Guid? By, DateTime? Until) : TaskDo(By);
    /// <summary>Late: the next escalation happens. <paramref name="To"/> is whom its rule found.</summary>
    internal sealed record Escalate(Definition.Escalation Step, Found? To) : TaskDo((Guid?)null);
    /// <summary>The due time was computed anew: a calendar changed.</summary>
    internal sealed record Move(DateTime? DueAt) : TaskDo((Guid?)null);
    internal sealed record Cancel(Guid? By) : TaskDo(By);
}

/// <summary>What happened to a task; the store writes it to the history and tells those concerned.</summary>
internal abstract record TaskEvent
{
    /// <summary>The run that waits goes on with this outcome.</summary>
    internal sealed record Completed(Guid? By, string Outcome, JsonObject Answers) : TaskEvent;
    internal sealed record Reassigned(Guid? By, Guid From, Guid To, Guid? Via, string? Note) : TaskEvent;
    internal sealed record Snoozed(DateTime? Until) : TaskEvent;
    /// <summary>Someone is told that the task is late.</summary>
    internal sealed record Told(Guid User) : TaskEvent;
    /// <summary>An escalation found nobody: needs the administrator.</summary>
    internal sealed record NobodyFound : TaskEvent;
    internal sealed record Moved(DateTime? DueAt) : TaskEvent;
    internal sealed record Cancelled(Guid? By) : TaskEvent;
}
