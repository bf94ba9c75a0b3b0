using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Workflows.Runtime.Quotas;

/// <summary>Asks the quotas before a run's first turn. Where one is used up the start is put off to a window that has room, and asks again then.</summary>
internal sealed class Admission(Session session, QuotaRules rules, QuotaStore store, RunStore runs, Wakes wakes, IDirectory directory, Meters meters, CrmOptions options, TimeProvider time)
{
    public async Task<bool> PassesAsync(Wake wake, CancellationToken ct)
    {
        if (rules.Current.Count > 0 && await runs.FindAsync(wake.Run, ct) is { Ended: false } run && !await FitsAsync(run, wake, ct)) return false;
        if (wake.Held) await store.ReleaseAsync(wake.Run, ct);
        return true;
    }

    private async Task<bool> FitsAsync(Run run, Wake wake, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        var now = time.UtcNow();
        var asked = new List<(Quota Quota, QuotaUse Use, long Window)>();
        // In one order everywhere, so that hosts do not wait for each other in a circle.
        foreach (var quota in rules.Current.Where(q => q.Concerns(run, view)).OrderBy(q => q.Id))
            if (await store.LockAsync(quota.Id, ct) is { } row) asked.Add((row.Rule, row.Use, row.Rule.WindowOf(now, options.Zone)));

        var full = asked.Where(a => !a.Use.Fits(a.Window, run.Lane, a.Quota.Room(run.Lane), wake.Held)).ToList();
        if (full.Count == 0)
        {
            foreach (var (quota, use, window) in asked) await store.SaveAsync(quota.Id, use.Take(window), ct);
            return true;
        }
        var promises = full.Select(a => (a.Quota, Promise: a.Use.Promise(a.Window, run.Lane, a.Quota.Room(run.Lane)))).Select(p => (p.Quota, p.Promise.Use, Until: p.Quota.BeginOf(p.Promise.Window, options.Zone)));
        var (by, promised, until) = promises.MaxBy(p => p.Until);
        await store.SaveAsync(by.Id, promised, ct);
        await store.HoldAsync(run.Id, by.Id, until, ct);
        await wakes.HoldAsync(run, until, ct);
        if (!wake.Held) session.AfterCommit(() => meters.Held(run));
        return false;
    }
}
