using Crm.Platform.SignIn;
using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Platform.Tokens;

/// <summary>Finds who a token stands for: one indexed read, and one write a day to say that it is in use.</summary>
internal sealed class Tokens(Session session, IActors actors, TimeProvider time) : ITokens
{
    public async ValueTask<Actor?> ActorAsync(string token, CancellationToken ct)
    {
        if (!token.StartsWith(ITokens.Prefix, StringComparison.Ordinal)) return null;
        var now = time.UtcNow();
        var row = await session.FirstAsync<Row>("SELECT id, user_id, expires_at, last_used_at FROM platform_token WHERE hash = @hash", new { hash = Secret.Hash(token) }, ct);
        if (row is null || row.ExpiresAt <= now || await actors.ForUserAsync(row.UserId, ct) is not { } actor) return null;
        if (row.LastUsedAt is not { } used || used.Date < now.Date)
            await session.InTransactionAsync(() => session.ExecuteAsync("UPDATE platform_token SET last_used_at = @now WHERE id = @id", new { now, id = row.Id }, ct), ct);
        return actor with { Source = Source.Api };
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public Guid UserId { get; init; }
        public DateTime? ExpiresAt { get; init; }
        public DateTime? LastUsedAt { get; init; }
    }
}
