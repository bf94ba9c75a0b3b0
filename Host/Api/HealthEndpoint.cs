using System.Reflection;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;

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
            var oldest = await session.FirstAsync<DateTime?>("SELECT MIN(due_at) FROM shared_work WHERE due_at <= @now", new { now }, ct);
            var late = oldest is { } due ? now - due : TimeSpan.Zero;
            report["database"] = "ok";
            report["workLateSeconds"] = Math.Round(late.TotalSeconds, 1);
            report["workParked"] = await session.FirstAsync<long>("SELECT COUNT(*) FROM shared_work WHERE due_at IS NULL", null, ct);
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
}
