using Crm.Shared.Access;
using Crm.Shared.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Runtime.Sops;

internal static class VersionEndpoints
{
    public static void MapVersions(this IEndpointRouteBuilder api)
    {
        var versions = api.MapGroup("/sops/{key}/versions").WithTags("SOPs");
        versions.MapGet("/", (string key, int? after, int? limit, VersionView view, CancellationToken ct) => view.ListAsync(key, after, limit, ct));
        versions.MapGet("/{number:int}", (string key, int number, VersionView view, CancellationToken ct) => view.OneAsync(key, number, ct));
        versions.MapPost("/{number:int}/draft", async (string key, int number, VersionView view, SopBook book, SopView sops, CurrentActor actor, HttpContext http, CancellationToken ct) =>
        {
            actor.Require(WorkflowPermissions.ManageSops);
            await book.PutAsync(key, await view.DefinitionAsync(key, number, ct), Versions.IfMatch(http.Request), ct);
            return await sops.OneAsync(key, "draft", http, ct);
        });
        var editors = api.MapGroup("/sops/{key}/editors/{window:guid}").WithTags("SOPs");
        editors.MapPut("/", (string key, Guid window, Editors all, CancellationToken ct) => all.HereAsync(key, window, ct));
        editors.MapDelete("/", async (string key, Guid window, Editors all, CancellationToken ct) =>
        {
            await all.LeftAsync(key, window, ct);
            return Results.NoContent();
        });
        api.MapGet("/sops/{key}/compare", (string key, string? from, string? to, VersionCompare compare, CancellationToken ct) => compare.CompareAsync(key, from, to, ct)).WithTags("SOPs");
    }
}
