using System.Collections.Concurrent;
using Crm.Shared.Data;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>Plans of versions in memory. A version never changes, so a plan is never stale; only their number is bounded.</summary>
internal sealed class SopPlans
{
    private const int Most = 1000;
    private int lent;
    private readonly ConcurrentDictionary<(string Key, int Version), SopPlan> plans = new();
    private readonly ConcurrentDictionary<(string Key, int Version), SopPlan> drafts = new();

    public async ValueTask<SopPlan> GetAsync(Session session, string key, int version, CancellationToken ct)
    {
        if (plans.TryGetValue((key, version), out var known) || version < 0 && drafts.TryGetValue((key, version), out known)) return known;
        var json = await session.FirstAsync<string>("SELECT definition FROM workflows_version WHERE sop_key = @key AND number = @version", new { key, version }, ct)
            ?? throw new InvalidOperationException($"SOP '{key}' has no version {version}.");
        var plan = new SopPlan(SopJson.Read(json));
        if (plans.Count >= Most) plans.Clear();
        // A version that is being published is kept by others only once it stands; the same text gives the same plan.
        session.AfterCommit(() => plans.TryAdd((key, version), plan));
        return plan;
    }

    /// <summary>A draft to be tried: it goes by a number below all versions until it is given back.</summary>
    public Loan Lend(SopPlan plan)
    {
        var number = Interlocked.Decrement(ref lent);
        drafts[(plan.Sop.Key, number)] = plan;
        return new(number, () => drafts.TryRemove((plan.Sop.Key, number), out _));
    }

    /// <summary>A draft's number while it is tried.</summary>
    public sealed record Loan(int Version, Action GiveBack) : IDisposable
    {
        public void Dispose() => GiveBack();
    }
}
