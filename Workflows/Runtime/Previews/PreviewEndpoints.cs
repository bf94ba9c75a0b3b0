using System.Text.Json;
using Crm.Shared.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Runtime.Previews;

/// <param name="Type">Record type of the SOP.</param>
/// <param name="RecordId">A record to try it on; without one only rules that need none find anybody.</param>
/// <param name="TurnKey">Names the queue of a round robin.</param>
internal sealed record PeoplePreviewBody(string? Type, Guid? RecordId, JsonElement Rule, string? TurnKey);
internal sealed record TextPreviewBody(string? Type, Guid? RecordId, Label? Text);

internal static class PreviewEndpoints
{
    public static void MapPreviews(this IEndpointRouteBuilder api)
    {
        var previews = api.MapGroup("/sops/preview").WithTags("SOPs");
        previews.MapPost("/people", (PeoplePreviewBody body, Previews all, CancellationToken ct) => all.PeopleAsync(body, ct));
        previews.MapPost("/text", (TextPreviewBody body, Previews all, CancellationToken ct) => all.TextAsync(body, ct));
    }
}
