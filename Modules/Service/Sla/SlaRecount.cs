using System.Text.Json;
using Crm.Service.Tickets;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Time;
using Crm.Shared.Work;
using MediatR;

namespace Crm.Service.Sla;

/// <summary>Working hours, holidays or a policy changed: the deadlines of open tickets are counted again.</summary>
internal sealed class SlaWatch(Session session, WorkQueue work, Freshness freshness, TimeProvider time) : INotificationHandler<CalendarChanged>, INotificationHandler<RecordChanged>
{
    // Longer than another host may hold the old picture.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    public Task Handle(CalendarChanged notification, CancellationToken cancellationToken) => CountAgainAsync(cancellationToken);

    public async Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        if (notification.Change.Type.Key != SlaPolicyType.Key) return;
        await freshness.RaiseAsync(session, SlaBook.StampName, cancellationToken);
        await CountAgainAsync(cancellationToken);
    }

    private Task CountAgainAsync(CancellationToken ct) => work.EnqueueAsync(SlaRecount.WorkKind, "all", new SlaRecount.Work(null), Lane.Bulk, time.UtcNow() + Soon, ct);
}

/// <summary>Saves open tickets as they are, a few hundred at a time: their rule counts anew, and those whose deadlines stay are not written.</summary>
internal sealed class SlaRecount(Session session, IRecords records, WorkQueue work, CurrentActor current) : IWorkHandler
{
    public const string WorkKind = "service.recount";
    private const int AtOnce = 200;

    internal sealed record Work(Guid? After);

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var after = JsonSerializer.Deserialize<Work>(item.Payload, Stored.Json)!.After;
        using var _ = current.As(Actor.System with { StartsSops = false });
        var ids = await session.QueryAsync<Guid>(
            $"SELECT id FROM service_ticket WHERE status IN @open AND deleted_at IS NULL {(after is null ? "" : "AND id > @after")} ORDER BY id {session.Dialect.Limit("@n")}", new { open = TicketStatus.Open, after, n = AtOnce }, ct);
        foreach (var id in ids) await records.UpdateAsync(TicketType.Key, id, new Dictionary<string, object?>(), WriteOptions.AsFeature(), ct);
        if (ids.Count == AtOnce) await work.EnqueueAsync(WorkKind, null, new Work(ids[^1]), Lane.Bulk, null, ct);
    }
}
