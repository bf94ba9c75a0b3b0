using Crm.Workflows.Runtime.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Runtime.Migrations;

internal static class MigrationEndpoints
{
    private static readonly MigrationBody Nothing = new(null, null, null, null, null);

    public static void MapMigrations(this IEndpointRouteBuilder api)
    {
        var sops = api.MapGroup("/sops/{key}").WithTags("SOPs");
        sops.MapPost("/migration/preview", (string key, MigrationBody? body, MigrationPreview preview, CancellationToken ct) => preview.PreviewAsync(key, body ?? Nothing, ct));
        sops.MapPost("/migration", async (string key, MigrationBody? body, MigrationActs acts, CancellationToken ct) => Results.Json(await acts.BeginAsync(key, body ?? Nothing, ct), statusCode: 202));
        sops.MapGet("/migrations", (string key, string? after, int? limit, MigrationActs acts, CancellationToken ct) => acts.ListAsync(key, after, limit, ct));
        sops.MapGet("/migrations/{id:guid}", (string key, Guid id, MigrationActs acts, CancellationToken ct) => acts.OneAsync(key, id, ct));
        api.MapPost("/runs/{id:guid}/migrate", async (Guid id, MigrationBody? body, MigrationActs acts, RunView view, CancellationToken ct) =>
        {
            await acts.MoveAsync(id, body ?? Nothing, ct);
            return await view.OneAsync(id, ct);
        }).WithTags("Runs");
    }
}
