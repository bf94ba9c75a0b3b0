using Crm.Shared.Access;
using Crm.Shared.Problems;

namespace Crm.Host.Auth;

/// <summary>Writes that come with the cookie also carry <c>X-Crm</c>, a header that a foreign site cannot make a browser send.</summary>
internal sealed class AntiForgery(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var safe = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method);
        if (!safe && context.User.Identity is { IsAuthenticated: true, AuthenticationType: SessionCookie.Scheme } && !context.Request.Headers.ContainsKey("X-Crm"))
            throw new Problem(403, "antiForgery", []);
        return next(context);
    }
}
