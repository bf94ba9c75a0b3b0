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
    Session session, IDirectory directory, TaskKeeper tasks, ApprovalKeeper approvals, CurrentActor current, TimeProvider time, ILogger<HandOver> log) : IWorkHandler
{
    public const string WorkKind = "workflows.absence";
    private const int AtOnce = 500;

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var user = System.Text.Json.JsonDocument.Parse(item.Payload).RootElement.GetProperty("user").GetGuid();
        using var _ = current.As(Actor.System);
        var view = await directory.ReadAsync(ct);
        // Nobody there: the work is late rather than lost.
        if (view.Present(user, time.UtcNow()) is not { } present) return;
        await MoveTasksAsync(user, present.Id, ct);
        await MoveSeatsAsync(user, present.Id, view, ct);
    }

    private async Task MoveTasksAsync(Guid user, Guid to, CancellationToken ct)
    {
        // Their own, and what others hold for them.
        var sql = to == user
            ? "SELECT id FROM workflows_task WHERE via_id = @user AND status = 0"
            : "SELECT id FROM workflows_task WHERE ((assignee_id = @user AND via_id IS NULL) OR (via_id = @user AND assignee_id <> @to)) AND status = 0";
        foreach (var id in await session.QueryAsync<Guid>($"{sql} ORDER BY id {session.Dialect.Limit("@n")}", new { user, to, n = AtOnce }, ct))
            await TryAsync(() => tasks.ActAsync(id, new TaskDo.Reassign(null, to, to == user ? null : user, null), ct), ct);
    }

    private async Task MoveSeatsAsync(Guid user, Guid to, DirectoryView view, CancellationToken ct)
    {
        var sql = to == user
            ? "SELECT approval_id, seat FROM workflows_seat WHERE via_id = @user AND status IN (0, 1)"
            : "SELECT approval_id, seat FROM workflows_seat WHERE ((person_id = @user AND via_id IS NULL) OR (via_id = @user AND person_id <> @to)) AND status IN (0, 1)";
        var name = view.Person(user)?.Name;
        Message why = to == user ? new("why.back") : new("why.substitute", name, new Message("why.away"));
        foreach (var seat in await session.QueryAsync<Place>($"{sql} ORDER BY approval_id, seat {session.Dialect.Limit("@n")}", new { user, to, n = AtOnce }, ct))
            await TryAsync(() => approvals.ActAsync(seat.ApprovalId, new ApprovalDo.Substitute(seat.Seat, to, to == user ? null : user, why), ct), ct);
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

    private sealed class Place
    {
        public Guid ApprovalId { get; init; }
        public int Seat { get; init; }
    }
}
