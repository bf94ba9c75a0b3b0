using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using MediatR;

namespace Crm.Sales.Quotes;

/// <summary>An approved or sent quote ends with its last valid day: a timer is set when it gets there.</summary>
internal sealed class QuoteExpiryTimer(WorkQueue queue, CrmOptions options) : INotificationHandler<RecordChanged>
{
    public async Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        var (change, quote) = (notification.Change, notification.Change.After);
        if (quote.Type.Key != QuoteType.Key || !change.Changed("status")) return;
        var key = quote.Id.ToString();
        if (quote.Text("status") is QuoteStatus.Approved or QuoteStatus.Sent && quote["validUntil"] is DateOnly last)
        {
            var ends = TimeZoneInfo.ConvertTimeToUtc(last.AddDays(1).ToDateTime(TimeOnly.MinValue), options.Zone);
            if (!await queue.EnqueueAsync(QuoteExpiry.WorkKind, key, new { quote.Id }, Lane.Normal, ends, cancellationToken))
                await queue.MoveAsync(QuoteExpiry.WorkKind, key, ends, cancellationToken);
        }
        else await queue.CancelAsync(QuoteExpiry.WorkKind, key, cancellationToken);
    }
}

internal sealed class QuoteExpiry(IRecords records, CurrentActor actor) : IWorkHandler
{
    public const string WorkKind = "sales.quoteExpiry";

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        using var _ = actor.As(Actor.System);
        if (await records.FindAsync(QuoteType.Key, Guid.Parse(item.ItemKey!), ct) is not { Deleted: false } quote || quote.Text("status") is not (QuoteStatus.Approved or QuoteStatus.Sent)) return;
        await records.UpdateAsync(QuoteType.Key, quote.Id, new Dictionary<string, object?> { ["status"] = QuoteStatus.Expired }, WriteOptions.AsFeature("expired"), ct);
    }
}
