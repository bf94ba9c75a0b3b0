using System.IO.Compression;
using System.Text.Json;
using Crm.Shared.Data;

namespace Crm.Workflows.Runtime.Archive;

/// <summary>Runs that ended long ago: no turn, list of open work or figure looks at them, but people still can.</summary>
internal sealed class RunArchive(Session session)
{
    // What a run needs only while it lives is not kept.
    private const string Kept = "id, sop_key, sop_version, record_type, record_id, record_name, status, version, entries, event_id, started_by, initiator_id, depth, cause_run_id, lane, started_at, ended_at, owner_id, unit_id";

    public Task<Run?> FindAsync(Guid id, CancellationToken ct) => session.FirstAsync<Run>($"SELECT {Kept} FROM workflows_past_run WHERE id = @id", new { id }, ct);

    /// <param name="where">Conditions on <c>r</c>, as for runs that are not archived.</param>
    public Task<IReadOnlyList<Run>> ListAsync(string where, object args, CancellationToken ct) =>
        session.QueryAsync<Run>($"SELECT {Kept} FROM workflows_past_run r {where} ORDER BY r.id DESC {session.Dialect.Limit("@n")}", args, ct);

    public async Task<IReadOnlyList<HistoryRow>> HistoryAsync(Guid run, CancellationToken ct) =>
        await session.FirstAsync<byte[]>("SELECT history FROM workflows_past_run WHERE id = @run", new { run }, ct) is { } packed ? Unpack(packed) : [];

    public async Task<bool> HasRunAsync(Guid record, string sop, CancellationToken ct) =>
        await session.FirstAsync<int?>($"SELECT 1 FROM workflows_past_run WHERE record_id = @record AND sop_key = @sop ORDER BY id {session.Dialect.Limit("@one")}", new { record, sop, one = 1 }, ct) is not null;

    /// <summary>Moves the runs that ended longest ago, at most so many; how many there were.</summary>
    public async Task<int> MoveAsync(DateTime endedBefore, int most, CancellationToken ct)
    {
        var ids = await session.QueryAsync<Guid>($"SELECT id FROM workflows_run WHERE ended_at < @endedBefore ORDER BY ended_at {session.Dialect.Limit("@most")}", new { endedBefore, most }, ct);
        if (ids.Count == 0) return 0;
        var args = new { ids = ids.AsEnumerable() };
        var histories = (await session.QueryAsync<OwnedRow>($"SELECT run_id, {HistoryRow.Columns} FROM workflows_history WHERE run_id IN @ids ORDER BY run_id, seq", args, ct)).ToLookup(h => h.RunId);
        foreach (var id in ids)
            await session.ExecuteAsync($"INSERT INTO workflows_past_run ({Kept}, history) SELECT {Kept}, @history FROM workflows_run WHERE id = @id", new { id, history = Pack(histories[id]) }, ct);
        await session.ExecuteAsync("DELETE FROM workflows_history WHERE run_id IN @ids", args, ct);
        await session.ExecuteAsync("DELETE FROM workflows_payload WHERE run_id IN @ids", args, ct);
        await session.ExecuteAsync("DELETE FROM workflows_run WHERE id IN @ids", args, ct);
        return ids.Count;
    }

    private static byte[] Pack(IEnumerable<HistoryRow> history)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest)) JsonSerializer.Serialize(stream, history, Stored.Json);
        return packed.ToArray();
    }

    private static IReadOnlyList<HistoryRow> Unpack(byte[] packed)
    {
        using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<List<HistoryRow>>(stream, Stored.Json) ?? [];
    }

    private sealed class OwnedRow : HistoryRow
    {
        public Guid RunId { get; init; }
    }
}
