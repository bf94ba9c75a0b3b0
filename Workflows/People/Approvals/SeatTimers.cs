using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Finding;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Approvals;

/// <summary>Each open seat has at most one timer: for its next reminder, or for what happens when it is late for good.</summary>
internal sealed class SeatTimers(ApprovalStore store, WorkQueue work, Moments moments, IDirectory directory)
{
    public const string Kind = "workflows.seat";

    public async Task SetAsync(ApprovalRow row, ApprovalStage stage, Seat seat, int reminded, CancellationToken ct)
    {
        if (await store.SeatAsync(row.Id, seat.Id, ct) is not { DueAt: { } at } || reminded >= stage.Remind && stage.WhenLate == WhenLate.Nothing) return;
        var unit = (await directory.ReadAsync(ct)).Person(seat.Approver)?.UnitId;
        // The first reminder comes with the due time, each further one, and the end, a pause later.
        for (var i = 0; i < reminded; i++)
            if (stage.RemindEvery is { } every) at = (await moments.AfterAsync(at, every, unit, ct)).Utc;
        await work.EnqueueAsync(Kind, Key(row.Id, seat.Id), new SeatDue(row.Id, seat.Id), Lane.Normal, at, ct);
    }

    public Task ClearAsync(Guid approval, int seat, CancellationToken ct) => work.CancelAsync(Kind, Key(approval, seat), ct);

    private static string Key(Guid approval, int seat) => $"{approval:N}/{seat}";
}

/// <summary>A late seat, as the queue keeps it.</summary>
internal sealed record SeatDue(Guid Approval, int Seat);

/// <summary>Reminds late approvers, then does what the stage says.</summary>
internal sealed class SeatDueHandler(Session session, ApprovalStore store, ApprovalKeeper keeper, ApprovalFollowUp follow, SeatTimers timers, RunStore runs, PeopleSearch people, CurrentActor current) : IWorkHandler
{
    public string Kind => SeatTimers.Kind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var due = JsonSerializer.Deserialize<SeatDue>(item.Payload, Stored.Json)!;
        using var _ = current.As(Actor.System);
        if (await store.LockAsync(due.Approval, ct) is not { } row || row.Approval() is not { Ended: false } approval || approval.OpenSeats.FirstOrDefault(s => s.Id == due.Seat) is not { } seat) return;
        var step = await keeper.StepAsync(row, ct);
        var stage = step.Stages.First(s => s.Key == approval.Now.Key);
        var reminded = (await store.SeatAsync(row.Id, seat.Id, ct))!.Reminded;
        if (reminded < stage.Remind)
        {
            await session.ExecuteAsync("UPDATE workflows_seat SET reminded = reminded + 1 WHERE approval_id = @id AND seat = @seat", new { id = row.Id, seat = seat.Id }, ct);
            await follow.TellAsync(row, [seat.Approver], "notice.approvalDue", $"{seat.Id}/due{reminded}", ct);
            await timers.SetAsync(row, stage, seat, reminded + 1, ct);
            return;
        }
        if (stage.WhenLate == WhenLate.Nothing) return;
        Found? to = null;
        if (stage.WhenLate == WhenLate.Escalate && await runs.FindAsync(row.RunId, ct) is { } run)
        {
            var rule = stage.EscalateTo ?? new PeopleRule { By = PeopleBy.Superior, Of = new PeopleRule { By = PeopleBy.Users, Users = [seat.Approver] } };
            to = (await people.FindAsync(rule, run, $"{row.SopKey}/{row.StepAt}/late", ct)) is [var first, ..] ? first : null;
        }
        await keeper.ActAsync(row.Id, new ApprovalDo.Late(seat.Id, stage.WhenLate, to), ct);
    }
}
