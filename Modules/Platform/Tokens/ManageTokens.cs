using Crm.Platform.SignIn;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Tokens;

internal sealed class TokenInfo
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public DateTime CreatedAt { get; init; }
    public DateTime? ExpiresAt { get; init; }
    /// <summary>First use on the last day it was used.</summary>
    public DateTime? LastUsedAt { get; init; }
}

/// <summary>The one time that the token itself is told.</summary>
internal sealed record NewToken(Guid Id, string Name, DateTime? ExpiresAt, string Token);

internal sealed record CreateToken(string? Name, DateTime? ExpiresAt) : ICommand<NewToken>;

internal sealed class CreateTokenValidator : AbstractValidator<CreateToken>
{
    public CreateTokenValidator(TimeProvider time)
    {
        RuleFor(t => t.Name).NotEmpty().WithErrorCode("field.required");
        RuleFor(t => t.Name).MaximumLength(100).WithErrorCode("field.tooLong").WithState(t => new object?[] { 100, t.Name?.Length });
        RuleFor(t => t.ExpiresAt).Must(t => t is null || t.Value.ToUniversalTime() > time.UtcNow()).WithErrorCode("token.past");
    }
}

internal sealed class CreateTokenHandler(CurrentActor current, Session session, Ids ids, TimeProvider time) : IRequestHandler<CreateToken, NewToken>
{
    private const int Most = 50;

    public async Task<NewToken> Handle(CreateToken request, CancellationToken ct)
    {
        // A token that could make tokens would outlive its own end.
        if (current.Value is not { Source: Source.User, UserId: { } user }) throw Problem.Forbidden("auth.tokens");
        if (await session.FirstAsync<long>("SELECT COUNT(*) FROM platform_token WHERE user_id = @user", new { user }, ct) >= Most) throw Problem.Conflict("token.tooMany", Most);
        var token = ITokens.Prefix + Secret.New();
        var row = new { Id = ids.Next(), user, Name = request.Name!.Trim(), Hash = Secret.Hash(token), now = time.UtcNow(), Expires = request.ExpiresAt is { } e ? Stored.Whole(e.ToUniversalTime()) : (DateTime?)null };
        await session.ExecuteAsync("INSERT INTO platform_token (id, user_id, name, hash, created_at, expires_at) VALUES (@Id, @user, @Name, @Hash, @now, @Expires)", row, ct);
        return new(row.Id, row.Name, row.Expires, token);
    }
}

internal sealed record ListTokens : IQuery<IReadOnlyList<TokenInfo>>;

internal sealed class ListTokensHandler(CurrentActor current, Session session) : IRequestHandler<ListTokens, IReadOnlyList<TokenInfo>>
{
    public Task<IReadOnlyList<TokenInfo>> Handle(ListTokens request, CancellationToken ct) =>
        session.QueryAsync<TokenInfo>("SELECT id, name, created_at, expires_at, last_used_at FROM platform_token WHERE user_id = @user ORDER BY id DESC", new { user = current.Value.UserId }, ct);
}

internal sealed record RevokeToken(Guid Id) : ICommand<Nothing>;

internal sealed class RevokeTokenHandler(CurrentActor current, Session session) : IRequestHandler<RevokeToken, Nothing>
{
    public async Task<Nothing> Handle(RevokeToken request, CancellationToken ct) =>
        await session.ExecuteAsync("DELETE FROM platform_token WHERE id = @Id AND user_id = @user", new { request.Id, user = current.Value.UserId }, ct) > 0
            ? Nothing.Value : throw Problem.NotFound("token", request.Id);
}

internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        api.MapGet("auth/tokens", async (IMediator mediator, CancellationToken ct) => new Listed<TokenInfo>(await mediator.Send(new ListTokens(), ct)));
        api.MapPost("auth/tokens", async (CreateToken body, IMediator mediator, CancellationToken ct) => Results.Json(await mediator.Send(body, ct), statusCode: 201));
        api.MapDelete("auth/tokens/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RevokeToken(id), ct);
            return Results.NoContent();
        });
    }
}
