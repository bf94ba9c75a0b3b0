using System.Reflection;
using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Work;

namespace Crm.Host.Api;

/// <summary>Whether this host can do its work: for load balancers and for people who want to know why it is slow. Says nothing about the business.</summary>
internal static class HealthEndpoint
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public static void MapHealth(this IEndpointRouteBuilder api) =>
        api.MapGet("/health", CheckAsync).AllowAnonymous().WithTags("health").WithSummary("Database, how late the oldest due work is, version");

    private static async Task<IResult> CheckAsync(Session session, TimeProvider time, IEnumerable<IHealthPart> parts, ILogger<Session> log, CancellationToken ct)
    {
        var report = new Dictionary<string, object?> { ["version"] = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3), ["engine"] = session.Dialect.Name };
        try
        {
            var now = time.UtcNow();
            var lanes = await LateAsync(session, now, ct);
            var late = lanes.Values.Max();
            report["database"] = "ok";
            report["workLateSeconds"] = Math.Round(late.TotalSeconds, 1);
            report["lanes"] = lanes.ToDictionary(l => l.Key, l => Math.Round(l.Value.TotalSeconds, 1));
            report["workParked"] = await ParkedAsync(session, ct);
            foreach (var part in parts) report[part.Name] = await part.ReadAsync(ct);
            return Results.Json(report, statusCode: late < Late ? 200 : 503);
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            log.LogError(why, "The health of this host could not be told");
            report["database"] = "unreachable";
            return Results.Json(report, statusCode: 503);
        }
    }

    /// <summary>How late the oldest due work of each lane is. Lane by lane, as the queue is indexed: a million timers must not slow the answer.</summary>
    private static async Task<Dictionary<string, TimeSpan>> LateAsync(Session session, DateTime now, CancellationToken ct)
    {
        var late = new Dictionary<string, TimeSpan>();
        foreach (var lane in Enum.GetValues<Lane>())
        {
            var oldest = await session.FirstAsync<DateTime?>($"SELECT MIN(due_at) FROM shared_work{session.Dialect.NotChanging} WHERE lane = @lane AND due_at <= @now", new { lane = (int)lane, now }, ct);
            late[JsonNamingPolicy.CamelCase.ConvertName(lane.ToString())] = oldest is { } due ? now - due : TimeSpan.Zero;
        }
        return late;
    }

    private static async Task<long> ParkedAsync(Session session, CancellationToken ct)
    {
        var parked = 0L;
        foreach (var lane in Enum.GetValues<Lane>()) parked += await session.FirstAsync<long>($"SELECT COUNT(*) FROM shared_work{session.Dialect.NotChanging} WHERE lane = @lane AND due_at IS NULL", new { lane = (int)lane }, ct);
        return parked;
    }
}
