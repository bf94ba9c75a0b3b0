using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using Crm.Workflows.People;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;

namespace Crm.Workflows.Runtime.Runs;

/// <summary>At whom a run waits shall be urged, or replaced.</summary>
/// <param name="Seat">Of an approval, where several are asked.</param>
internal sealed record WaitingBody(string Step, int? Visit, int? Seat, Guid? To, string? Note);

/// <summary>What those who watch over runs do about people that a run waits for.</summary>
internal sealed class RunPeople(
    Session session, RunStore runs, RunSight seen, TaskStore tasks, TaskKeeper taskKeeper, TaskNotices notices, ApprovalStore approvals, ApprovalKeeper approvalKeeper, ApprovalFollowUp follow, Acts acts, IDirectory directory,
    CurrentActor current, TimeProvider time)
{
    public Task UrgeAsync(Guid id, WaitingBody body, CancellationToken ct) => WithAsync(id, body, async (task, approval) =>
    {
        if (task is not null)
        {
            await notices.UrgeAsync(task, time.UtcNow(), ct);
            return;
        }
        var seats = approval!.Approval().OpenSeats.Where(s => body.Seat is null || s.Id == body.Seat).ToList();
        if (seats.Count == 0) throw Problem.Conflict("run.nobodyWaits");
        await session.ExecuteAsync("UPDATE workflows_approval SET version = version + 1 WHERE id = @Id", new { approval.Id }, ct);
        await acts.AddAsync(approval.Id, approval.Version + 1, new("urge", current.Value.UserId), ct);
        await follow.TellAsync(approval, [.. seats.Select(s => s.Approver)], "notice.urged", $"urged/{approval.Version}", ct);
    }, ct);

    public Task ReassignAsync(Guid id, WaitingBody body, CancellationToken ct) => WithAsync(id, body, async (task, approval) =>
    {
        var view = await directory.ReadAsync(ct);
        if (body.To is not { } wanted || view.Person(wanted) is not { Active: true } person) throw Problem.Invalid("to", "field.reference");
        var present = view.Present(wanted, time.UtcNow()) ?? person;
        Guid? via = present.Id == wanted ? null : wanted;
        if (task is not null)
        {
            await taskKeeper.ActAsync(task.Id, new TaskDo.Reassign(current.Value.UserId, present.Id, via, string.IsNullOrWhiteSpace(body.Note) ? null : body.Note.Trim()), ct);
            return;
        }
        if (approval!.Approval().OpenSeats.FirstOrDefault(s => body.Seat is null || s.Id == body.Seat) is not { } seat) throw Problem.Conflict("run.nobodyWaits");
        await approvalKeeper.ActAsync(approval.Id, new ApprovalDo.Substitute(seat.Id, present.Id, via, new("why.byOps", current.Value.Name)), ct);
    }, ct);

    private Task WithAsync(Guid id, WaitingBody body, Func<TaskRow?, ApprovalRow?, Task> act, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageRuns);
        return session.InTransactionAsync(async () =>
        {
            var run = await seen.SeenAsync(id, await runs.LockAsync(id, ct), ct);
            var token = run.State is null ? null : RunState.Read(run.State).Leaves.FirstOrDefault(t => t.Step == body.Step && (body.Visit is null || t.Visit == body.Visit) && t.Phase == Phase.Waiting);
            if (token is null) throw Problem.Conflict("run.nobodyWaits");
            var task = await tasks.OfStepAsync(id, token.At.ToString(), ct) is { Status: People.Tasks.TaskStatus.Open } open ? open : null;
            var approval = task is null && await approvals.OfStepAsync(id, token.At.ToString(), ct) is { } row && !row.Approval().Ended ? row : null;
            if (task is null && approval is null) throw Problem.Conflict("run.nobodyWaits");
            await act(task, approval);
        }, ct);
    }
}
