using Crm.Shared.Access;
using Crm.Shared.Problems;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.SignIn;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder api)
    {
        api.MapPost("auth/sign-in", async (SignIn body, HttpContext http, IMediator mediator, SignInLog log, IActors actors, CurrentActor current, CancellationToken ct) =>
        {
            SignedIn who;
            try
            {
                who = await mediator.Send(body, ct);
            }
            catch (Problem refused) when (refused.Status == 401)
            {
                await log.AddAsync(http, SignInLog.Password, ok: false, null, body.Email, ct);
                throw;
            }
            await log.AddAsync(http, SignInLog.Password, ok: true, who.UserId, body.Email, ct);
            await http.BeginSessionAsync(who, body.Remember, actors, current, ct);
            return await mediator.Send(new GetMe(), ct);
        }).AllowAnonymous().RequireRateLimiting(RateLimit.SignIn);

        api.MapPost("auth/sign-out", async (HttpContext http) =>
        {
            await http.SignOutAsync(SessionCookie.Scheme);
            return Results.NoContent();
        }).AllowAnonymous();

        api.MapPost("auth/forgot", (ForgotPassword body, IMediator mediator, CancellationToken ct) => mediator.Send(body, ct)).AllowAnonymous().RequireRateLimiting(RateLimit.SignIn);

        api.MapPost("auth/password", async (SetPassword body, HttpContext http, IMediator mediator, SignInLog log, IActors actors, CurrentActor current, IDirectory people, CancellationToken ct) =>
        {
            var who = await mediator.Send(body, ct);
            await log.AddAsync(http, SignInLog.Link, ok: true, who.UserId, (await people.ReadAsync(ct)).Person(who.UserId)?.Email, ct);
            await http.BeginSessionAsync(who, remember: false, actors, current, ct);
            return await mediator.Send(new GetMe(), ct);
        }).AllowAnonymous().RequireRateLimiting(RateLimit.SignIn);

        api.MapPost("users/{id:guid}/invite", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new Invite(id), ct));

        api.MapGet("me", (IMediator mediator, CancellationToken ct) => mediator.Send(new GetMe(), ct));
        api.MapGet("me/numbers", (IMediator mediator, CancellationToken ct) => mediator.Send(new GetNumbers(), ct));
        api.MapPatch("me", async (ChangeMe body, HttpContext http, IMediator mediator, IActors actors, CurrentActor current, CancellationToken ct) =>
        {
            if (await mediator.Send(body, ct) is { } renewed) await http.RenewSessionAsync(renewed, actors, current, ct);
            return await mediator.Send(new GetMe(), ct);
        });
    }
}
