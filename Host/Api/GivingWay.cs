using Crm.Shared.Data;

namespace Crm.Host.Api;

/// <summary>A request whose transaction had to give way to another has left nothing behind and is done again: one that the database chose in a deadlock,
/// and one that made what another had made a moment before. The second time it meets what is there, and whatever rule is about it.</summary>
internal sealed class GivingWay(Dialect dialect) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        for (var time = 1; ; time++)
        {
            try
            {
                return await next(context);
            }
            catch (Exception why) when (time < Apart.Tries && dialect.GaveWay(why) && CanRepeat(context.HttpContext))
            {
                // Whom it gave way to has gone on by now.
            }
        }
    }

    /// <summary>Of many transactions some stand; an upload has been read and cannot be read again.</summary>
    private static bool CanRepeat(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<ManyTransactions>() is null && !http.Request.HasFormContentType && !http.Response.HasStarted;
}
