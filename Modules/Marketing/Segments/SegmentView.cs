using System.Text.Json.Nodes;
using Crm.Marketing.Contracts;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Marketing.Segments;

/// <summary>Records to put in or take out.</summary>
internal sealed record MembersBody(IReadOnlyList<Guid>? Records);

/// <summary>Members as the API shows them: those that the reader may see.</summary>
internal sealed class SegmentView(Session session, IRecords records, IMediator mediator, CurrentActor current)
{
    private const int MostCounted = 10_000;
    private const int MostAtOnce = 500;

    public async Task<JsonObject> MembersAsync(Guid id, Guid? after, int limit, CancellationToken ct)
    {
        if (limit is < 1 or > 200) throw Problem.Invalid("limit", "list.limit", 1, 200);
        var segment = await records.GetAsync(SegmentType.Key, id, ct);
        var target = segment.Text("target")!;
        var rows = await session.QueryAsync<Row>(
            $"SELECT record_id, entered_at FROM marketing_member WHERE segment_id = @id {(after is null ? "" : "AND record_id > @after")} ORDER BY record_id {session.Dialect.Limit("@n")}", new { id, after, n = limit + 1 }, ct);
        var page = rows.Take(limit).ToList();
        var seen = await records.VisibleAsync(target, [.. page.Select(r => r.RecordId)], ct);
        var names = await records.NamesAsync(target, [.. seen], ct);
        var count = await session.FirstAsync<long>($"SELECT COUNT(*) FROM (SELECT record_id FROM marketing_member WHERE segment_id = @id ORDER BY record_id {session.Dialect.Limit("@most")}) held", new { id, most = MostCounted }, ct);
        return new()
        {
            ["type"] = target,
            ["count"] = count,
            ["items"] = new JsonArray([.. page.Where(r => seen.Contains(r.RecordId)).Select(r => (JsonNode)new JsonObject { ["id"] = r.RecordId.ToString(), ["name"] = names.GetValueOrDefault(r.RecordId), ["enteredAt"] = r.EnteredAt })]),
            ["next"] = rows.Count > limit ? page[^1].RecordId.ToString() : null,
        };
    }

    public Task<int> PutAsync(Guid id, MembersBody body, bool put, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var segment = await records.ForActAsync(current.Value, SegmentType.Key, id, ct);
        if (body.Records is not { Count: > 0 and <= MostAtOnce } given) throw Problem.Invalid("records", "list.limit", 1, MostAtOnce);
        var (code, target) = (segment.Text("code")!, segment.Text("target")!);
        var seen = await records.VisibleAsync(target, [.. given], ct);
        if (given.FirstOrDefault(r => !seen.Contains(r)) is var hidden && hidden != default) throw Problem.NotFound(target, hidden);
        var changed = 0;
        foreach (var record in given)
            if (await mediator.Send(new PutInSegment(code, target, record, put), ct)) changed++;
        return changed;
    }, ct);

    private sealed class Row
    {
        public Guid RecordId { get; init; }
        public DateTime EnteredAt { get; init; }
    }
}

internal static class SegmentEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder segments)
    {
        segments.MapGet("/{id:guid}/members", (Guid id, SegmentView view, CancellationToken ct, Guid? after = null, int limit = 50) => view.MembersAsync(id, after, limit, ct));
        segments.MapPost("/{id:guid}/members", async (Guid id, MembersBody body, SegmentView view, CancellationToken ct) => Results.Json(new { changed = await view.PutAsync(id, body, true, ct) }));
        segments.MapPost("/{id:guid}/members/remove", async (Guid id, MembersBody body, SegmentView view, CancellationToken ct) => Results.Json(new { changed = await view.PutAsync(id, body, false, ct) }));
    }
}
