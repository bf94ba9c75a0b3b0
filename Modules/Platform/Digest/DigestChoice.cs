using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Digest;

/// <param name="Hour">Of the reader's own working day, 0 to 23; null for none.</param>
/// <param name="MailOn">Whether mail is set up at all.</param>
internal sealed record DigestInfo(int? Hour, bool MailOn);

internal sealed record GetDigest : IQuery<DigestInfo>;

internal sealed class GetDigestHandler(CurrentActor current, Session session, CrmOptions options) : IRequestHandler<GetDigest, DigestInfo>
{
    public async Task<DigestInfo> Handle(GetDigest request, CancellationToken ct) =>
        new(await session.FirstAsync<int?>("SELECT at_hour FROM platform_digest WHERE user_id = @me", new { me = current.Value.UserId }, ct), options.Smtp.Host is not null);
}

internal sealed record SetDigest(int? Hour) : ICommand<DigestInfo>;

internal sealed class SetDigestHandler(CurrentActor current, Session session, DigestClock clock, IMediator mediator) : IRequestHandler<SetDigest, DigestInfo>
{
    public async Task<DigestInfo> Handle(SetDigest request, CancellationToken ct)
    {
        var me = current.Value.UserId ?? throw new Problem(401, "signedOut", []);
        if (request.Hour < 0) throw Problem.Invalid("hour", "field.min", 0);
        if (request.Hour > 23) throw Problem.Invalid("hour", "field.max", 23);
        await session.ExecuteAsync("DELETE FROM platform_digest WHERE user_id = @me", new { me }, ct);
        await clock.ClearAsync(me, ct);
        if (request.Hour is { } hour)
        {
            await session.ExecuteAsync("INSERT INTO platform_digest (user_id, at_hour) VALUES (@me, @hour)", new { me, hour }, ct);
            await clock.SetAsync(me, hour, ct);
        }
        return await mediator.Send(new GetDigest(), ct);
    }
}

internal static class DigestEndpoints
{
    public static void MapDigest(this IEndpointRouteBuilder api)
    {
        api.MapGet("notifications/digest", (IMediator mediator, CancellationToken ct) => mediator.Send(new GetDigest(), ct));
        api.MapPut("notifications/digest", (SetDigest body, IMediator mediator, CancellationToken ct) => mediator.Send(body, ct));
    }
}
