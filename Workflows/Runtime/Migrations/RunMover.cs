using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Migrations;

/// <summary>A run cannot go to the version; it stays as it is.</summary>
internal sealed class CannotMove(IReadOnlyList<Message> reasons) : Exception(string.Join("; ", reasons.Select(r => r.Code)))
{
    public IReadOnlyList<Message> Reasons { get; } = reasons;
}

/// <summary>Moves one run to another version of its SOP, with all that it waits for: its tasks, approvals, timers, events, children and incidents take over the new names, and assignees and due times stay.</summary>
internal sealed class RunMover(
    Session session, RunStore runs, SopPlans plans, OpenWork work, TaskKeeper tasks, ApprovalStore approvals, IncidentStore incidents, Subscriptions subscriptions, Wakes wakes,
    Doings doings, IRecords records, Meters meters, TimeProvider time)
{
    /// <summary>Whether and where it would go. Changes nothing.</summary>
    public static Migrated Try(Run run, RunState state, SopPlan from, MigrationTarget target, IReadOnlyDictionary<string, string> map, IReadOnlyDictionary<(Guid, string), Held> held)
    {
        if (run.SopVersion == target.Version) return Refused(new Message("migrate.itself"));
        if (run.State is null) return new(state, new Dictionary<At, At>(), [], from.Sop.Record == target.Plan.Sop.Record ? [] : [new("migrate.otherRecord")]);
        var moved = Migration.Migrate(state, from, target.Plan, map);
        var gone = state.Leaves.Where(t => held.ContainsKey((run.Id, t.At.ToString())))
            .SelectMany(t => OpenWork.StagesGone(held[(run.Id, t.At.ToString())], from[t.Step], target.Plan.Find(map.GetValueOrDefault(t.Step, t.Step)))).ToArray();
        return gone.Length > 0 ? Refused([.. moved.Problems, .. gone]) : moved;
    }

    /// <summary>In a transaction that is undone when this throws.</summary>
    /// <exception cref="CannotMove">It stays, for these reasons.</exception>
    public async Task MoveAsync(Guid id, MigrationTarget target, IReadOnlyDictionary<string, string> map, Guid? by, CancellationToken ct)
    {
        if (await runs.LockAsync(id, ct) is not { } run || run.SopKey != target.Key || run.Ended) throw new CannotMove([new("engine.notRunning")]);
        // As whoever asks for it may see records.
        if (!(await records.VisibleAsync(run.RecordType, [run.RecordId], ct)).Contains(run.RecordId)) throw new CannotMove([new("migrate.outOfScope")]);
        var from = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
        var state = run.State is null ? RunState.New() : RunState.Read(run.State);
        var moved = Try(run, state, from, target, map, await work.OfAsync([(run, state)], ct));
        if (moved.Problems.Count > 0) throw new CannotMove(moved.Problems);
        await RenameAsync(run, target.Version!.Value, target.Plan, state, moved, ct);
        var entries = await EntriesAsync(run, target.Version.Value, moved, by, ct);
        await runs.MoveAsync(run, target.Version.Value, run.State is null ? null : moved.State, entries, ct);
        await DoAsync((await runs.FindAsync(id, ct))!, target.Plan, moved, ct);
        session.AfterCommit(() => meters.Moved(run));
    }

    private async Task RenameAsync(Run run, int version, SopPlan plan, RunState state, Migrated moved, CancellationToken ct)
    {
        foreach (var at in state.Leaves.Select(t => t.At))
        {
            var now = moved.Renamed.GetValueOrDefault(at, at);
            await tasks.RebindAsync(run.Id, at, version, now, ct);
            await approvals.RebindAsync(run.Id, at, version, now, ct);
            await subscriptions.RebindAsync(run.Id, at, version, now, ct);
            // A wait that counts from its beginning now has no date to follow any more.
            if (plan.Find(now.Step) is Wait { Until.Path: null }) await subscriptions.RemoveAsync(run.Id, now, ct);
            if (at == now) continue;
            foreach (var purpose in Enum.GetValues<TimerFor>()) await wakes.RenameTimerAsync(run.Id, at, now, purpose, ct);
            await incidents.RenameAsync(run.Id, at, now, ct);
            await runs.RenameParentAsync(run.Id, at, now, ct);
        }
    }

    /// <summary>That it moved, and under the new name of a visit what its last entry said about assignee and time.</summary>
    private async Task<IReadOnlyList<Entry>> EntriesAsync(Run run, int version, Migrated moved, Guid? by, CancellationToken ct)
    {
        var entries = new List<Entry>
        {
            new(At.Run, NoteKind.Migrated) { Actor = by, Detail = new() { ["why"] = Showing.Node(new Label($"从版本 {run.SopVersion} 迁移到版本 {version}", $"From version {run.SopVersion} to version {version}")) } },
        };
        if (moved.Renamed.Count == 0) return entries;
        var history = await runs.HistoryAsync(run.Id, 1000, ct);
        foreach (var (before, now) in moved.Renamed)
            if (history.LastOrDefault(e => e.Step == before.Step && e.Visit == before.Visit) is { } last)
                entries.Add(new(now, (NoteKind)last.Kind) { Outcome = last.Outcome, Detail = last.Detail is null ? null : JsonNode.Parse(last.Detail) as JsonObject });
        return entries;
    }

    private async Task DoAsync(Run run, SopPlan plan, Migrated moved, CancellationToken ct)
    {
        if (moved.Effects.Count == 0) return;
        var turn = new TurnContext(run, plan, moved.State!, time.UtcNow(), null);
        foreach (var effect in moved.Effects)
            if (await doings.DoAsync(turn, effect, ct) is { } failed) throw new CannotMove([failed.Said]);
    }

    private static Migrated Refused(params Message[] reasons) => new(null, new Dictionary<At, At>(), [], reasons);
}
