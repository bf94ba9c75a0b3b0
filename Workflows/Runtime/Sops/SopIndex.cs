using System.Collections.Frozen;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Definition;
using Microsoft.Extensions.Logging;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>One published SOP, ready to start runs.</summary>
internal sealed record PublishedSop(string Key, int Version, SopPlan Plan)
{
    public Sop Sop => Plan.Sop;
}

/// <summary>All published SOPs as one immutable picture, found by what starts them.</summary>
internal sealed class PublishedSops
{
    private readonly FrozenDictionary<string, PublishedSop> byKey;
    private readonly FrozenDictionary<(string Record, string Kind), (PublishedSop Sop, Trigger Trigger)[]> byTrigger;

    public PublishedSops(IEnumerable<PublishedSop> sops)
    {
        byKey = sops.ToFrozenDictionary(s => s.Key);
        byTrigger = byKey.Values
            .SelectMany(s => s.Sop.Triggers.Select(t => (Sop: s, Trigger: t)))
            .GroupBy(p => (p.Sop.Sop.Record, p.Trigger.Kind))
            .ToFrozenDictionary(g => g.Key, g => g.OrderBy(p => p.Sop.Key, StringComparer.Ordinal).ToArray());
    }

    public static PublishedSops None { get; } = new([]);

    public IEnumerable<PublishedSop> All => byKey.Values;
    public PublishedSop? Find(string key) => byKey.GetValueOrDefault(key);

    public IReadOnlyList<(PublishedSop Sop, Trigger Trigger)> On(string record, string kind) => byTrigger.GetValueOrDefault((record, kind)) ?? [];
    public IEnumerable<(PublishedSop Sop, Trigger Trigger)> OfKind(string kind) => byTrigger.Where(p => p.Key.Kind == kind).SelectMany(p => p.Value);
}

/// <summary>Holds the newest picture of the host and the stamp it belongs to.</summary>
internal sealed class SopIndex(SopPlans plans, ILogger<SopIndex> log) : IRefreshable, ISopNames
{
    public const string StampName = "sops";
    private volatile Held held = new(-1, PublishedSops.None);

    public string Stamp => StampName;
    public PublishedSops Current => held.Sops;

    Label? ISopNames.Find(string sopKey) => Current.Find(sopKey)?.Sop.Name;

    public async Task LoadAsync(Session session, CancellationToken ct)
    {
        // The stamp first: a publication in between makes the picture newer than its stamp, which a further read mends.
        var stamp = await session.ReadStampAsync(StampName, ct);
        held = new(stamp, await ReadAsync(session, ct));
    }

    internal PublishedSops? At(long stamp) => held is var now && now.Stamp == stamp ? now.Sops : null;

    internal void Keep(long stamp, PublishedSops sops)
    {
        if (stamp >= held.Stamp) held = new(stamp, sops);
    }

    internal async Task<PublishedSops> ReadAsync(Session session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Row>("SELECT sop_key, published FROM workflows_sop WHERE state = 1 ORDER BY sop_key", null, ct);
        var sops = new List<PublishedSop>(rows.Count);
        foreach (var row in rows)
        {
            try { sops.Add(new(row.SopKey, row.Published, await plans.GetAsync(session, row.SopKey, row.Published, ct))); }
            // One that cannot be read must not keep the others, and every change of a record with them, from working.
            catch (JsonException why) { log.LogError(why, "SOP {Key} version {Version} cannot be read and starts nothing", row.SopKey, row.Published); }
        }
        return new(sops);
    }

    private sealed record Held(long Stamp, PublishedSops Sops);

    private sealed class Row
    {
        public string SopKey { get; init; } = "";
        public int Published { get; init; }
    }
}

/// <summary>The published SOPs as the session's transaction must see them: one row tells whether the host's picture is current, so none that another host has just published is missed.</summary>
internal sealed class SopsNow(Session session, SopIndex index)
{
    private (long Stamp, PublishedSops Sops)? own;
    private ((long, long) Mark, PublishedSops Sops)? seen;

    public async ValueTask<PublishedSops> ReadAsync(CancellationToken ct)
    {
        var mark = session.MarkOf(Stamps.Table);
        if (session.InTransaction && seen is { } before && before.Mark == mark) return before.Sops;
        var sops = await NowAsync(ct);
        seen = (mark, sops);
        return sops;
    }

    private async Task<PublishedSops> NowAsync(CancellationToken ct)
    {
        var stamp = await session.ReadStampAsync(SopIndex.StampName, ct);
        if (index.At(stamp) is { } current) return current;
        if (own is { } mine && mine.Stamp == stamp) return mine.Sops;
        var sops = await index.ReadAsync(session, ct);
        own = (stamp, sops);
        // What this transaction itself has published is for others only once it stands.
        session.AfterCommit(() => index.Keep(stamp, sops));
        return sops;
    }
}
