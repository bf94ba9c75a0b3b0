using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Definition.Validation;
using Crm.Workflows.Runtime.Starts;
using Crm.Workflows.Runtime.Sweeps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Runtime.Sops;

/// <param name="Running">What happens to the runs of older versions: <c>stay</c> (also when left out) or <c>migrate</c>.</param>
/// <param name="Map">Of a migration: step in the new version by step that a run knows.</param>
/// <param name="Overdue">Whether it also starts for records that its dates and times without activity had reached before.</param>
internal sealed record PublishBody(string? Note, string? Running, Dictionary<string, string>? Map, bool? Overdue = null);
internal sealed record StartBody(Guid RecordId, IReadOnlyList<Guid>? People);

internal static class SopEndpoints
{
    public static void MapSops(this IEndpointRouteBuilder api)
    {
        var sops = api.MapGroup("/sops").WithTags("SOPs");
        sops.MapGet("/", (string? after, int? limit, SopView view, CancellationToken ct) => view.ListAsync(after, limit, ct));
        sops.MapGet("/schema", (SopView view) => view.Schema());
        sops.MapGet("/steps", (SopView view) => view.Steps());
        sops.MapGet("/templates", (SopView view) => view.Templates());
        sops.MapGet("/buttons", (string type, ButtonStart buttons, CancellationToken ct) => buttons.OfAsync(type, ct));
        sops.MapGet("/{key}", (string key, string? version, SopView view, HttpContext http, CancellationToken ct) => view.OneAsync(key, version, http, ct));
        sops.MapPut("/{key}", async (string key, JsonElement definition, SopBook book, SopView view, CurrentActor actor, HttpContext http, CancellationToken ct) =>
        {
            actor.Require(WorkflowPermissions.ManageSops);
            await book.PutAsync(key, definition, Versions.IfMatch(http.Request), ct);
            return await view.OneAsync(key, "draft", http, ct);
        });
        sops.MapPost("/{key}/validate", (string key, JsonElement? definition, SopView view, CancellationToken ct) => view.ValidateAsync(key, definition, ct));
        sops.MapGet("/{key}/overdue", (string key, Overdue overdue, CancellationToken ct) => overdue.CountAsync(key, ct));
        sops.MapPost("/{key}/publish", async (string key, PublishBody? body, Publishing publishing, SopView view, HttpContext http, CancellationToken ct) =>
        {
            var migration = await publishing.PublishAsync(key, body ?? new(null, null, null), ct);
            var json = await view.OneAsync(key, null, http, ct);
            json["migration"] = migration;
            return json;
        });
        sops.MapPost("/{key}/retire", async (string key, SopBook book, SopView view, CurrentActor actor, HttpContext http, CancellationToken ct) =>
        {
            actor.Require(WorkflowPermissions.ManageSops);
            await book.RetireAsync(key, ct);
            return await view.OneAsync(key, null, http, ct);
        });
        sops.MapPost("/{key}/start", async (string key, StartBody body, ButtonStart buttons, CancellationToken ct) =>
            Results.Json(new JsonObject { ["runId"] = (await buttons.StartAsync(key, body, ct)).ToString() }, statusCode: 201));
    }
}
