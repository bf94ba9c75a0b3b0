using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Result = Crm.Workflows.People.Acted<Crm.Workflows.People.Tasks.TaskState, Crm.Workflows.People.Tasks.TaskEvent>;

namespace Crm.Workflows.People.Tasks;

/// <summary>The life of a task: open, then done or cancelled, once.</summary>
internal static class TaskRules
{
    /// <summary>Outcome of tasks that name none.</summary>
    public const string Done = "done";

    /// <summary>Who may act at all (assignee, superior, permission) is checked before.</summary>
    public static Result Act(TaskState task, TaskForm form, TaskDo act, DateTime now)
    {
        if (task.Status != TaskStatus.Open) return Refuse(task, task.Status == TaskStatus.Done ? "task.done" : "task.cancelled");
        return act switch
        {
            TaskDo.Complete complete => Complete(task, form, complete, now),
            TaskDo.Reassign reassign => Reassign(task, reassign),
            TaskDo.Snooze snooze => snooze.Until <= now
                ? Refuse(task, "task.snoozePast")
                : new(task with { SnoozedUntil = snooze.Until }, [new TaskEvent.Snoozed(snooze.Until)]),
            TaskDo.Escalate escalate => Escalate(task, escalate, now),
            TaskDo.Move move => new(task with { DueAt = move.DueAt }, move.DueAt == task.DueAt ? [] : [new TaskEvent.Moved(move.DueAt)]),
            TaskDo.Cancel cancel => new(
                task with { Status = TaskStatus.Cancelled, EndedAt = now, EndedBy = cancel.By },
                [new TaskEvent.Cancelled(cancel.By)]),
            _ => throw new ArgumentOutOfRangeException(nameof(act)),
        };
    }

    private static Result Complete(TaskState task, TaskForm form, TaskDo.Complete act, DateTime now)
    {
        var outcome = form.Outcomes.FirstOrDefault(o => o.Key == act.Outcome);
        if (outcome is null && !(form.Outcomes.Count == 0 && act.Outcome == Done)) return Refuse(task, "task.unknownOutcome", act.Outcome);

        var asked = form.Fields.Where(f => IsAsked(f, outcome, form)).ToList();
        var answers = new JsonObject(asked.Where(f => act.Answers.ContainsKey(f.Key)).Select(f => KeyValuePair.Create(f.Key, act.Answers[f.Key]?.DeepClone())));
        var wrong = act.Answers.Where(a => form.Fields.All(f => f.Key != a.Key)).Select(a => (a.Key, "task.unknownAnswer"))
            .Concat(act.Checked.Where(c => form.Checklist.All(i => i.Key != c)).Select(c => (c, "task.unknownAnswer")))
            .Concat(asked.Where(f => IsRequired(f, outcome) && IsEmpty(answers[f.Key])).Select(f => (f.Key, "field.required")))
            .Concat(form.Checklist.Where(i => i.Required && outcome is not { SkipsForm: true } && !act.Checked.Contains(i.Key)).Select(i => (i.Key, "task.notChecked")))
            .ToList();
        if (wrong.Count > 0) return Refuse(task, "task.incomplete") with { Fields = wrong };

        return new(
            task with { Status = TaskStatus.Done, Outcome = act.Outcome, Answers = answers, Checked = [.. act.Checked.Distinct()], EndedAt = now, EndedBy = act.By },
            [new TaskEvent.Completed(act.By, act.Outcome, answers)]);
    }

    /// <summary>Fields that some outcome asks for belong to the outcomes asking; all others to every outcome.</summary>
    public static bool IsAsked(FormField field, TaskOutcome? outcome, TaskForm form) =>
        outcome is not null && (outcome.Asks.Contains(field.Key) || outcome.Requires.Contains(field.Key))
        || form.Outcomes.All(o => !o.Asks.Contains(field.Key));

    public static bool IsRequired(FormField field, TaskOutcome? outcome) =>
        outcome is null ? field.Required
        : outcome.Requires.Contains(field.Key) || field.Required && !outcome.SkipsForm;

    private static bool IsEmpty(JsonNode? answer) => answer switch
    {
        null => true,
        JsonArray list => list.Count == 0,
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetValue<string>()),
        _ => false,
    };

    private static Result Reassign(TaskState task, TaskDo.Reassign act) =>
        act.To == task.Assignee
            ? Refuse(task, "task.alreadyTheirs")
            : new(
                task with { Assignee = act.To, Via = act.Via, SnoozedUntil = null },
                [new TaskEvent.Reassigned(act.By, task.Assignee, act.To, act.Via, act.Note)]);

    private static Result Escalate(TaskState task, TaskDo.Escalate act, DateTime now)
    {
        var late = task with { Escalated = task.Escalated + 1, SnoozedUntil = null };
        return act.Step.Do switch
        {
            // Nobody can be asked for the form when a task completes itself.
            EscalationDo.Complete => new(
                late with { Status = TaskStatus.Done, Outcome = act.Step.Outcome ?? Done, EndedAt = now },
                [new TaskEvent.Completed(null, act.Step.Outcome ?? Done, [])]),
            _ when act.To is null => new(late, [new TaskEvent.NobodyFound()]),
            EscalationDo.Notify => new(late, [new TaskEvent.Told(act.To.User)]),
            _ when act.To.User == task.Assignee => new(late, [new TaskEvent.Told(act.To.User)]),
            _ => new(
                late with { Assignee = act.To.User, Via = act.To.Via },
                [new TaskEvent.Reassigned(null, task.Assignee, act.To.User, act.To.Via, null)]),
        };
    }

    private static Result Refuse(TaskState task, string code, params IReadOnlyList<object?> args) => new(task, [], new Message(code, args));
}
