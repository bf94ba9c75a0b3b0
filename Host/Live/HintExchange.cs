using System.Text.Json;
using System.Threading.Channels;
using Crm.Shared.Data;
using Crm.Shared.Messaging;

namespace Crm.Host.Live;

/// <summary>Carries hints between hosts that share a SQL Server database: each writes its own to a table and reads the others' every second.
/// Rows of the last seconds are read again, because ids are made before their commit; a hint told twice does no harm, a lost one little.
/// On SQLite there is one host, hence nothing to carry.</summary>
internal sealed class HintExchange(Dialect dialect, Ids ids, TimeProvider time, IServiceProvider services, ILogger<HintExchange> log) : BackgroundService
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);
    private readonly string host = Guid.NewGuid().ToString("n");
    internal bool Alone { get; init; } = dialect.Name == "sqlite";
    private readonly Channel<Envelope> outgoing = Channel.CreateBounded<Envelope>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
    private HashSet<Guid> seen = [];

    public void Send(Audience audience, LiveHint hint)
    {
        if (!Alone) outgoing.Writer.TryWrite(new(audience, hint));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Alone) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { await ExchangeAsync(stoppingToken); }
            catch (Exception why) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(why, "Live hints could not be exchanged with other hosts"); }
        }
    }

    internal async Task ExchangeAsync(CancellationToken ct)
    {
        await using var session = new Session(dialect);
        while (outgoing.Reader.TryRead(out var envelope))
            await session.ExecuteAsync("INSERT INTO host_hint (id, host, at, hint) VALUES (@id, @host, @at, @hint)",
                new { id = ids.Next(), host, at = time.UtcNow(), hint = JsonSerializer.Serialize(envelope, Stored.Json) }, ct);
        var since = time.UtcNow() - Overlap;
        var rows = await session.QueryAsync<Row>("SELECT id, hint FROM host_hint WHERE at >= @since AND host <> @host", new { since, host }, ct);
        foreach (var row in rows.Where(r => !seen.Contains(r.Id)))
            if (JsonSerializer.Deserialize<Envelope>(row.Hint, Stored.Json) is { } envelope) services.GetRequiredService<LiveHub>().Deliver(envelope.Audience, envelope.Hint);
        seen = [.. rows.Select(r => r.Id)];
        await session.ExecuteAsync("DELETE FROM host_hint WHERE at < @old", new { old = since - Overlap }, ct);
    }

    private sealed record Envelope(Audience Audience, LiveHint Hint);

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Hint { get; init; } = "";
    }
}
