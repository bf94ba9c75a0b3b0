using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.Runtime.Sweeps;

/// <summary>Records that a date or a time without activity would have reached before the SOP was published. Whoever publishes is told how many there are and may start them too.</summary>
internal sealed class Overdue(Session session, SopBook book, SopCheck check, Sweeping sweeping, TriggerFilter filters, CurrentActor current, TimeProvider time)
{
    /// <summary>Enough to decide by; who publishes waits for it.</summary>
    private const int MostLookedAt = 2000;

    /// <summary>Of the draft, or of the newest version: <c>{items: [{trigger, records, more}]}</c>, one for each trigger that time starts. <c>more</c>: not all records were looked at.</summary>
    /// <exception cref="Problem">400 <c>sop.notValid</c>: it could not be published.</exception>
    public async Task<JsonObject> CountAsync(string key, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        var definition = await book.DraftAsync(await book.FindAsync(key, ct) ?? throw Problem.NotFound("sop", key), ct);
        await check.PublishableAsync(definition, ct);
        var sop = SopJson.Read(definition);
        var items = new List<JsonNode>();
        foreach (var (i, trigger) in Timed(sop)) items.Add(await CountAsync(sop, i, trigger, ct));
        return Showing.Page(items, null);
    }

    /// <summary>In the background, as part of publishing; what has run for the same reason does not run again.</summary>
    public async Task StartAsync(string key, int version, CancellationToken ct)
    {
        var sop = SopJson.Read((await book.VersionAsync(key, version, ct))!.Definition);
        foreach (var (i, _) in Timed(sop)) await sweeping.EnqueueAsync(new(key, version, i, To: time.UtcNow()), ct);
    }

    private static IEnumerable<(int Index, Trigger Trigger)> Timed(Sop sop) => sop.Triggers.Index().Where(t => t.Item.Kind is TriggerKinds.DateField or TriggerKinds.NoActivity);

    private async Task<JsonObject> CountAsync(Sop sop, int index, Trigger trigger, CancellationToken ct)
    {
        var (sweep, looked, records) = (new Sweep(sop.Key, 0, index, To: time.UtcNow()), 0, 0);
        do
        {
            var (found, next) = await sweeping.FindAsync(sop.Record, trigger, sweep, ct);
            var due = new List<Due>();
            foreach (var (record, what) in found)
                if (!record.Deleted && await filters.HoldsAsync(trigger, record, Actor.System, ct)) due.Add(new(record.Id, Sweeping.EventOf(sop.Key, trigger, record, what)));
            records += due.Count - await StartedAsync(sop.Key, trigger, due, ct);
            (sweep, looked) = (sweep with { After = next }, looked + Sweeping.PageSize);
        }
        while (sweep.After is not null && looked < MostLookedAt);
        return new() { ["trigger"] = index, ["records"] = records, ["more"] = sweep.After is not null };
    }

    /// <summary>How many of them have had their run, or may have no second one.</summary>
    private async Task<int> StartedAsync(string key, Trigger trigger, List<Due> due, CancellationToken ct)
    {
        if (due.Count == 0) return 0;
        var events = (await session.QueryAsync<Guid>("SELECT event_id FROM workflows_run WHERE sop_key = @key AND event_id IN @events", new { key, events = due.Select(d => d.Event) }, ct)).ToHashSet();
        // The SOP is looked for among a record's few runs, not the records among an SOP's many.
        var runs = trigger.Reentry == Reentry.EveryTime ? [] : await session.QueryAsync<Started>(
            $"SELECT record_id, sop_key FROM workflows_run WHERE record_id IN @records {(trigger.Reentry == Reentry.OnceAtATime ? "AND status < 3" : "")}", new { records = due.Select(d => d.Record) }, ct);
        var records = runs.Where(r => r.SopKey == key).Select(r => r.RecordId).ToHashSet();
        return due.Count(d => events.Contains(d.Event) || records.Contains(d.Record));
    }

    private sealed record Due(Guid Record, Guid Event);

    private sealed class Started
    {
        public Guid RecordId { get; init; }
        public string SopKey { get; init; } = "";
    }
}
