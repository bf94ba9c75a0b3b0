using Crm.Shared.Data;

namespace Crm.Workflows.Runtime.Quotas;

/// <summary>All quotas, kept in memory: without any a start costs nothing more.</summary>
internal sealed class QuotaRules : IRefreshable
{
    public const string StampName = "quotas";
    private volatile IReadOnlyList<Quota> current = [];

    public string Stamp => StampName;
    public IReadOnlyList<Quota> Current => current;

    public async Task LoadAsync(Session session, CancellationToken ct) =>
        current = [.. (await session.QueryAsync<QuotaRow>($"SELECT {QuotaRow.Columns} FROM workflows_quota ORDER BY id", null, ct)).Select(r => r.Rule)];
}

/// <summary>Rows of quotas.</summary>
internal sealed class QuotaStore(Session session)
{
    public Task<QuotaRow?> FindAsync(Guid id, CancellationToken ct) =>
        session.FirstAsync<QuotaRow>($"SELECT {QuotaRow.Columns} FROM workflows_quota WHERE id = @id", new { id }, ct);

    /// <summary>The row, held by this transaction: hosts count one after the other.</summary>
    public async Task<QuotaRow?> LockAsync(Guid id, CancellationToken ct)
    {
        if (session.Dialect.LocksRows) await session.ExecuteAsync("UPDATE workflows_quota SET used = used WHERE id = @id", new { id }, ct);
        return await FindAsync(id, ct);
    }

    public Task SaveAsync(Guid id, QuotaUse use, CancellationToken ct) => session.ExecuteAsync("""
        UPDATE workflows_quota SET used_in = @UsedIn, used = @Used, people_in = @PeopleIn, people = @People, rest_in = @RestIn, rest = @Rest WHERE id = @id
        """, new { id, use.UsedIn, use.Used, use.PeopleIn, use.People, use.RestIn, use.Rest }, ct);

    /// <summary>Keeps that a run waits for a quota, and until when.</summary>
    public async Task HoldAsync(Guid run, Guid quota, DateTime until, CancellationToken ct)
    {
        var row = new { run, quota, until };
        if (await session.ExecuteAsync("UPDATE workflows_held SET quota_id = @quota, until = @until WHERE run_id = @run", row, ct) == 0)
            await session.ExecuteAsync("INSERT INTO workflows_held (run_id, quota_id, until) VALUES (@run, @quota, @until)", row, ct);
    }

    public Task ReleaseAsync(Guid run, CancellationToken ct) => session.ExecuteAsync("DELETE FROM workflows_held WHERE run_id = @run", new { run }, ct);

    public Task<HeldRow?> HeldAsync(Guid run, CancellationToken ct) => session.FirstAsync<HeldRow>("SELECT run_id, quota_id, until FROM workflows_held WHERE run_id = @run", new { run }, ct);
}

internal sealed class QuotaRow
{
    public Guid Id { get; init; }
    public string? SopKey { get; init; }
    public Guid? UnitId { get; init; }
    public string Per { get; init; } = "hour";
    public int Most { get; init; }
    public DateTime UpdatedAt { get; init; }
    public Guid? UpdatedById { get; init; }
    public long UsedIn { get; init; }
    public int Used { get; init; }
    public long PeopleIn { get; init; }
    public int People { get; init; }
    public long RestIn { get; init; }
    public int Rest { get; init; }

    public const string Columns = "id, sop_key, unit_id, per, most, updated_at, updated_by_id, used_in, used, people_in, people, rest_in, rest";

    public Quota Rule => new(Id, SopKey, UnitId, Enum.Parse<QuotaPer>(Per, ignoreCase: true), Most);
    public QuotaUse Use => new(UsedIn, Used, PeopleIn, People, RestIn, Rest);
}

/// <summary>A run whose start was put off.</summary>
internal sealed class HeldRow
{
    public Guid RunId { get; init; }
    public Guid QuotaId { get; init; }
    public DateTime Until { get; init; }
}
