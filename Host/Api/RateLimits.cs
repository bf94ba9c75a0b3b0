using System.Threading.RateLimiting;
using Crm.Shared;
using Crm.Shared.Access;

namespace Crm.Host.Api;

/// <summary>How often one address may try what is open to everybody. Endpoints choose with RequireRateLimiting and a name of <see cref="RateLimit"/>.</summary>
internal static class RateLimits
{
    public static void AddRateLimits(this IServiceCollection services, CrmOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)) rejected.HttpContext.Response.Headers.RetryAfter = ((int)wait.TotalSeconds + 1).ToString();
            return ValueTask.CompletedTask;
        };
        limiter.AddPolicy(RateLimit.SignIn, context => PerAddress(context, options.SignInsPerMinute));
        limiter.AddPolicy(RateLimit.Public, context => PerAddress(context, options.PublicPerMinute));
        limiter.AddPolicy(RateLimit.Hooks, context => PerAddress(context, options.HooksPerMinute));
    });

    private static RateLimitPartition<string> PerAddress(HttpContext context, int perMinute) =>
        RateLimitPartition.GetSlidingWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        });
}
