using Microsoft.Extensions.DependencyInjection;

namespace Crm.Shared.Data;

/// <summary>Something kept in memory that a stamp guards: the catalogue, the directory.</summary>
public interface IRefreshable
{
    /// <summary>Name of its stamp.</summary>
    string Stamp { get; }
    Task LoadAsync(Session session, CancellationToken ct);
}

/// <summary>Keeps what is held in memory no older than a second across hosts, and never older than this host's own changes.</summary>
public sealed class Freshness(Dialect dialect, IServiceProvider services, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly Dictionary<string, long> held = [];
    private long checkedAt;
    private volatile bool stale = true;

    /// <summary>Marks in the session's transaction that what the stamp guards has changed, for all hosts.</summary>
    public async Task RaiseAsync(Session session, string stamp, CancellationToken ct)
    {
        await session.RaiseStampAsync(stamp, ct);
        session.AfterCommit(() => stale = true);
    }

    public async ValueTask EnsureAsync(CancellationToken ct)
    {
        if (!stale && time.GetElapsedTime(Interlocked.Read(ref checkedAt)) < Longest) return;
        await loading.WaitAsync(ct);
        try
        {
            if (!stale && time.GetElapsedTime(checkedAt) < Longest) return;
            // Down before reading: a change that comes meanwhile puts it up again.
            stale = false;
            await using var session = new Session(dialect);
            // A stamp that is just being raised says nothing before it stands; whoever raises it may be waiting for us.
            var stamps = (await session.QueryAsync<Row>($"SELECT name, value FROM shared_stamp{dialect.NotChanging}", null, ct)).ToDictionary(r => r.Name, r => r.Value);
            foreach (var part in services.GetServices<IRefreshable>())
            {
                var known = held.TryGetValue(part.Stamp, out var loaded);
                var stamp = stamps.GetValueOrDefault(part.Stamp, loaded);
                if (known && loaded == stamp) continue;
                await part.LoadAsync(session, ct);
                held[part.Stamp] = stamp;
            }
            Interlocked.Exchange(ref checkedAt, time.GetTimestamp());
        }
        catch
        {
            stale = true;
            throw;
        }
        finally
        {
            loading.Release();
        }
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";
        public long Value { get; init; }
    }
}
