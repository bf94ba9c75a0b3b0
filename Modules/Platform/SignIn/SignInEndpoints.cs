using Crm.Shared.Access;
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
        api.MapPost("auth/sign-in", async (SignIn body, HttpContext http, IMediator mediator, IActors actors, CurrentActor current, CancellationToken ct) =>
        {
            await http.BeginSessionAsync(await mediator.Send(body, ct), body.Remember, actors, current, ct);
            return await mediator.Send(new GetMe(), ct);
        }).AllowAnonymous().RequireRateLimiting(RateLimit.SignIn);

        api.MapPost("auth/sign-out", async (HttpContext http) =>
        {
            await http.SignOutAsync(SessionCookie.Scheme);
            return Results.NoContent();
        }).AllowAnonymous();

        api.MapPost("auth/password", async (SetPassword body, HttpContext http, IMediator mediator, IActors actors, CurrentActor current, CancellationToken ct) =>
        {
            await http.BeginSessionAsync(await mediator.Send(body, ct), remember: false, actors, current, ct);
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
