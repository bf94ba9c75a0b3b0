using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using MediatR;

namespace Crm.Host.Api.Records;

internal static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/catalogue").WithTags("catalogue");
        group.MapGet("", (ICatalogueSource source, CurrentActor actor) => Results.Json(Show(source.Current, actor.Value)))
            .WithSummary("Record types, their fields and views, and what the caller may do with them");
        group.MapPost("/{type}/fields", async (string type, FieldBody body, IMediator mediator, CancellationToken ct) =>
            Results.Json(CatalogueJson.Field(await mediator.Send(new SaveField(type, body.Key ?? "", body, IsNew: true), ct), null), statusCode: 201));
        group.MapPatch("/{type}/fields/{key}", async (string type, string key, FieldBody body, IMediator mediator, CancellationToken ct) =>
            Results.Json(CatalogueJson.Field(await mediator.Send(new SaveField(type, key, body, IsNew: false), ct), null)));
        group.MapDelete("/{type}/fields/{key}", async (string type, string key, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RemoveField(type, key), ct);
            return Results.NoContent();
        });
    }

    /// <summary>Only what the caller may read; a page shows nothing else.</summary>
    private static JsonObject Show(Catalogue catalogue, Actor actor) => new()
    {
        ["types"] = new JsonArray([.. catalogue.Types.Where(t => t is { IsLine: false, External: false }).Select(t => CatalogueJson.Type(t, catalogue, actor))]),
        ["ops"] = JsonSerializer.SerializeToNode(FilterOps.ByType.ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Key.ToString()), p => p.Value.Select(FilterOps.Name)), Stored.Json),
    };
}
