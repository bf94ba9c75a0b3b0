using Crm.Platform.SignIn;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Absences;

internal sealed record AbsenceInfo(Guid Id, Named User, DateTime From, DateTime To, Named? Substitute, string? Note)
{
    public static AbsenceInfo Of(Guid id, Guid user, DateTime from, DateTime to, Guid? substitute, string? note, DirectoryView view) =>
        new(id, new(user, view.Person(user)?.Name ?? ""), from, to, substitute is { } s ? new(s, view.Person(s)?.Name ?? "") : null, note);
}

internal sealed class AbsenceRow
{
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public DateTime FromAt { get; init; }
    public DateTime ToAt { get; init; }
    public Guid? SubstituteId { get; init; }
    public string? Note { get; init; }
}

/// <summary>Present and coming absences, past ones too where asked; everybody's for those who manage them, else one's own.</summary>
internal sealed record ListAbsences(Guid? User, bool Past, Guid? After, int Limit) : IQuery<Listed<AbsenceInfo>>;

internal sealed class ListAbsencesHandler(CurrentActor current, Session session, IDirectory people, TimeProvider time) : IRequestHandler<ListAbsences, Listed<AbsenceInfo>>
{
    public async Task<Listed<AbsenceInfo>> Handle(ListAbsences request, CancellationToken ct)
    {
        if (request.Limit is < 1 or > 200) throw Problem.Invalid("limit", "list.limit", 1, 200);
        var actor = current.Value;
        var user = actor.Can("absence.manage") ? request.User : actor.UserId;
        if (request.User is { } asked && asked != user) throw Problem.Forbidden("absence.manage");
        var rows = await session.QueryAsync<AbsenceRow>($"""
            SELECT id, user_id, from_at, to_at, substitute_id, note FROM platform_absence
            WHERE 1 = 1 {(user is null ? "" : "AND user_id = @user")} {(request.Past ? "" : "AND to_at > @now")} {(request.After is null ? "" : "AND id < @After")}
            ORDER BY id DESC {session.Dialect.Limit("@n")}
            """, new { user, now = time.UtcNow(), request.After, n = request.Limit + 1 }, ct);
        var view = await people.ReadAsync(ct);
        var items = rows.Take(request.Limit).Select(r => AbsenceInfo.Of(r.Id, r.UserId, r.FromAt, r.ToAt, r.SubstituteId, r.Note, view)).ToArray();
        return new(items, rows.Count > request.Limit ? items[^1].Id : null);
    }
}

internal static class AbsenceEndpoints
{
    public static void MapAbsences(this IEndpointRouteBuilder api)
    {
        api.MapGet("absences", (IMediator mediator, CancellationToken ct, Guid? user = null, bool past = false, Guid? after = null, int limit = 50) => mediator.Send(new ListAbsences(user, past, after, limit), ct));
        api.MapPost("absences", async (DeclareAbsence body, IMediator mediator, CancellationToken ct) => Results.Json(await mediator.Send(body, ct), statusCode: 201));
        api.MapDelete("absences/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new EndAbsence(id), ct);
            return Results.NoContent();
        });
    }
}
