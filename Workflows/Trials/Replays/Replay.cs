using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Workflows.Trials.Replays;

/// <summary>What is to be replayed. <paramref name="Version"/> and <paramref name="Definition"/> as for a trial.</summary>
/// <param name="Filter">Filter grammar over the records as they were; all where left out.</param>
internal sealed record ReplayBody(string? Version, JsonElement? Definition, DateTime From, DateTime To, JsonElement? Filter);

/// <summary>Begins, lists and ends replays.</summary>
internal sealed class Replay(Session session, Drafts drafts, ReplayStore store, ReplayWork work, ReplayClearing clearing, ReplayView view, ICatalogueSource catalogue, CurrentActor current, Ids ids, TimeProvider time)
{
    private const int KeptPerSop = 10;
    private const int MostDays = 400;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    public async Task<JsonObject> StartAsync(string key, ReplayBody body, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        var (from, to, now) = (Stored.Whole(body.From.ToUniversalTime()), Stored.Whole(body.To.ToUniversalTime()), time.UtcNow());
        if (to > now) to = now;
        if (from >= to) throw Problem.Invalid("to", "replay.period");
        if (to - from > TimeSpan.FromDays(MostDays)) throw Problem.Invalid("from", "replay.tooLong", MostDays);
        using var draft = await drafts.OpenAsync(key, body.Version, body.Definition, ct);
        // Whoever means some of them must not get all.
        var filter = body.Filter is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } json ? json.GetRawText() : null;
        if (filter is not null) FilterParser.Parse(body.Filter!.Value, catalogue.Current[draft.Sop.Sop.Record], catalogue.Current);
        var row = new ReplayRow
        {
            Id = ids.Next(),
            SopKey = key,
            SopVersion = draft.Sop.Version > 0 ? draft.Sop.Version : null,
            Definition = draft.Json,
            FromAt = from,
            ToAt = to,
            Filter = filter,
            WentTo = Candidates.Beginning(from),
            CreatedAt = now,
            CreatedById = current.Value.UserId,
        };
        await session.InTransactionAsync(async () =>
        {
            await store.InsertAsync(row, ct);
            await work.EnqueueAsync(row.Id, ct);
            await clearing.EnqueueAsync(row.Id, now + Kept, ct);
            foreach (var old in (await store.OfAsync(key, null, KeptPerSop + 50, ct)).Skip(KeptPerSop)) await clearing.EnqueueAsync(old.Id, null, ct);
        }, ct);
        return await view.ShowAsync(row, ct);
    }

    public async Task<JsonObject> ListAsync(string key, string? after, int? limit, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        var n = Showing.Limit(limit);
        var rows = await store.OfAsync(key, Showing.After(after), n + 1, ct);
        var items = new List<JsonNode?>();
        foreach (var row in rows.Take(n)) items.Add(await view.SummaryAsync(row, ct));
        return Showing.Page(items, rows.Count > n ? rows[n - 1].Id.ToString() : null);
    }

    public async Task<JsonObject> OneAsync(Guid id, CancellationToken ct) => await view.ShowAsync(await FindAsync(id, ct), ct);

    public async Task<JsonObject> CasesAsync(Guid id, string? figure, string? after, int? limit, CancellationToken ct)
    {
        var (row, n) = (await FindAsync(id, ct), Showing.Limit(limit));
        var cases = await store.CasesAsync(id, figure ?? Figure.All, Place(after), n + 1, ct);
        return Showing.Page(await view.CasesAsync(row, [.. cases.Take(n)], ct), cases.Count > n ? cases[n - 1].Seq.ToString(CultureInfo.InvariantCulture) : null);
    }

    public async Task<JsonObject> CancelAsync(Guid id, CancellationToken ct)
    {
        await FindAsync(id, ct);
        if (!await store.EndAsync(id, ReplayState.Cancelled, null, ct)) throw Problem.Conflict("replay.ended");
        return await OneAsync(id, ct);
    }

    public Task DeleteAsync(Guid id, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        await FindAsync(id, ct);
        await store.EndAsync(id, ReplayState.Cancelled, null, ct);
        await clearing.EnqueueAsync(id, null, ct);
    }, ct);

    /// <summary>The cases of a figure as CSV, read and written page by page.</summary>
    public async Task ExportAsync(Guid id, string? figure, Stream to, CancellationToken ct)
    {
        const int AtOnce = 200;
        var row = await FindAsync(id, ct);
        await using var csv = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await csv.WriteLineAsync(view.CsvHead());
        for (long after = 0; ;)
        {
            var cases = await store.CasesAsync(id, figure ?? Figure.All, after, AtOnce, ct);
            foreach (var one in await view.CasesAsync(row, cases, ct)) await csv.WriteLineAsync(view.CsvLine(one));
            if (cases.Count < AtOnce) return;
            after = cases[^1].Seq;
        }
    }

    public async Task<ReplayRow> FindAsync(Guid id, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        return await store.FindAsync(id, ct) ?? throw Problem.NotFound("replay", id);
    }

    private static long Place(string? after) => after is null ? 0 : long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : throw Problem.Invalid("after", "list.cursor");
}
