using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Finding;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.People.Tasks;

/// <summary>Every act on a task, by people and by time: the rules decide, this keeps and passes on.</summary>
internal sealed class TaskKeeper(
    Session session, TaskStore store, TaskAlarms alarms, TaskNotices notices, Acts acts, SopPlans plans, RunStore runs, Wakes wakes, PeopleSearch people,
    IncidentStore incidents, Awakening awakening, CurrentActor current, Texts texts, TimeProvider time)
{
    /// <exception cref="Problem">The rules refuse it: 409, or 400 with the form's keys.</exception>
    public Task<TaskRow> ActAsync(Guid id, TaskDo act, CancellationToken ct, Func<TaskRow, TaskStep?, Task>? before = null, string? dueWhy = null) =>
        session.InTransactionAsync(async () =>
        {
            var row = await store.LockAsync(id, ct) ?? throw Problem.NotFound("task", id);
            var step = await StepAsync(row, ct);
            var form = step is null ? TaskForm.Empty : TaskForm.Of(step);
            var acted = TaskRules.Act(row.State(), form, act, time.UtcNow());
            if (acted.Refused is { } refused) throw Refusal(row, acted.Fields, refused);
            if (before is not null) await before(row, step);
            var all = await alarms.OfAsync(step, acted.State.DueAt, acted.State.Assignee, ct);
            // Alarms that lie in the past have had their time; a new due time does not ring them all at once.
            var happened = act is TaskDo.Move or TaskDo.Reassign ? Math.Max(row.Alarms, all.Count(a => a.At <= time.UtcNow())) : row.Alarms;
            if (act is TaskDo.Escalate) happened++;
            var why = act is TaskDo.Reassign { By: not null } handed
                ? Wording.Write(new Message(handed.Note is null ? "why.handedOn" : "why.handedOnSaying", current.Value.Name, handed.Note).In(texts)) : row.Why;
            await SaveAsync(row, acted.State, happened, why, dueWhy ?? row.DueWhy, ct);
            await alarms.ClearAsync(row.Id, ct);
            if (acted.State.Status == TaskStatus.Open) await alarms.SetAsync(row.Id, all, happened, ct);
            var now = (await store.FindAsync(id, ct))!;
            foreach (var happening in acted.Events) await PassOnAsync(row, now, happening, ct);
            return now;
        }, ct);

    /// <summary>Its run has moved to another version: form, outcomes, reminders and escalations are that version's from now on; assignee and due time stay.</summary>
    public async Task RebindAsync(Guid run, At before, int version, At now, CancellationToken ct)
    {
        if (await store.OfStepAsync(run, before.ToString(), ct) is not { Status: TaskStatus.Open } row) return;
        var (old, anew) = (await StepAsync(row, ct), (await plans.GetAsync(session, row.SopKey!, version, ct)).Find(now.Step) as TaskStep);
        var same = old is not null && anew is not null && SopJson.Same(old.Reminders, anew.Reminders) && SopJson.Same(old.Escalations, anew.Escalations);
        var all = await alarms.OfAsync(anew, row.DueAt, row.AssigneeId, ct);
        var happened = same ? row.Alarms : all.Count(a => a.At <= time.UtcNow());
        await store.RebindAsync(row.Id, version, now, happened, ct);
        await alarms.ClearAsync(row.Id, ct);
        await alarms.SetAsync(row.Id, all, happened, ct);
        notices.Changed(row);
    }

    /// <summary>The calendar changed: reminders and escalations come at other times, though the due time stays.</summary>
    public async Task SetAlarmsAgainAsync(TaskRow row, TaskStep step, CancellationToken ct)
    {
        await alarms.ClearAsync(row.Id, ct);
        await alarms.SetAsync(row.Id, await alarms.OfAsync(step, row.DueAt, row.AssigneeId, ct), row.Alarms, ct);
    }

    /// <summary>The next alarm of a task has come.</summary>
    public async Task RingAsync(Guid id, CancellationToken ct)
    {
        if (await store.LockAsync(id, ct) is not { Status: TaskStatus.Open } row) return;
        var step = await StepAsync(row, ct);
        var all = await alarms.OfAsync(step, row.DueAt, row.AssigneeId, ct);
        if (row.Alarms >= all.Count) return;
        if (all[row.Alarms].At > time.UtcNow())
        {
            await alarms.SetAsync(row.Id, all, row.Alarms, ct);
            return;
        }
        if (all[row.Alarms].Escalation is { } escalation)
        {
            await ActAsync(id, new TaskDo.Escalate(escalation, await ToWhomAsync(row, escalation, ct)), ct);
            return;
        }
        await SaveAsync(row, row.State(), row.Alarms + 1, row.Why, row.DueWhy, ct);
        await notices.RemindAsync(row, ct);
        await alarms.SetAsync(row.Id, all, row.Alarms + 1, ct);
    }

    public async Task<TaskStep?> StepAsync(TaskRow row, CancellationToken ct) =>
        row is { SopKey: { } key, SopVersion: { } version, StepAt: { } at } ? (await plans.GetAsync(session, key, version, ct)).Find(At.Parse(at).Step) as TaskStep : null;

    public async Task<Shared.Records.Label?> SopNameAsync(TaskRow row, CancellationToken ct) =>
        row is { SopKey: { } key, SopVersion: { } version } ? (await plans.GetAsync(session, key, version, ct)).Sop.Name : null;

    private async Task<Found?> ToWhomAsync(TaskRow row, Escalation escalation, CancellationToken ct)
    {
        if (row.RunId is not { } runId || await runs.FindAsync(runId, ct) is not { } run) return null;
        var assignee = new PeopleRule { By = PeopleBy.Users, Users = [row.ViaId ?? row.AssigneeId] };
        var rule = escalation.To ?? new PeopleRule { By = PeopleBy.Superior, Of = assignee };
        return (await people.FindAsync(rule, run, $"{run.SopKey}/{row.StepAt}/late", ct)) is [var first, ..] ? first : null;
    }

    private async Task SaveAsync(TaskRow row, TaskState state, int happened, string? why, string? dueWhy, CancellationToken ct)
    {
        if (!await store.SaveAsync(row, state, happened, why, dueWhy, ct)) throw Problem.Conflict("task.closed");
    }

    private async Task PassOnAsync(TaskRow before, TaskRow now, TaskEvent happening, CancellationToken ct)
    {
        switch (happening)
        {
            case TaskEvent.Completed done:
                await NoLongerLateAsync(now, ct);
                await acts.AddAsync(now.Id, now.Version, new("complete", done.By) { Comment = done.Outcome }, ct);
                if (now is { RunId: { } run, StepAt: { } at })
                    await wakes.WakeAsync(run, new TaskEnded(At.Parse(at), done.Outcome, new JsonObject { ["answers"] = done.Answers.DeepClone(), ["assignee"] = now.AssigneeId.ToString() }), done.By, Lane.People, ct);
                await notices.EndedAsync(now, ct);
                break;
            case TaskEvent.Reassigned moved:
                await acts.AddAsync(now.Id, now.Version, new("reassign", moved.By) { Comment = moved.Note, To = moved.To }, ct);
                await notices.MovedAsync(before, now, ct);
                break;
            case TaskEvent.Snoozed snoozed:
                await acts.AddAsync(now.Id, now.Version, new("snooze", before.AssigneeId), ct);
                await awakening.SetAsync(Awakening.Task, now.Id, now.AssigneeId, snoozed.Until, ct);
                notices.Changed(now);
                break;
            case TaskEvent.Told told:
                await acts.AddAsync(now.Id, now.Version, new("escalate", null) { To = told.User }, ct);
                await notices.LateAsync(now, told.User, ct);
                break;
            case TaskEvent.NobodyFound when now is { RunId: { } of, StepAt: { } step }:
                await incidents.OpenAsync((await runs.FindAsync(of, ct))!, At.Parse(step), IncidentKind.Task, FailureClass.Configuration, new("run.nobodyToTell"), 0, ct);
                break;
            case TaskEvent.Moved:
                await acts.AddAsync(now.Id, now.Version, new("move", null), ct);
                notices.Changed(now);
                break;
            case TaskEvent.Cancelled cancelled:
                await NoLongerLateAsync(now, ct);
                await acts.AddAsync(now.Id, now.Version, new("cancel", cancelled.By), ct);
                await notices.EndedAsync(now, ct);
                break;
        }
    }

    /// <summary>Nobody has to be told any more that it is late.</summary>
    private async Task NoLongerLateAsync(TaskRow row, CancellationToken ct)
    {
        if (row.Escalated == 0) return;
        foreach (var told in (await acts.OfAsync(row.Id, ct)).Where(a => a.Act == "escalate").Select(a => a.ToId).OfType<Guid>().Distinct()) await notices.SettleAsync(row, told, ct);
        if (row is { RunId: { } run, StepAt: { } at }) await incidents.CloseAsync(run, At.Parse(at), null, "ended", ct);
    }

    private static Problem Refusal(TaskRow row, IReadOnlyList<(string Key, string Code)> fields, Message refused) =>
        fields.Count > 0 ? Problem.Invalid([.. fields.Select(f => new FieldError(f.Key, f.Code))])
        : row.Status == TaskStatus.Open ? Problem.Conflict(refused.Code, [.. refused.Args])
        : Problem.Conflict("task.closed");
}

/// <summary>Rings the alarms of tasks.</summary>
internal sealed class TaskAlarmHandler(TaskKeeper keeper, CurrentActor current) : IWorkHandler
{
    public string Kind => TaskAlarms.Kind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        using var _ = current.As(Actor.System);
        await keeper.RingAsync(System.Text.Json.JsonDocument.Parse(item.Payload).RootElement.GetProperty("task").GetGuid(), ct);
    }
}
