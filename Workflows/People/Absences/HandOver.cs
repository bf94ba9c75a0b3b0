using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Crm.Workflows.People.Absences;

/// <summary>An absence was declared, changed or ended: open work moves when it begins and comes back when it ends.</summary>
internal sealed class AbsenceWatch(WorkQueue work, TimeProvider time) : INotificationHandler<AbsenceChanged>
{
    public async Task Handle(AbsenceChanged notification, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        var times = new[] { notification.After?.FromUtc, notification.After?.ToUtc }.OfType<DateTime>().Where(t => t > now).Append(now);
        foreach (var at in times)
            await work.EnqueueAsync(HandOver.WorkKind, null, new { user = notification.UserId }, Lane.Normal, at == now ? null : at, cancellationToken);
    }
}

/// <summary>Brings a person's open tasks and seats to whoever is to do them now: the substitute while they are away, they themselves when they are back.</summary>
internal sealed class HandOver(
    Session session, IDirectory directory, TaskKeeper tasks, ApprovalKeeper approvals, WorkQueue work, CurrentActor current, TimeProvider time, ILogger<HandOver> log) : IWorkHandler
{
    public const string WorkKind = "workflows.absence";
    internal const int AtOnce = 200;

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<HandingOver>(item.Payload, Stored.Json)!;
        var user = asked.User;
        using var _ = current.As(Actor.System);
        var view = await directory.ReadAsync(ct);
        // Nobody there: the work is late rather than lost.
        if (view.Present(user, time.UtcNow()) is not { } present) return;
        var (task, seat) = (asked.Task, asked.Seat);
        if (!asked.TasksDone) task = await MoveTasksAsync(user, present.Id, task, ct);
        if (!asked.SeatsDone) seat = await MoveSeatsAsync(user, present.Id, seat, view, ct);
        // What could not move stays behind the cursor, so that each is tried once.
        if (task is not null && !asked.TasksDone || seat is not null && !asked.SeatsDone)
            await work.EnqueueAsync(WorkKind, null, asked with { Task = task, TasksDone = asked.TasksDone || task is null, Seat = seat, SeatsDone = asked.SeatsDone || seat is null }, Lane.Normal, null, ct);
    }

    /// <summary>The last one looked at, where there may be more.</summary>
    private async Task<Guid?> MoveTasksAsync(Guid user, Guid to, Guid? after, CancellationToken ct)
    {
        // Their own, and what others hold for them.
        var sql = to == user
            ? "SELECT id FROM workflows_task WHERE via_id = @user AND status = 0"
            : "SELECT id FROM workflows_task WHERE ((assignee_id = @user AND via_id IS NULL) OR (via_id = @user AND assignee_id <> @to)) AND status = 0";
        var ids = await session.QueryAsync<Guid>($"{sql} {(after is null ? "" : "AND id > @after")} ORDER BY id {session.Dialect.Limit("@n")}", new { user, to, after, n = AtOnce }, ct);
        foreach (var id in ids) await TryAsync(() => tasks.ActAsync(id, new TaskDo.Reassign(null, to, to == user ? null : user, null), ct), ct);
        return ids.Count == AtOnce ? ids[^1] : null;
    }

    private async Task<SeatPlace?> MoveSeatsAsync(Guid user, Guid to, SeatPlace? after, DirectoryView view, CancellationToken ct)
    {
        var sql = to == user
            ? "SELECT approval_id, seat FROM workflows_seat WHERE via_id = @user AND status IN (0, 1)"
            : "SELECT approval_id, seat FROM workflows_seat WHERE ((person_id = @user AND via_id IS NULL) OR (via_id = @user AND person_id <> @to)) AND status IN (0, 1)";
        var name = view.Person(user)?.Name;
        Message why = to == user ? new("why.back") : new("why.substitute", name, new Message("why.away"));
        var more = after is null ? "" : "AND (approval_id > @approval OR (approval_id = @approval AND seat > @seat))";
        var seats = await session.QueryAsync<SeatPlace>($"{sql} {more} ORDER BY approval_id, seat {session.Dialect.Limit("@n")}", new { user, to, approval = after?.ApprovalId, seat = after?.Seat, n = AtOnce }, ct);
        foreach (var seat in seats)
            await TryAsync(() => approvals.ActAsync(seat.ApprovalId, new ApprovalDo.Substitute(seat.Seat, to, to == user ? null : user, why), ct), ct);
        return seats.Count == AtOnce ? seats[^1] : null;
    }

    /// <summary>One that cannot move (the substitute is its initiator, say) stays where it is.</summary>
    private async Task TryAsync<T>(Func<Task<T>> move, CancellationToken ct)
    {
        try
        {
            await session.SavepointAsync(move, ct);
        }
        catch (Problem stays)
        {
            log.LogInformation("Work stays where it is: {Code}", stays.Code);
        }
    }
}

/// <summary>A person's work on its way, and how far it is.</summary>
internal sealed record HandingOver(Guid User, Guid? Task = null, bool TasksDone = false, SeatPlace? Seat = null, bool SeatsDone = false);

/// <summary>One person's place in an approval.</summary>
internal sealed class SeatPlace
{
    public Guid ApprovalId { get; init; }
    public int Seat { get; init; }
}
