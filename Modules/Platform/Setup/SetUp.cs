using System.Text.Json;
using Crm.Platform.Settings;
using Crm.Platform.SignIn;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Setup;

/// <summary>Makes the company's root unit and its first administrator; whoever holds the link that the host printed at start.</summary>
internal sealed record SetUp(string? Token, string? Company, string? Name, string? Email, string? Password, string? Locale) : ICommand<SignedIn>;

internal sealed class SetUpValidator : AbstractValidator<SetUp>
{
    public SetUpValidator()
    {
        RuleFor(s => s.Company).NotEmpty().WithErrorCode("field.required");
        RuleFor(s => s.Company).MaximumLength(100).WithErrorCode("field.tooLong").WithState(s => new object?[] { 100, s.Company?.Length });
        RuleFor(s => s.Password).NotEmpty().WithErrorCode("field.required");
    }
}

internal sealed class SetUpHandler(Session session, OneTimeLinks links, CurrentActor current, IRecords records, Passwords passwords, IMediator mediator) : IRequestHandler<SetUp, SignedIn>
{
    public async Task<SignedIn> Handle(SetUp request, CancellationToken ct)
    {
        await links.UseAsync([OneTimeLinks.Setup], request.Token, ct);
        if (await session.FirstAsync<long>("SELECT COUNT(*) FROM platform_user", null, ct) > 0) throw Problem.Conflict("link.used");
        using var system = current.As(Actor.System);
        var unit = await records.CreateAsync("unit", new Dictionary<string, object?> { ["name"] = request.Company }, WriteOptions.AsFeature(), ct);
        var user = await records.CreateAsync("user", new Dictionary<string, object?>
        {
            ["name"] = request.Name,
            ["email"] = request.Email,
            ["unit"] = unit.Id,
            ["roles"] = new[] { BuiltInRole.Administrator },
            ["locale"] = request.Locale ?? "zh",
        }, WriteOptions.AsFeature(), ct);
        await mediator.Send(new SetSettings(new Dictionary<string, JsonElement> { [PlatformSettings.Company] = JsonSerializer.SerializeToElement(request.Company) }), ct);
        return new(user.Id, await passwords.ChangeAsync(user.Id, request.Password, ct));
    }
}

internal static class SetUpEndpoints
{
    public static void MapSetUp(this IEndpointRouteBuilder api) =>
        api.MapPost("setup", async (SetUp body, HttpContext http, IMediator mediator, SignInLog log, IActors actors, CurrentActor current, CancellationToken ct) =>
        {
            var who = await mediator.Send(body, ct);
            await log.AddAsync(http, SignInLog.Setup, ok: true, who.UserId, body.Email, ct);
            await http.BeginSessionAsync(who, remember: false, actors, current, ct);
            return await mediator.Send(new GetMe(), ct);
        }).AllowAnonymous().RequireRateLimiting(RateLimit.SignIn);
}
