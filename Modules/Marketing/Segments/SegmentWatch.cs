using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using MediatR;

namespace Crm.Marketing.Segments;

/// <summary>Every change of a record passes here, inside its transaction: it enters and leaves segments there and then. A change of a segment has its members counted again.</summary>
internal sealed class SegmentWatch(Session session, SegmentBook book, Members members, Matching matching, WorkQueue work, Freshness freshness, TimeProvider time) : INotificationHandler<RecordChanged>
{
    // Longer than another host may hold the old picture.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    public Task Handle(RecordChanged notification, CancellationToken cancellationToken) => notification.Change switch
    {
        { Type.Key: SegmentType.Key } change => CountAgainAsync(change.After.Id, cancellationToken),
        var change => FollowAsync(change, cancellationToken),
    };

    private async Task FollowAsync(RecordChange change, CancellationToken ct)
    {
        var segments = book.Of(change.Type.Key).ToList();
        if (segments.Count == 0) return;
        var record = change.After;
        var held = change.Kind == ChangeKind.Created ? new HashSet<Guid>() : await members.SegmentsOfAsync(record.Id, ct);
        foreach (var segment in segments)
        {
            var member = held.Contains(segment.Id);
            var belongs = !record.Deleted && (segment.Filter is null ? member : await matching.HoldsAsync(segment, record, ct));
            if (belongs && !member) await members.EnterAsync(segment, record, ct);
            else if (member && !belongs) await members.LeaveAsync(segment, record, ct);
        }
    }

    private async Task CountAgainAsync(Guid segment, CancellationToken ct)
    {
        await freshness.RaiseAsync(session, SegmentBook.StampName, ct);
        await work.CancelAsync(Recount.WorkKind, segment.ToString(), ct);
        await work.EnqueueAsync(Recount.WorkKind, segment.ToString(), new Recount.Work(segment), Lane.Normal, null, ct);
        await work.EnqueueAsync(Recount.WorkKind, $"{segment}/again", new Recount.Work(segment), Lane.Bulk, time.UtcNow() + Soon, ct);
    }
}
