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

    private static async Task StreamAsync(HttpContext http, LiveHub hub, CurrentActor actor, IDirectory people, IServiceScopeFactory scopes, IHostApplicationLifetime life, TimeProvider time)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var (connection, asked) = (hub.Open(new(actor.Value, await people.ReadAsync(stop.Token))), time.GetTimestamp());
        try
        {
            await http.Response.WriteAsync(": here\n\n", stop.Token);
            await http.Response.Body.FlushAsync(stop.Token);
            while (true)
            {
                var hints = await connection.TakeAsync(Heartbeat, stop.Token);
                // From time to time it is asked whether the person may still listen, and to what.
                if (hints.Count == 0 || time.GetElapsedTime(asked) >= Heartbeat)
                {
                    if (await ListenerAsync(scopes, actor.Value.UserId!.Value, stop.Token) is not { } who) return;
                    (connection.Who, asked) = (who, time.GetTimestamp());
                }
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

    private static async Task<Listener?> ListenerAsync(IServiceScopeFactory scopes, Guid user, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Freshness>().EnsureAsync(ct);
        return await scope.ServiceProvider.GetRequiredService<IActors>().ForUserAsync(user, ct) is { } actor
            ? new(actor, await scope.ServiceProvider.GetRequiredService<IDirectory>().ReadAsync(ct))
            : null;
    }
}
