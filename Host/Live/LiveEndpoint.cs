using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Microsoft.AspNetCore.Http.Features;

namespace Crm.Host.Live;

internal static class LiveEndpoint
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveHub>().AddSingleton<ILive>(p => p.GetRequiredService<LiveHub>());
        services.AddSingleton<HintExchange>().AddHostedService(p => p.GetRequiredService<HintExchange>());
    }

    public static void MapLive(this IEndpointRouteBuilder api) =>
        api.MapGet("/live", StreamAsync).WithTags("live").WithSummary("Server-sent events: what concerns the caller has changed");

    private static async Task StreamAsync(HttpContext http, LiveHub hub, CurrentActor actor, IServiceScopeFactory scopes, IHostApplicationLifetime life)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var connection = hub.Open(actor.Value);
        try
        {
            await http.Response.WriteAsync(": here\n\n", stop.Token);
            await http.Response.Body.FlushAsync(stop.Token);
            while (true)
            {
                var hints = await connection.TakeAsync(Heartbeat, stop.Token);
                // A heartbeat also asks whether the person may still listen.
                if (hints.Count == 0 && !await MayListenAsync(scopes, actor.Value, stop.Token)) return;
                await http.Response.WriteAsync(hints.Count == 0 ? ": still here\n\n" : string.Concat(hints.Select(h => $"data: {JsonSerializer.Serialize(h, Stored.Json)}\n\n")), stop.Token);
                await http.Response.Body.FlushAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The page was closed or the host stops; the page comes back by itself.
        }
        finally
        {
            hub.Close(connection);
        }
    }

    private static async Task<bool> MayListenAsync(IServiceScopeFactory scopes, Actor actor, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Freshness>().EnsureAsync(ct);
        return await scope.ServiceProvider.GetRequiredService<IActors>().ForUserAsync(actor.UserId!.Value, ct) is not null;
    }
}
