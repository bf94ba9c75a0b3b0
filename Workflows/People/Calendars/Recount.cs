using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Time;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using MediatR;

namespace Crm.Workflows.People.Calendars;

/// <summary>Working hours or holidays changed: the due times that were counted by them are counted again.</summary>
internal sealed class CalendarWatch(WorkQueue work) : INotificationHandler<CalendarChanged>
{
    public async Task Handle(CalendarChanged notification, CancellationToken cancellationToken)
    {
        foreach (var kind in new[] { Recount.WorkKind, SeatRecount.WorkKind, WaitRecount.WorkKind })
            await work.EnqueueAsync(kind, null, new { unit = notification.UnitId }, Lane.Bulk, null, cancellationToken);
    }
}

/// <summary>Counts open tasks' due times anew, from when each was given, a few hundred at a time; the reason is kept with the task.</summary>
internal sealed class Recount(Session session, TaskStore store, TaskKeeper keeper, RunStore runs, CountAgain again, IDirectory directory, WorkQueue work, CurrentActor current, Texts texts) : IWorkHandler
{
    public const string WorkKind = "workflows.recount";
    private const int AtOnce = 200;

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var payload = JsonNode.Parse(item.Payload)!;
        Guid? unit = payload["unit"]?.GetValue<Guid>(), after = payload["after"]?.GetValue<Guid>();
        using var _ = current.As(Actor.System);
        var view = await directory.ReadAsync(ct);
        var concerned = Concerned.Of(view, unit);
        var ids = await session.QueryAsync<Guid>(
            $"SELECT id FROM workflows_task WHERE status = 0 AND due_at IS NOT NULL AND run_id IS NOT NULL {(after is null ? "" : "AND id > @after")} ORDER BY id {session.Dialect.Limit("@n")}", new { after, n = AtOnce }, ct);
        foreach (var id in ids) await CountAsync(id, view, concerned, ct);
        if (ids.Count == AtOnce) await work.EnqueueAsync(WorkKind, null, new { unit, after = ids[^1] }, Lane.Bulk, null, ct);
    }

    private async Task CountAsync(Guid id, DirectoryView view, Concerned concerned, CancellationToken ct)
    {
        if (await store.LockAsync(id, ct) is not { Status: People.Tasks.TaskStatus.Open, DueAt: { } due, RunId: { } of, StepAt: { } at } row || await keeper.StepAsync(row, ct) is not { } step) return;
        var unit = view.Person(row.AssigneeId)?.UnitId;
        if (!concerned.Has(unit)) return;
        var anew = step.Due is { InWorkingTime: true } moment && await runs.FindAsync(of, ct) is { } run ? await again.AtAsync(run, At.Parse(at), moment, row.CreatedAt, unit, ct) : null;
        if (anew is null || anew.Utc == due)
        {
            if (step.Reminders.Concat(step.Escalations.Select(e => e.After)).Any(d => d.Business)) await keeper.SetAlarmsAgainAsync(row, step, ct);
            return;
        }
        var why = new Message("task.recounted", anew.Why).In(texts);
        await keeper.ActAsync(id, new TaskDo.Move(anew.Utc), ct, dueWhy: Wording.Write(why));
    }
}
