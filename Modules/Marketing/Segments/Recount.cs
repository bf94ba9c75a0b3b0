using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Shared.Work;

namespace Crm.Marketing.Segments;

/// <summary>Brings the list of members in line with the filter, a few hundred at a time: after the segment changed, and every few minutes where the clock or another record moves members.</summary>
internal sealed class Recount(Session session, Members members, Matching matching, IRecords records, ICatalogueSource catalogue, WorkQueue work, CurrentActor current, TimeProvider time) : IWorkHandler
{
    public const string WorkKind = "marketing.recount";
    private const int AtOnce = 200;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    internal sealed record Work(Guid Segment);

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var id = JsonSerializer.Deserialize<Work>(item.Payload, Stored.Json)!.Segment;
        using var _ = current.As(Actor.System);
        if (await SegmentBook.FindAsync(session, id, ct) is not { } segment)
        {
            // Nobody leaves a segment that is no more: it is forgotten.
            await session.ExecuteAsync("DELETE FROM marketing_member WHERE segment_id = @id", new { id }, ct);
            return;
        }
        if (segment.Parse(catalogue.Current) is not { } filter) return;
        var gone = await matching.GoneAsync(segment, filter, AtOnce, ct);
        foreach (var record in gone) await MoveAsync(segment, record, members.LeaveAsync, ct);
        var found = await matching.NewAsync(segment, filter, AtOnce, ct);
        foreach (var record in found) await MoveAsync(segment, record, members.EnterAsync, ct);
        if (gone.Count == AtOnce || found.Count == AtOnce) await NextAsync(id, null, ct);
        else if (Segment.Drifts(filter)) await NextAsync(id, time.UtcNow() + Every, ct);
    }

    /// <summary>It must not end in silence: it comes back in an hour.</summary>
    public Task GaveUpAsync(WorkItem item, Exception why, CancellationToken ct)
    {
        var id = JsonSerializer.Deserialize<Work>(item.Payload, Stored.Json)!.Segment;
        return work.EnqueueAsync(WorkKind, $"{id}/later", new Work(id), Lane.Bulk, time.UtcNow().AddHours(1), ct);
    }

    private async Task MoveAsync(Segment segment, Guid id, Func<Segment, Record, CancellationToken, Task<bool>> move, CancellationToken ct)
    {
        if (await records.FindAsync(segment.Target, id, ct) is { } record) await move(segment, record, ct);
    }

    private Task NextAsync(Guid id, DateTime? due, CancellationToken ct) => work.EnqueueAsync(WorkKind, id.ToString(), new Work(id), Lane.Bulk, due, ct);
}
