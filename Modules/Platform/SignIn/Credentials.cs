using Crm.Platform.People;
using Crm.Shared.Data;

namespace Crm.Platform.SignIn;

/// <summary>Writes what people prove themselves with. The stamp lies in every cookie: a new one ends all sessions on all hosts.</summary>
internal sealed class Credentials(Session session, DirectoryChanges changes)
{
    public async Task CreateAsync(Guid userId, CancellationToken ct) =>
        await session.ExecuteAsync("INSERT INTO platform_credential (user_id, stamp) VALUES (@userId, @stamp)", new { userId, stamp = Secret.New(16) }, ct);

    /// <summary>Returns the new stamp, for the session that goes on.</summary>
    public async Task<string> SetPasswordAsync(Guid userId, string hash, CancellationToken ct)
    {
        var stamp = Secret.New(16);
        await session.ExecuteAsync("UPDATE platform_credential SET password_hash = @hash, stamp = @stamp, failures = 0, locked_until = NULL WHERE user_id = @userId", new { userId, hash, stamp }, ct);
        await changes.RaiseAsync(ct);
        return stamp;
    }

    /// <summary>Ends sessions and tokens of somebody who left.</summary>
    public async Task EndAllAsync(Guid userId, CancellationToken ct)
    {
        await session.ExecuteAsync("UPDATE platform_credential SET stamp = @stamp WHERE user_id = @userId", new { userId, stamp = Secret.New(16) }, ct);
        await session.ExecuteAsync("DELETE FROM platform_token WHERE user_id = @userId", new { userId }, ct);
        await changes.RaiseAsync(ct);
    }
}
