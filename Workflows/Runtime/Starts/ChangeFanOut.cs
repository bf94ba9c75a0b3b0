using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Shared.Work;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Sops;
using MediatR;

namespace Crm.Workflows.Runtime.Starts;

/// <summary>Every change of a record passes here, inside its transaction: starts the SOPs it concerns and wakes the runs that wait for it.</summary>
internal sealed class ChangeFanOut(SopsNow sops, TriggerFilter filters, RunStarter starter, Subscriptions subscriptions) : INotificationHandler<RecordChanged>
{
    private static readonly string[] Kinds = [TriggerKinds.Created, TriggerKinds.Updated, TriggerKinds.StageEntered];

    public async Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        var change = notification.Change;
        if (change.Kind is ChangeKind.Created or ChangeKind.Updated && change.Actor.StartsSops)
            await StartAsync(notification, await sops.ReadAsync(cancellationToken), cancellationToken);
        // A record that was just made has nobody waiting for it.
        if (change.Kind != ChangeKind.Created) await subscriptions.ArriveAsync(change, cancellationToken);
    }

    private async Task StartAsync(RecordChanged changed, PublishedSops published, CancellationToken ct)
    {
        var change = changed.Change;
        var started = new HashSet<string>();
        foreach (var (sop, trigger) in Kinds.SelectMany(kind => published.On(change.Type.Key, kind)))
        {
            if (started.Contains(sop.Key) || !TriggerKinds.Matches(trigger, change) || !await filters.HoldsAsync(trigger, change.After, change.Actor, ct)) continue;
            started.Add(sop.Key);
            await starter.StartAsync(new(sop, change.After, changed.EventId, trigger.Kind)
            {
                Initiator = change.Actor.UserId,
                Cause = change.Actor.Cause,
                Lane = Lanes.Of(change.Actor),
                // What was just made has had no run before.
                Reentry = change.Kind == ChangeKind.Created ? Reentry.EveryTime : trigger.Reentry,
            }, ct);
        }
    }
}

/// <summary>In which lane goes what somebody's act starts.</summary>
internal static class Lanes
{
    public static Lane Of(Actor actor) => actor.Source switch
    {
        Source.Import or Source.Demo => Lane.Bulk,
        Source.User or Source.Form => Lane.People,
        _ => Lane.Normal,
    };
}

/// <summary>Asks the filter of a trigger, of one record in memory or of all that are stored.</summary>
internal sealed class TriggerFilter(IRecords records, ICatalogueSource catalogue, Reading reading, TimeProvider time)
{
    public async Task<bool> HoldsAsync(Trigger trigger, Record record, Actor actor, CancellationToken ct)
    {
        if (trigger.Filter is not { ValueKind: not JsonValueKind.Null } json) return true;
        var filter = FilterParser.Parse(json, record.Type, catalogue.Current);
        var values = await records.ReadPathsAsync(record, MemoryFilter.Paths(filter), ct);
        var context = await reading.ContextAsync(actor.UserId, time.GetUtcNow().UtcDateTime, ct);
        return MemoryFilter.Matches(filter, values.GetValueOrDefault, context);
    }

    /// <summary>A page of the records for which it holds, the oldest first.</summary>
    public Task<RecordPage> PageAsync(Trigger trigger, string type, string? after, int limit, CancellationToken ct)
    {
        var filter = trigger.Filter is { ValueKind: JsonValueKind.Object } json ? FilterParser.Parse(json, catalogue.Current[type], catalogue.Current) : null;
        return records.ListAsync(new(type) { Filter = filter, Sort = ["createdAt"], Limit = limit, After = after, Trusted = true }, ct);
    }
}
