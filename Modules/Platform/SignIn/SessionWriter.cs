using System.Security.Claims;
using Crm.Shared.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Crm.Platform.SignIn;

/// <summary>Writes the cookie.</summary>
internal static class SessionWriter
{
    public static async Task BeginSessionAsync(this HttpContext http, SignedIn who, bool remember, IActors actors, CurrentActor current, CancellationToken ct)
    {
        var identity = new ClaimsIdentity([new(SessionCookie.User, who.UserId.ToString()), new(SessionCookie.Stamp, who.Stamp)], SessionCookie.Scheme);
        await http.SignInAsync(SessionCookie.Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = remember });
        if (await actors.ForUserAsync(who.UserId, ct) is { } actor) current.Set(actor);
    }

    /// <summary>After the password changed, the session that changed it goes on under the new stamp.</summary>
    public static async Task RenewSessionAsync(this HttpContext http, SignedIn who, IActors actors, CurrentActor current, CancellationToken ct)
    {
        if (!http.User.HasClaim(c => c.Type == SessionCookie.Stamp)) return;
        var ticket = await http.AuthenticateAsync(SessionCookie.Scheme);
        await http.BeginSessionAsync(who, ticket.Properties?.IsPersistent == true, actors, current, ct);
    }
}
