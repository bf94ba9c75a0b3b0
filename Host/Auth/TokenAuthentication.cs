using System.Security.Claims;
using System.Text.Encodings.Web;
using Crm.Shared.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Crm.Host.Auth;

/// <summary><c>Authorization: Bearer crm_...</c></summary>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ITokens tokens, CurrentActor current)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "token";
    private const string Before = "Bearer " + ITokens.Prefix;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Before, StringComparison.Ordinal)) return AuthenticateResult.Fail("Not a token of ours");
        if (await tokens.ActorAsync(header["Bearer ".Length..].Trim(), Context.RequestAborted) is not { UserId: { } user } actor) return AuthenticateResult.Fail("Unknown token");
        current.Set(actor);
        var identity = new ClaimsIdentity([new Claim(SessionCookie.User, user.ToString())], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }
}
