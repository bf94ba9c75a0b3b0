using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Service.Tickets;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using MediatR;

namespace Crm.Service.Sla;

/// <summary>Keeps one alarm for each target of a ticket that runs: first the warning, then the breach. Alarms are work rows, moved in the transaction of the change that moves the deadline.</summary>
internal sealed class SlaTimers(SlaClock clock, WorkQueue work, TimeProvider time) : INotificationHandler<RecordChanged>
{
    public async Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        var change = notification.Change;
        if (change.Type.Key != TicketType.Key) return;
        foreach (var target in SlaClock.Targets)
        {
            var runs = SlaClock.Runs(change.After, target);
            if (change.Before is { } before && runs == SlaClock.Runs(before, target) && !change.Changed(SlaClock.DueOf(target))) continue;
            await work.CancelAsync(SlaAlarm.WorkKind, Key(change.After.Id, target), cancellationToken);
            if (runs) await BeginAsync(change.After, target, cancellationToken);
        }
    }

    private async Task BeginAsync(Record ticket, string target, CancellationToken ct)
    {
        if (await clock.PolicyAsync(ticket, ct) is not { } policy || await clock.TimesAsync(ticket, policy, target, ct) is not { } times) return;
        // Who comes back from waiting is not warned a second time.
        var warned = ticket.Text("sla") != "running" && times.WarnAt <= time.UtcNow();
        await SetAsync(ticket.Id, target, warned, warned ? times.Due : times.WarnAt, ct);
    }

    public Task SetAsync(Guid ticket, string target, bool breach, DateTime due, CancellationToken ct) =>
        work.EnqueueAsync(SlaAlarm.WorkKind, Key(ticket, target), new SlaAlarm.Work(ticket, target, breach), Lane.Normal, due, ct);

    private static string Key(Guid ticket, string target) => $"{ticket:N}/{target}";
}

/// <summary>A share of the time is gone, or all of it: the ticket says so, and SOPs hear of it.</summary>
internal sealed class SlaAlarm(IRecords records, SlaClock clock, SlaTimers timers, IMediator mediator, CurrentActor current, Ids ids, TimeProvider time) : IWorkHandler
{
    public const string WorkKind = "service.sla";

    internal sealed record Work(Guid Ticket, string Target, bool Breach);

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var alarm = JsonSerializer.Deserialize<Work>(item.Payload, Stored.Json)!;
        using var _ = current.As(Actor.System);
        if (await records.FindAsync(TicketType.Key, alarm.Ticket, ct) is not { } ticket || !SlaClock.Runs(ticket, alarm.Target)) return;
        if (await clock.PolicyAsync(ticket, ct) is not { } policy || await clock.TimesAsync(ticket, policy, alarm.Target, ct) is not { } times) return;
        // A calendar or policy may have moved it since.
        var at = alarm.Breach ? times.Due : times.WarnAt;
        if (at > time.UtcNow())
        {
            await timers.SetAsync(ticket.Id, alarm.Target, alarm.Breach, at, ct);
            return;
        }
        ticket = await SayAsync(ticket, alarm, ct);
        if (!alarm.Breach) await timers.SetAsync(ticket.Id, alarm.Target, true, times.Due, ct);
        var told = new JsonObject { ["target"] = alarm.Target, ["priority"] = ticket.Text("priority"), ["due"] = JsonValue.Create(times.Due) };
        await mediator.Publish(new RecordEvent(alarm.Breach ? RecordEvents.SlaBreached : RecordEvents.SlaWarning, ids.Next(), ticket, told), ct);
    }

    private Task<Record> SayAsync(Record ticket, Work alarm, CancellationToken ct)
    {
        var values = new Dictionary<string, object?>();
        if (!alarm.Breach && ticket.Text("sla") == "running") values["sla"] = "warned";
        return records.UpdateAsync(TicketType.Key, ticket.Id, values, WriteOptions.AsFeature(alarm.Breach ? "slaBreached" : "slaWarning"), ct);
    }
}
