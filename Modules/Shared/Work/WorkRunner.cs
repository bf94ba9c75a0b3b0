using Crm.Shared.Access;
using Crm.Shared.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Shared.Work;

/// <summary>Claims due work and does it. Several items share one commit, each behind its own savepoint, so a failing one does not harm its neighbours.</summary>
public sealed class WorkRunner(IServiceScopeFactory scopes, Dialect dialect, Freshness freshness, TimeProvider time, Random random, WorkSignal signal, ILogger<WorkRunner> log)
{
    /// <summary>Items of one commit; fewer were taken where no more were due.</summary>
    internal const int Batch = 64;
    private const int MostAttempts = 8;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OutsideLease = TimeSpan.FromMinutes(2);
    private readonly string holder = $"{Environment.MachineName}:{Environment.ProcessId}";
    private readonly string due = $"SELECT {Columns}, attempts + 1 AS attempts FROM shared_work WHERE lane = @lane AND due_at <= @now ORDER BY due_at, id {dialect.Limit("@n")}";
    private readonly string any = $"SELECT 1 FROM shared_work{dialect.NotChanging} WHERE lane = @lane AND due_at <= @now ORDER BY due_at {dialect.Limit("@n")}";

    private readonly string claim = dialect.Claim("shared_work",
        "due_at = @until, fence = fence + 1, attempts = attempts + 1, holder = @holder",
        "lane = @lane AND due_at <= @now", "due_at, id", Columns + ", attempts");

    private static readonly Statement Remove = new("DELETE FROM shared_work WHERE id = @id AND fence = @fence", [("id", null), ("fence", null)]);

    private const string Columns = "id, lane, kind, item_key, payload, fence";

    /// <summary>One round over the inside lanes; how many items were taken.</summary>
    public async Task<int> RunInsideAsync(CancellationToken ct)
    {
        if (!await AnyDueAsync(ct)) return 0;
        await freshness.EnsureAsync(ct);
        var claimed = dialect.LocksRows ? await TakeAsync(ClaimAsync, ct) : null;
        return await RunTogetherAsync(claimed, ct);
    }

    /// <summary>One round over lane Outside; items run side by side.</summary>
    public async Task<int> RunOutsideAsync(CancellationToken ct)
    {
        var items = await ClaimAsync(Lane.Outside, 8, ct);
        if (items.Count > 0) await freshness.EnsureAsync(ct);
        await Task.WhenAll(items.Select(item => PerformAsync(item, ct)));
        return items.Count;
    }

    /// <summary>Works until nothing is due; for tests, trials and commands that end.</summary>
    public async Task<int> RunAllDueAsync(CancellationToken ct)
    {
        var total = 0;
        for (int taken; (taken = await RunInsideAsync(ct) + await RunOutsideAsync(ct)) > 0;) total += taken;
        return total;
    }

    /// <summary>Each lower lane gets what the higher ones left, and a few places in any case, so that none starves.</summary>
    private static async Task<List<WorkItem>> TakeAsync(Func<Lane, int, CancellationToken, Task<IReadOnlyList<WorkItem>>> take, CancellationToken ct)
    {
        var items = new List<WorkItem>();
        items.AddRange(await take(Lane.People, Batch, ct));
        items.AddRange(await take(Lane.Normal, Math.Max(4, Batch - items.Count), ct));
        items.AddRange(await take(Lane.Bulk, Math.Max(2, Batch - items.Count), ct));
        return items;
    }

    // Reading first keeps an idle host from taking the write lock.
    private async Task<bool> AnyDueAsync(CancellationToken ct)
    {
        await using var session = new Session(dialect);
        foreach (var lane in new[] { Lane.People, Lane.Normal, Lane.Bulk })
            if (await session.FirstAsync<int?>(any, new { lane = (int)lane, now = time.UtcNow(), n = 1 }, ct) is not null) return true;
        return false;
    }

    private async Task<IReadOnlyList<WorkItem>> ClaimAsync(Lane lane, int n, CancellationToken ct)
    {
        await using var session = new Session(dialect);
        var now = time.UtcNow();
        if (await session.FirstAsync<int?>(any, new { lane = (int)lane, now, n = 1 }, ct) is null) return [];
        var args = new { n, lane = (int)lane, now, until = now + (lane == Lane.Outside ? OutsideLease : Lease), holder };
        // In a transaction, for an engine with one writer gives turns there and lets others poll for the lock.
        return await session.InTransactionAsync(() => session.QueryAsync<WorkItem>(claim, args, ct), ct);
    }

    /// <param name="claimed">Null where the transaction itself is the claim: what is due is read inside it, and nobody else can have it before it ends.</param>
    private async Task<int> RunTogetherAsync(List<WorkItem>? claimed, CancellationToken ct)
    {
        var items = claimed ?? [];
        var failed = new List<(WorkItem Item, Exception Why)>();
        try
        {
            try { await TogetherAsync(hopeful: true); }
            catch (HalfDone) { await TogetherAsync(hopeful: false); }
        }
        catch (Exception why) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(why, "A batch of {Count} items was rolled back; each is done alone", items.Count);
            failed.Clear();
            foreach (var item in items)
            {
                try { await RunAloneAsync(item, ct); }
                catch (Exception alone) when (!ct.IsCancellationRequested) { failed.Add((item, alone)); }
            }
        }
        foreach (var (item, why) in failed) await FailAsync(item, why, ct);
        return items.Count;

        async Task TogetherAsync(bool hopeful)
        {
            await using var scope = scopes.CreateAsyncScope();
            var session = scope.ServiceProvider.GetRequiredService<Session>();
            if (hopeful) await session.HopefullyAsync(AllAsync, ct);
            else await session.InTransactionAsync(AllAsync, ct);

            async Task AllAsync()
            {
                failed.Clear();
                if (claimed is null) items = await TakeAsync((lane, n, token) => session.QueryAsync<WorkItem>(due, new { lane = (int)lane, now = time.UtcNow(), n }, token), ct);
                foreach (var item in items)
                {
                    try { await session.PartAsync(() => RunAsync(scope.ServiceProvider, session, item, ct), ct); }
                    catch (Exception why) when (why is not HalfDone && !ct.IsCancellationRequested && !dialect.IsTransient(why)) { failed.Add((item, why)); }
                }
            }
        }
    }

    private async Task RunAloneAsync(WorkItem item, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<Session>();
        await session.InTransactionAsync(() => RunAsync(scope.ServiceProvider, session, item, ct), ct);
    }

    private async Task<bool> RunAsync(IServiceProvider services, Session session, WorkItem item, CancellationToken ct)
    {
        if (!await RemoveAsync(session, item, ct)) return false;
        var handler = services.GetServices<IWorkHandler>().FirstOrDefault(h => h.Kind == item.Kind)
            ?? throw new InvalidOperationException($"Nobody handles work of kind '{item.Kind}'.");
        // Items of a batch share a scope; none acts as the one before it.
        services.GetRequiredService<CurrentActor>().Set(Actor.System);
        await handler.RunAsync(item, ct);
        return true;
    }

    private async Task PerformAsync(WorkItem item, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<Session>();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System);
        var handler = scope.ServiceProvider.GetServices<IOutsideHandler>().FirstOrDefault(h => h.Kind == item.Kind);
        try
        {
            if (handler is null) throw new InvalidOperationException($"Nobody handles outside work of kind '{item.Kind}'.");
            var result = await handler.PerformAsync(item, ct);
            await session.InTransactionAsync(async () =>
            {
                if (await RemoveAsync(session, item, ct)) await handler.DoneAsync(item, result, ct);
            }, ct);
        }
        catch (Exception why) when (!ct.IsCancellationRequested)
        {
            if (handler is not null) await session.InTransactionAsync(() => handler.FailedAsync(item, why, item.Attempts >= MostAttempts, ct), ct);
            await FailAsync(item, why, ct);
        }
    }

    // Zero rows: the lease ran out and another holder has it, or it was cancelled; then nothing here may happen.
    private static async Task<bool> RemoveAsync(Session session, WorkItem item, CancellationToken ct) =>
        await session.RepeatAsync(Remove, [Stored.Id(item.Id), item.Fence], ct) > 0;

    private async Task FailAsync(WorkItem item, Exception why, CancellationToken ct)
    {
        var last = item.Attempts >= MostAttempts;
        log.LogError(why, "Work {Kind} {Id} failed, attempt {Attempts}{Last}", item.Kind, item.Id, item.Attempts, last ? ", parked" : "");
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<Session>();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System);
        await session.InTransactionAsync(async () =>
        {
            DateTime? due = last ? null : time.UtcNow() + Backoff(item.Attempts);
            var error = why.Message.Length > 2000 ? why.Message[..2000] : why.Message;
            if (await session.ExecuteAsync("UPDATE shared_work SET due_at = @due, error = @error, attempts = @Attempts WHERE id = @Id AND fence = @Fence", new { due, error, item.Attempts, item.Id, item.Fence }, ct) == 0) return;
            if (last && scope.ServiceProvider.GetServices<IWorkHandler>().FirstOrDefault(h => h.Kind == item.Kind) is { } handler)
                await handler.GaveUpAsync(item, why, ct);
        }, ct);
        signal.Wake(item.Lane);
    }

    /// <summary>Doubling from one second to fifteen minutes, a fifth of it by chance so that what failed together does not return together.</summary>
    private TimeSpan Backoff(int attempts)
    {
        var seconds = Math.Min(Math.Pow(2, attempts - 1), 900);
        return TimeSpan.FromSeconds(seconds * (0.9 + 0.2 * random.NextDouble()));
    }
}
