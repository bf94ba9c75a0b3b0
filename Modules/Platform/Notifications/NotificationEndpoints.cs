using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Notifications;

internal static class NotificationEndpoints
{
    internal sealed record Choice(bool InPage, bool Mail, bool Push = true);

    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        api.MapGet("notifications", (IMediator mediator, CancellationToken ct, bool unread = false, Guid? after = null, int limit = 50) => mediator.Send(new ListNotices(unread, after, limit), ct));
        api.MapPost("notifications/{id:guid}/read", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new MarkRead(id), ct);
            return Results.NoContent();
        });
        api.MapPost("notifications/read-all", async (IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new MarkRead(null), ct);
            return Results.NoContent();
        });
        api.MapGet("notifications/preferences", async (IMediator mediator, CancellationToken ct) => new Listed<Preference>(await mediator.Send(new ListPreferences(), ct)));
        api.MapPut("notifications/preferences/{kind}", async (string kind, Choice body, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new SetPreference(kind, body.InPage, body.Mail, body.Push), ct);
            return Results.NoContent();
        });
    }
}
