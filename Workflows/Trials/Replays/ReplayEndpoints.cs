using Crm.Shared.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Trials.Replays;

internal static class ReplayEndpoints
{
    public static void MapReplays(this IEndpointRouteBuilder api)
    {
        var sops = api.MapGroup("/sops").WithTags("SOPs");
        sops.MapPost("/{key}/replay", async (string key, ReplayBody body, Replay replay, CancellationToken ct) => Results.Json(await replay.StartAsync(key, body, ct), statusCode: 202));
        sops.MapGet("/{key}/replays", (string key, string? after, int? limit, Replay replay, CancellationToken ct) => replay.ListAsync(key, after, limit, ct));

        var replays = api.MapGroup("/replays").WithTags("SOPs");
        replays.MapGet("/{id:guid}", (Guid id, Replay replay, CancellationToken ct) => replay.OneAsync(id, ct));
        replays.MapGet("/{id:guid}/cases", (Guid id, string? figure, string? after, int? limit, Replay replay, CancellationToken ct) => replay.CasesAsync(id, figure, after, limit, ct));
        replays.MapGet("/{id:guid}/cases.csv", async (Guid id, string? figure, Replay replay, HttpContext http, CancellationToken ct) =>
        {
            await replay.FindAsync(id, ct);
            http.Response.ContentType = "text/csv; charset=utf-8";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"replay-{id:N}.csv\"";
            await replay.ExportAsync(id, figure, http.Response.Body, ct);
        });
        replays.MapPost("/{id:guid}/cancel", (Guid id, Replay replay, CancellationToken ct) => replay.CancelAsync(id, ct));
        replays.MapDelete("/{id:guid}", async (Guid id, Replay replay, CancellationToken ct) =>
        {
            await replay.DeleteAsync(id, ct);
            return Results.NoContent();
        });
    }
}
