using Crm.Shared.Access;
using Crm.Shared.Messaging;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Push;

/// <param name="Key">The public half, as a browser that subscribes wants it.</param>
internal sealed record PushKey(string Key);

internal static class PushEndpoints
{
    public static void MapPush(this IEndpointRouteBuilder api)
    {
        api.MapGet("push/key", async (PushKeys keys, CancellationToken ct) => new PushKey(await keys.PublicAsync(ct)));
        api.MapGet("push/devices", async (IMediator mediator, CancellationToken ct) => new Listed<PushDevice>(await mediator.Send(new ListDevices(), ct)));
        api.MapPost("push/devices", async (Subscribe body, IMediator mediator, CancellationToken ct) => Results.Json(await mediator.Send(body, ct), statusCode: 201));
        api.MapDelete("push/devices/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Unsubscribe(id), ct);
            return Results.NoContent();
        });
        api.MapPost("push/test", async (INotifier notifier, CurrentActor current, CancellationToken ct) =>
        {
            await notifier.NotifyAsync([current.Value.UserId!.Value], new("test", new("推送已开通", "Push works"), new("以后的任务和审批会这样提醒。", "Tasks and approvals will announce themselves like this."), "/", $"push-test/{Guid.NewGuid():N}"), ct);
            return Results.NoContent();
        });
    }
}
