using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Work;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.People.Calendars;

/// <summary>What is counted anew: first all versions that wait in business time, then page by page the runs of each.</summary>
internal sealed record Recounting(Guid? Unit, string? Sop = null, int Version = 0, Guid After = default);

/// <summary>Moves the timers of waits and time-outs that were counted in business time, from when the run came to the step; the reason stands in its history.</summary>
internal sealed class WaitRecount(Session session, RunStore runs, SopPlans plans, WaitTimes times, IDirectory directory, WorkQueue work, CurrentActor current) : IWorkHandler
{
    public const string WorkKind = "workflows.recountWaits";
    private const int AtOnce = 200;

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var recounting = JsonSerializer.Deserialize<Recounting>(item.Payload, Stored.Json)!;
        using var _ = current.As(Actor.System);
        if (recounting.Sop is null) await SpreadAsync(recounting, ct);
        else await PageAsync(recounting, ct);
    }

    private async Task SpreadAsync(Recounting recounting, CancellationToken ct)
    {
        foreach (var version in await session.QueryAsync<Published>("SELECT sop_key, number FROM workflows_version ORDER BY sop_key, number", null, ct))
            if (Waits(await plans.GetAsync(session, version.SopKey, version.Number, ct)).Any())
                await work.EnqueueAsync(WorkKind, null, recounting with { Sop = version.SopKey, Version = version.Number }, Lane.Bulk, null, ct);
    }

    private async Task PageAsync(Recounting recounting, CancellationToken ct)
    {
        var plan = await plans.GetAsync(session, recounting.Sop!, recounting.Version, ct);
        var waits = Waits(plan).ToDictionary(w => w.Step);
        var concerned = Concerned.Of(await directory.ReadAsync(ct), recounting.Unit);
        var ids = await session.QueryAsync<Guid>($"SELECT id FROM workflows_run WHERE sop_key = @Sop AND status IN (0, 1, 2) AND id > @After AND sop_version = @Version ORDER BY id {session.Dialect.Limit("@n")}",
            new { recounting.Sop, recounting.After, recounting.Version, n = AtOnce }, ct);
        foreach (var id in ids) await CountAsync(id, waits, concerned, ct);
        if (ids.Count == AtOnce) await work.EnqueueAsync(WorkKind, null, recounting with { After = ids[^1] }, Lane.Bulk, null, ct);
    }

    private async Task CountAsync(Guid id, Dictionary<string, (string Step, TimerFor For, Moment Until)> waits, Concerned concerned, CancellationToken ct)
    {
        if (await runs.LockAsync(id, ct) is not { Ended: false, State: { } state } run) return;
        var entries = new List<Entry>();
        foreach (var token in RunState.Read(state).Leaves.Where(t => t.Phase == Phase.Waiting))
            if (waits.TryGetValue(token.Step, out var wait) && await times.AnewAsync(run, token.At, wait.For, wait.Until, "task.recounted", concerned.Has, ct) is { } entry) entries.Add(entry);
        if (entries.Count > 0) await runs.AddAsync(run, entries, ct);
    }

    private static IEnumerable<(string Step, TimerFor For, Moment Until)> Waits(SopPlan plan)
    {
        foreach (var step in plan.Steps)
            switch (step)
            {
                case Wait { Until: { InWorkingTime: true } until }: yield return (step.Id, TimerFor.Wait, until); break;
                case WaitFor { Within: { InWorkingTime: true } within }: yield return (step.Id, TimerFor.TimeOut, within); break;
            }
    }

    private sealed class Published
    {
        public string SopKey { get; init; } = "";
        public int Number { get; init; }
    }
}
