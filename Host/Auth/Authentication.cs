using System.Security.Claims;
using Crm.Shared.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Crm.Host.Auth;

/// <summary>Who calls: the page by cookie, programs by token. Whichever it is sets the request's actor.</summary>
internal static class Authentication
{
    private const string Either = "either";

    public static void AddCrmAuthentication(this IServiceCollection services)
    {
        services.AddAuthorization();
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey("Authorization") ? TokenAuthentication.Scheme : SessionCookie.Scheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null)
            .AddCookie(SessionCookie.Scheme, o =>
            {
                o.Cookie.Name = SessionCookie.Scheme;
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Strict;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = TimeSpan.FromDays(14);
                o.SlidingExpiration = true;
                o.Events.OnValidatePrincipal = ValidateAsync;
                o.Events.OnRedirectToLogin = context => Status(context, 401);
                o.Events.OnRedirectToAccessDenied = context => Status(context, 403);
            });
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var actor = Guid.TryParse(context.Principal!.FindFirstValue(SessionCookie.User), out var user)
            ? await services.GetRequiredService<IActors>().ForSessionAsync(user, context.Principal!.FindFirstValue(SessionCookie.Stamp) ?? "", context.HttpContext.RequestAborted)
            : null;
        if (actor is not null)
        {
            services.GetRequiredService<CurrentActor>().Set(actor);
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(SessionCookie.Scheme);
    }

    private static Task Status<T>(RedirectContext<T> context, int status) where T : AuthenticationSchemeOptions
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
