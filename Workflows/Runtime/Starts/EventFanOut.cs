using Crm.Shared.Access;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Sops;
using MediatR;

namespace Crm.Workflows.Runtime.Starts;

/// <summary>What modules tell besides changes passes here, inside their transaction: starts the SOPs it concerns and wakes the runs that wait for it.</summary>
internal sealed class EventFanOut(SopsNow sops, TriggerFilter filters, RunStarter starter, Subscriptions subscriptions, CurrentActor current) : INotificationHandler<RecordEvent>
{
    public async Task Handle(RecordEvent notification, CancellationToken cancellationToken)
    {
        var actor = current.Value;
        if (notification.Starts && actor.StartsSops && !notification.Record.Deleted) await StartAsync(notification, actor, cancellationToken);
        await subscriptions.ArriveAsync(notification, actor, cancellationToken);
    }

    private async Task StartAsync(RecordEvent happened, Actor actor, CancellationToken ct)
    {
        var started = new HashSet<string>();
        foreach (var (sop, trigger) in (await sops.ReadAsync(ct)).On(happened.Record.Type.Key, happened.Kind))
        {
            if (started.Contains(sop.Key) || !TriggerKinds.Chooses(trigger, happened.Kind, happened.Payload) || !await filters.HoldsAsync(trigger, happened.Record, actor, ct)) continue;
            started.Add(sop.Key);
            await starter.StartAsync(new(sop, happened.Record, happened.Id, trigger.Kind)
            {
                Initiator = actor.UserId,
                Cause = actor.Cause,
                Lane = Lanes.Of(actor),
                Reentry = trigger.Reentry,
                Payload = happened.Payload,
            }, ct);
        }
    }
}
