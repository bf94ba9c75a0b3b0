using Crm.Shared.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Runtime.Mailing;

/// <summary>Where the pixel and the links of tracked mail lead.</summary>
internal static class MailEndpoints
{
    /// <summary>One transparent dot.</summary>
    private static readonly byte[] Dot = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static void MapTrackedMail(this IEndpointRouteBuilder api) =>
        api.MapGet("/mail/{token}", async (string token, MailTracking tracking, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return await tracking.MeetAsync(token, http.RequestAborted) is { } link ? Results.Redirect(link) : Results.Bytes(Dot, "image/gif");
        }).AllowAnonymous().RequireRateLimiting(RateLimit.Hooks).WithTags("Hooks");
}
