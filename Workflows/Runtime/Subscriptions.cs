using System.Data;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.Runtime;

/// <summary>Events that runs wait for, kept by the record they are about.</summary>
internal sealed class Subscriptions(Session session, SopPlans plans, ICatalogueSource catalogue, Reading reading, TriggerFilter filters, Wakes wakes, FollowedDates dates)
{
    /// <summary>Stands where others name their event.</summary>
    private const string Date = "@date";
    private static readonly Statement OfRecord = new("SELECT run_id, step_at, event, sop_key, sop_version FROM workflows_subscription WHERE record_id = @record", [("record", DbType.Binary)]);

    public async Task AddAsync(TurnContext turn, Subscribe effect, CancellationToken ct)
    {
        var run = turn.Run;
        foreach (var awaited in effect.Events)
        {
            var (type, about) = await AboutAsync(turn, effect, awaited, ct);
            await InsertAsync(about, run, effect.At, awaited.Id, ct);
            await StandStillAsync(type, about, ct);
        }
        turn.Forget();
    }

    private Task InsertAsync(Guid about, Run run, At at, string what, CancellationToken ct) => session.ExecuteAsync("""
        INSERT INTO workflows_subscription (record_id, run_id, step_at, event, sop_key, sop_version)
        VALUES (@about, @Id, @at, @what, @SopKey, @SopVersion)
        """, new { about, run.Id, at = at.ToString(), what, run.SopKey, run.SopVersion }, ct);

    /// <summary>A change of the record that is under way ends before we look at it; the next one finds us listening.</summary>
    private Task StandStillAsync(RecordType type, Guid record, CancellationToken ct) =>
        type.External ? Task.CompletedTask : session.HoldAsync(type.Table, record, ct);

    /// <summary>The record that has the date a run is about to wait for, standing still until the turn ends; null where nobody can change it.</summary>
    public async Task<Guid?> HolderAsync(TurnContext turn, At at, IReadOnlyList<RecordRef> items, string path, CancellationToken ct)
    {
        if (Conditions.IsOutput(path)) return null;
        var (holder, within) = Conditions.IsItem(path) ? (items[^1], path["item.".Length..]) : (turn.Run.Record, path);
        var type = catalogue.Current[holder.Type];
        if (within.LastIndexOf('.') is var dot and >= 0)
        {
            // Without the record on the way there is no date either, and the step fails by itself.
            if (await reading.ReadAsync(turn, at, items, path[..path.LastIndexOf('.')], ct) is not Guid other) return null;
            (type, holder) = (catalogue.Current[catalogue.Current.Path(type, within[..dot])![^1].References!], holder with { Id = other });
        }
        await StandStillAsync(type, holder.Id, ct);
        turn.Forget();
        return holder.Id;
    }

    /// <summary>A wait moves with its date: the run hears of changes of the record that has it.</summary>
    public Task FollowAsync(Run run, At at, Guid holder, CancellationToken ct) => InsertAsync(holder, run, at, Date, ct);

    public Task RemoveAsync(Guid run, At at, CancellationToken ct) =>
        session.ExecuteAsync("DELETE FROM workflows_subscription WHERE run_id = @run AND step_at = @at", new { run, at = at.ToString() }, ct);

    /// <summary>The run waits in another version, perhaps under another name.</summary>
    public Task RebindAsync(Guid run, At before, int version, At now, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE workflows_subscription SET sop_version = @version, step_at = @now WHERE run_id = @run AND step_at = @before", new { run, version, before = before.ToString(), now = now.ToString() }, ct);

    /// <summary>A change wakes the runs that wait for it.</summary>
    public async Task ArriveAsync(RecordChange change, CancellationToken ct)
    {
        var woken = new HashSet<(Guid, string)>();
        foreach (var row in await OfAsync(change.After.Id, ct))
        {
            var plan = await plans.GetAsync(session, row.SopKey, row.SopVersion, ct);
            var at = At.Parse(row.StepAt);
            if (row.Event == Date)
            {
                if (FollowedDates.PathOf(plan, at) is { } path && change.Changed(path[(path.LastIndexOf('.') + 1)..])) await dates.MovedAsync(row.RunId, at, change.Actor, ct);
                continue;
            }
            if ((plan.Find(at.Step) as WaitFor)?.Events.FirstOrDefault(e => e.Id == row.Event) is not { } awaited) continue;
            if (!TriggerKinds.Matches(awaited.On, change) || !await filters.HoldsAsync(awaited.On, change.After, change.Actor, ct)) continue;
            // The first event of a step is its outcome; a second one in the same change would only come late.
            if (woken.Add((row.RunId, row.StepAt))) await wakes.WakeAsync(row.RunId, new EventArrived(at, row.Event), change.Actor.UserId, Lanes.Of(change.Actor), ct);
        }
    }

    /// <summary>Something other than a change happened to a record: a form, an opened mail.</summary>
    public async Task ArriveAsync(RecordEvent happened, Actor actor, CancellationToken ct)
    {
        var woken = new HashSet<(Guid, string)>();
        foreach (var row in await OfAsync(happened.Record.Id, ct))
        {
            var plan = await plans.GetAsync(session, row.SopKey, row.SopVersion, ct);
            var at = At.Parse(row.StepAt);
            if ((plan.Find(at.Step) as WaitFor)?.Events.FirstOrDefault(e => e.Id == row.Event) is not { } awaited) continue;
            if (!TriggerKinds.Chooses(awaited.On, happened.Kind, happened.Payload) || !await filters.HoldsAsync(awaited.On, happened.Record, actor, ct)) continue;
            var told = new JsonObject { ["payload"] = happened.Payload.DeepClone() };
            if (woken.Add((row.RunId, row.StepAt))) await wakes.WakeAsync(row.RunId, new EventArrived(at, row.Event, told), actor.UserId, Lanes.Of(actor), ct);
        }
    }

    private Task<IReadOnlyList<Row>> OfAsync(Guid record, CancellationToken ct) =>
        session.RepeatListAsync<Row>(OfRecord, [Stored.Id(record)], ct);

    private async Task<(RecordType Type, Guid Id)> AboutAsync(TurnContext turn, Subscribe effect, AwaitedEvent awaited, CancellationToken ct)
    {
        var own = catalogue.Current[turn.Run.RecordType];
        if (awaited.Of is not { } path) return (own, turn.Run.RecordId);
        var target = catalogue.Current.Path(own, path)?[^1].References ?? throw new StepFailure(FailureClass.Configuration, new("filter.unknownField", path));
        return await reading.ReadAsync(turn, effect.At, effect.Items, path, ct) is Guid id ? (catalogue.Current[target], id) : throw new StepFailure(FailureClass.Data, new("run.emptyPath", path));
    }

    private sealed class Row
    {
        public Guid RunId { get; init; }
        public string StepAt { get; init; } = "";
        public string Event { get; init; } = "";
        public string SopKey { get; init; } = "";
        public int SopVersion { get; init; }
    }
}
