using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Crm.Platform.SignIn;

/// <summary>Sets and checks passwords.</summary>
internal sealed class Passwords(Session session, Credentials credentials, IDirectory people, PasswordHashes hashes, TimeProvider time) : IPasswords
{
    private const int MostFailures = 5;
    private static readonly TimeSpan Locked = TimeSpan.FromMinutes(15);

    public Task SetAsync(Guid userId, string password, CancellationToken ct) => ChangeAsync(userId, password, ct);

    /// <summary>Returns the new stamp.</summary>
    public Task<string> ChangeAsync(Guid userId, string? password, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var person = (await people.ReadAsync(ct)).Person(userId) ?? throw Problem.NotFound("user", userId);
        if (PasswordRules.Check(password, person.Name, person.Email) is { } error) throw Problem.Invalid(error);
        return await credentials.SetPasswordAsync(userId, hashes.Make(password!), ct);
    }, ct);

    /// <summary>The person's stamp if the password is right. The attempt is counted before it is checked, so that many at the same moment cannot slip through;
    /// a null user costs the same work as a known one.</summary>
    public async Task<string?> CheckAsync(Guid? userId, string password, CancellationToken ct)
    {
        // Inside somebody's transaction the count would be rolled back with the refusal.
        if (session.InTransaction) throw new Problem(400, "signIn.alone", []);
        var row = await session.InTransactionAsync(() => CountAttemptAsync(userId ?? Guid.Empty, ct), ct);
        var verdict = hashes.Check(row?.PasswordHash, password);
        if (userId is null || row is null || verdict == PasswordVerificationResult.Failed) return null;
        var rehashed = verdict == PasswordVerificationResult.SuccessRehashNeeded ? hashes.Make(password) : row.PasswordHash;
        await session.InTransactionAsync(() => session.ExecuteAsync(
            "UPDATE platform_credential SET failures = 0, locked_until = NULL, password_hash = @rehashed WHERE user_id = @userId AND password_hash = @before",
            new { userId, rehashed, before = row.PasswordHash }, ct), ct);
        return row.Stamp;
    }

    /// <summary>Null while the account is locked.</summary>
    private Task<Row?> CountAttemptAsync(Guid userId, CancellationToken ct)
    {
        var now = time.UtcNow();
        var sql = session.Dialect.UpdateReturning("platform_credential",
            """
            failures = CASE WHEN locked_until <= @now THEN 1 ELSE failures + 1 END,
            locked_until = CASE WHEN locked_until <= @now THEN NULL WHEN failures + 1 >= @most THEN @until ELSE NULL END
            """,
            "user_id = @userId AND (locked_until IS NULL OR locked_until <= @now OR user_id = @nobody)",
            "password_hash, stamp");
        return session.FirstAsync<Row>(sql, new { userId, now, most = MostFailures, until = now + Locked, nobody = Guid.Empty }, ct);
    }

    private sealed class Row
    {
        public string? PasswordHash { get; init; }
        public string Stamp { get; init; } = "";
    }
}

/// <summary>The framework's own password hash. Singleton: the hash that stands in where there is none is made once.</summary>
internal sealed class PasswordHashes
{
    private readonly PasswordHasher<object> hasher;
    private readonly string nobody;

    public PasswordHashes(IOptions<PasswordHasherOptions> options)
    {
        hasher = new(options);
        nobody = Make(Secret.New());
    }

    public string Make(string password) => hasher.HashPassword(this, password);

    public PasswordVerificationResult Check(string? hash, string password) =>
        hasher.VerifyHashedPassword(this, hash ?? nobody, password) is var verdict && hash is not null ? verdict : PasswordVerificationResult.Failed;
}
