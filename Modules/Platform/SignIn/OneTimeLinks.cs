using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Platform.SignIn;

/// <summary>Links that prove something once: only their hash is kept.</summary>
internal sealed class OneTimeLinks(Session session, TimeProvider time)
{
    public const string Setup = "setup";
    /// <summary>An invitation.</summary>
    public const string Password = "password";
    /// <summary>Asked for by the person themselves; apart, so that a stranger who asks takes away no invitation.</summary>
    public const string Forgotten = "forgotten";

    /// <summary>Makes a link's secret; earlier ones for the same purpose and person stop working.</summary>
    public Task<string> MakeAsync(string purpose, Guid? userId, TimeSpan lifetime, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var (secret, now) = (Secret.New(), time.UtcNow());
        await session.ExecuteAsync("DELETE FROM platform_link WHERE purpose = @purpose AND (user_id = @userId OR @userId IS NULL)", new { purpose, userId }, ct);
        await session.ExecuteAsync("INSERT INTO platform_link (hash, purpose, user_id, created_at, expires_at) VALUES (@hash, @purpose, @userId, @now, @expires)",
            new { hash = Secret.Hash(secret), purpose, userId, now, expires = now + lifetime }, ct);
        return secret;
    }, ct);

    /// <summary>Uses the link up, in the transaction of what it is for; whose it is, where it is somebody's.</summary>
    public async Task<Guid?> UseAsync(string[] purposes, string? secret, CancellationToken ct)
    {
        var sql = session.Dialect.UpdateReturning("platform_link", "used_at = @now", "hash = @hash AND purpose IN @purposes AND used_at IS NULL AND expires_at > @now", "user_id");
        var used = await session.FirstAsync<Used>(sql, new { hash = Secret.Hash(secret ?? ""), purposes, now = time.UtcNow() }, ct);
        return used is null ? throw Problem.Conflict("link.used") : used.UserId;
    }

    private sealed class Used
    {
        public Guid? UserId { get; init; }
    }
}
