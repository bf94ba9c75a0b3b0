using Crm.Platform.People;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using MediatR;

namespace Crm.Platform.Absences;

/// <summary>Takes back an absence to come; one that has begun ends now and stays on record.</summary>
internal sealed record EndAbsence(Guid Id) : ICommand<Nothing>;

internal sealed class EndAbsenceHandler(CurrentActor current, Session session, DirectoryChanges changes, IMediator mediator, TimeProvider time) : IRequestHandler<EndAbsence, Nothing>
{
    public async Task<Nothing> Handle(EndAbsence request, CancellationToken ct)
    {
        await changes.RaiseAsync(ct);
        var (actor, now) = (current.Value, time.UtcNow());
        var row = await session.FirstAsync<AbsenceRow>("SELECT id, user_id, from_at, to_at, substitute_id, note FROM platform_absence WHERE id = @Id", new { request.Id }, ct);
        if (row is null || row.UserId != actor.UserId && !actor.Can("absence.manage")) throw Problem.NotFound("absence", request.Id);
        if (row.ToAt <= now) throw Problem.Conflict("absence.over");
        var before = new Absence(row.UserId, row.FromAt, row.ToAt, row.SubstituteId);
        var begun = row.FromAt < now;
        await session.ExecuteAsync(begun ? "UPDATE platform_absence SET to_at = @now WHERE id = @Id" : "DELETE FROM platform_absence WHERE id = @Id", new { request.Id, now }, ct);
        await mediator.Publish(new AbsenceChanged(row.UserId, before, begun ? before with { ToUtc = now } : null), ct);
        return Nothing.Value;
    }
}
