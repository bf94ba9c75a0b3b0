using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using MediatR;

namespace Crm.Marketing.Segments;

/// <summary>Who is in a segment. Coming and going are events in the same transaction, each once.</summary>
internal sealed class Members(Session session, IMediator mediator, Ids ids, TimeProvider time)
{
    public async Task<IReadOnlySet<Guid>> SegmentsOfAsync(Guid record, CancellationToken ct) =>
        (await session.QueryAsync<Guid>("SELECT segment_id FROM marketing_member WHERE record_id = @record", new { record }, ct)).ToHashSet();

    /// <returns>False where it was in it already.</returns>
    public async Task<bool> EnterAsync(Segment segment, Record record, CancellationToken ct)
    {
        var row = new { segment = segment.Id, record = record.Id, now = time.UtcNow() };
        if (!await session.InsertUnlessAsync("marketing_member", "segment_id, record_id, entered_at", "@segment, @record, @now", "segment_id = @segment AND record_id = @record", row, ct)) return false;
        await TellAsync(RecordEvents.SegmentEntered, segment, record, ct);
        return true;
    }

    /// <returns>False where it was not in it.</returns>
    public async Task<bool> LeaveAsync(Segment segment, Record record, CancellationToken ct)
    {
        if (await session.ExecuteAsync("DELETE FROM marketing_member WHERE segment_id = @segment AND record_id = @record", new { segment = segment.Id, record = record.Id }, ct) == 0) return false;
        await TellAsync(RecordEvents.SegmentLeft, segment, record, ct);
        return true;
    }

    private Task TellAsync(string kind, Segment segment, Record record, CancellationToken ct) =>
        mediator.Publish(new RecordEvent(kind, ids.Next(), record, new JsonObject { ["segment"] = segment.Code }), ct);
}
