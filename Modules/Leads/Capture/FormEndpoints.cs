using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Records;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Leads.Capture;

internal static class FormEndpoints
{
    public static void MapForms(this IEndpointRouteBuilder api)
    {
        var forms = api.MapGroup("/forms").AllowAnonymous().RequireRateLimiting(RateLimit.Public).WithTags("forms");
        forms.MapGet("/{key}", async (string key, HttpContext http, PublicForms found) => Results.Json(Show(await found.FindAsync(key, http.RequestAborted))));
        forms.MapPost("/{key}", async (string key, Dictionary<string, JsonElement> body, HttpContext http, IMediator mediator) =>
        {
            var form = await mediator.Send(new SubmitForm(key, body), http.RequestAborted);
            return Results.Json(new { thanks = form.Thanks });
        });
    }

    private static JsonObject Show(PublicForm form) => new()
    {
        ["key"] = form.Record.Text("slug"),
        ["title"] = form.Record.Name,
        ["intro"] = form.Record.Text("intro"),
        ["fields"] = new JsonArray([.. form.Fields.Select(key => Field(LeadType.Type.Find(key)!, form.Required.Contains(key)))]),
    };

    private static JsonNode Field(Field field, bool required) => new JsonObject
    {
        ["key"] = field.Key,
        ["type"] = JsonNamingPolicy.CamelCase.ConvertName(field.Type.ToString()),
        ["label"] = Both(field.Label),
        ["required"] = required,
        ["maxLength"] = field.MaxLength,
        ["options"] = new JsonArray([.. field.Options.Select(o => (JsonNode)new JsonObject { ["key"] = o.Key, ["label"] = Both(o.Label) })]),
    };

    private static JsonObject Both(Label label) => new() { ["zh"] = label.Zh, ["en"] = label.En };
}
