using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.Runtime;

/// <summary>Events that runs wait for, kept by the record they are about.</summary>
internal sealed class Subscriptions(Session session, SopPlans plans, Reading reading, TriggerFilter filters, Wakes wakes)
{
    public async Task AddAsync(TurnContext turn, Subscribe effect, CancellationToken ct)
    {
        var run = turn.Run;
        foreach (var awaited in effect.Events)
        {
            var about = await AboutAsync(turn, effect, awaited, ct);
            await session.ExecuteAsync("""
                INSERT INTO workflows_subscription (record_id, run_id, step_at, event, sop_key, sop_version)
                VALUES (@about, @Id, @at, @awaited, @SopKey, @SopVersion)
                """, new { about, run.Id, at = effect.At.ToString(), awaited = awaited.Id, run.SopKey, run.SopVersion }, ct);
        }
    }

    public Task RemoveAsync(Guid run, At at, CancellationToken ct) =>
        session.ExecuteAsync("DELETE FROM workflows_subscription WHERE run_id = @run AND step_at = @at", new { run, at = at.ToString() }, ct);

    /// <summary>A change wakes the runs that wait for it. Told by the change itself or by name (<paramref name="kind"/>: a form, an opened mail).</summary>
    public async Task ArriveAsync(RecordChange change, CancellationToken ct)
    {
        var woken = new HashSet<(Guid, string)>();
        foreach (var row in await OfAsync(change.After.Id, ct))
        {
            var plan = await plans.GetAsync(session, row.SopKey, row.SopVersion, ct);
            var at = At.Parse(row.StepAt);
            if ((plan.Find(at.Step) as WaitFor)?.Events.FirstOrDefault(e => e.Id == row.Event) is not { } awaited) continue;
            if (!TriggerKinds.Matches(awaited.On, change) || !await filters.HoldsAsync(awaited.On, change.After, change.Actor, ct)) continue;
            // The first event of a step is its outcome; a second one in the same change would only come late.
            if (woken.Add((row.RunId, row.StepAt))) await wakes.WakeAsync(row.RunId, new EventArrived(at, row.Event), change.Actor.UserId, LaneOf(change.Actor), ct);
        }
    }

    /// <summary>Something other than a change happened to a record: a form, an opened mail.</summary>
    public async Task ArriveAsync(string kind, Record record, Actor actor, CancellationToken ct)
    {
        var woken = new HashSet<(Guid, string)>();
        foreach (var row in await OfAsync(record.Id, ct))
        {
            var plan = await plans.GetAsync(session, row.SopKey, row.SopVersion, ct);
            var at = At.Parse(row.StepAt);
            if ((plan.Find(at.Step) as WaitFor)?.Events.FirstOrDefault(e => e.Id == row.Event) is not { } awaited || awaited.On.Kind != kind) continue;
            if (await filters.HoldsAsync(awaited.On, record, actor, ct) && woken.Add((row.RunId, row.StepAt)))
                await wakes.WakeAsync(row.RunId, new EventArrived(at, row.Event), actor.UserId, Lane.Normal, ct);
        }
    }

    private Task<IReadOnlyList<Row>> OfAsync(Guid record, CancellationToken ct) =>
        session.QueryAsync<Row>("SELECT run_id, step_at, event, sop_key, sop_version FROM workflows_subscription WHERE record_id = @record", new { record }, ct);

    private async Task<Guid> AboutAsync(TurnContext turn, Subscribe effect, AwaitedEvent awaited, CancellationToken ct)
    {
        if (awaited.Of is not { } path) return turn.Run.RecordId;
        return await reading.ReadAsync(turn, effect.At, effect.Items, path, ct) is Guid id ? id : throw new StepFailure(FailureClass.Data, new("run.emptyPath", path));
    }

    private static Lane LaneOf(Actor actor) => actor.Source is Source.Import or Source.Demo ? Lane.Bulk : Lane.People;

    private sealed class Row
    {
        public Guid RunId { get; init; }
        public string StepAt { get; init; } = "";
        public string Event { get; init; } = "";
        public string SopKey { get; init; } = "";
        public int SopVersion { get; init; }
    }
}
