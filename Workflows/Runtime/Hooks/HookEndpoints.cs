using System.Text.Json;
using Crm.Shared.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Runtime.Hooks;

internal static class HookEndpoints
{
    public static void MapHooks(this IEndpointRouteBuilder api)
    {
        api.MapPost("/hooks/{token}", (string token, JsonElement body, HttpContext http, HookCall call) =>
                call.TakeAsync(token, http.Request.Headers.TryGetValue("Idempotency-Key", out var key) ? key.ToString() : null, body, http.RequestAborted))
            .AllowAnonymous().RequireRateLimiting(RateLimit.Hooks).WithMetadata(new AtMost(256 * 1024)).WithTags("Hooks");

        var hook = api.MapGroup("/sops/{key}/hook").WithTags("Hooks");
        hook.MapGet("/", (string key, HookTokens tokens, CancellationToken ct) => tokens.ShowAsync(key, ct));
        hook.MapPost("/", (string key, HookTokens tokens, CancellationToken ct) => tokens.RenewAsync(key, ct));
        hook.MapDelete("/", async (string key, HookTokens tokens, CancellationToken ct) =>
        {
            await tokens.RemoveAsync(key, ct);
            return Results.NoContent();
        });
    }

    private sealed class AtMost(long bytes) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => bytes;
    }
}
