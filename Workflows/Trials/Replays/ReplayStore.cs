using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Trials.Replays;

/// <summary>Rows of replays, their cases and the cases behind each figure.</summary>
internal sealed class ReplayStore(Session session, TimeProvider time)
{
    public Task<ReplayRow?> FindAsync(Guid id, CancellationToken ct) =>
        session.FirstAsync<ReplayRow>($"SELECT {ReplayRow.Columns} FROM workflows_replay WHERE id = @id", new { id }, ct);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<ReplayRow>> OfAsync(string sop, Guid? after, int n, CancellationToken ct) => session.QueryAsync<ReplayRow>(
        $"SELECT {ReplayRow.Columns} FROM workflows_replay WHERE sop_key = @sop {(after is null ? "" : "AND id < @after")} ORDER BY id DESC {session.Dialect.Limit("@n")}", new { sop, after, n }, ct);

    public Task InsertAsync(ReplayRow row, CancellationToken ct) => session.ExecuteAsync($"""
        INSERT INTO workflows_replay ({ReplayRow.Columns})
        VALUES (@Id, @SopKey, @SopVersion, @Definition, @FromAt, @ToAt, @Filter, @Status, @Progress, @WentTo, @Cases, @Figures, @Carried, @Error, @CreatedAt, @CreatedById, @EndedAt)
        """, row, ct);

    /// <summary>False where it was cancelled or cleared meanwhile.</summary>
    public async Task<bool> SaveAsync(ReplayRow before, Batch batch, Dictionary<string, int> figures, CancellationToken ct) => await session.ExecuteAsync("""
        UPDATE workflows_replay SET status = @status, progress = @Progress, went_to = @WentTo, cases = @cases, figures = @figures, carried = @carried, ended_at = @ended WHERE id = @Id AND status = 0
        """,
        new
        {
            status = (int)(batch.WentTo is null ? ReplayState.Done : ReplayState.Running),
            batch.Progress,
            batch.WentTo,
            cases = before.Cases + batch.Cases.Count,
            figures = JsonSerializer.Serialize(figures, Stored.Json),
            carried = JsonSerializer.Serialize(batch.Carried, Stored.Json),
            ended = batch.WentTo is null ? time.UtcNow() : (DateTime?)null,
            before.Id,
        }, ct) == 1;

    public async Task<bool> EndAsync(Guid id, ReplayState state, string? error, CancellationToken ct) => await session.ExecuteAsync(
        "UPDATE workflows_replay SET status = @state, error = @error, ended_at = @now WHERE id = @id AND status = 0", new { id, state = (int)state, error, now = time.UtcNow() }, ct) == 1;

    public async Task AddAsync(Guid replay, IReadOnlyList<Played> cases, CancellationToken ct)
    {
        var figures = new JsonArray();
        foreach (var (row, counted) in cases)
        {
            await session.ExecuteAsync($"""
                INSERT INTO workflows_replay_case (replay_id, {CaseRow.Columns})
                VALUES (@replay, @Seq, @RecordId, @RecordName, @At, @EndedAt, @Status, @RunId, @OwnerThenId, @OwnerNowId, @Detail)
                """,
                new { replay, row.Seq, row.RecordId, row.RecordName, row.At, row.EndedAt, Status = (int?)row.Status, row.RunId, row.OwnerThenId, row.OwnerNowId, row.Detail }, ct);
            foreach (var figure in counted) figures.Add((JsonNode)new JsonObject { ["figure"] = figure, ["seq"] = row.Seq });
        }
        if (figures.Count == 0) return;
        await session.ExecuteAsync($"INSERT INTO workflows_replay_figure (replay_id, figure, seq) SELECT @replay, f.figure, f.seq FROM {session.Dialect.JsonRows("@rows", ["seq"], ["figure"])} f",
            new { replay, rows = figures.ToJsonString(ContractJson.Options) }, ct);
    }

    public Task<IReadOnlyList<CaseRow>> CasesAsync(Guid replay, string figure, long after, int n, CancellationToken ct) => session.QueryAsync<CaseRow>($"""
        SELECT {string.Join(", ", CaseRow.Columns.Split(", ").Select(c => "c." + c))} FROM workflows_replay_figure f JOIN workflows_replay_case c ON c.replay_id = f.replay_id AND c.seq = f.seq
        WHERE f.replay_id = @replay AND f.figure = @figure AND f.seq > @after ORDER BY f.seq {session.Dialect.Limit("@n")}
        """, new { replay, figure, after, n }, ct);

    /// <summary>The record's last case so far.</summary>
    public Task<CaseRow?> LastOfAsync(Guid replay, Guid record, CancellationToken ct) => session.FirstAsync<CaseRow>(
        $"SELECT {CaseRow.Columns} FROM workflows_replay_case WHERE replay_id = @replay AND record_id = @record AND status IS NOT NULL ORDER BY seq DESC {session.Dialect.Limit("@one")}", new { replay, record, one = 1 }, ct);

    /// <summary>Clears up to so many rows; true where nothing is left.</summary>
    public async Task<bool> ClearAsync(Guid replay, int most, CancellationToken ct)
    {
        var seqs = await session.QueryAsync<long>($"SELECT seq FROM workflows_replay_case WHERE replay_id = @replay ORDER BY seq {session.Dialect.Limit("@most")}", new { replay, most }, ct);
        if (seqs.Count > 0)
        {
            // A case's figures lie apart; they are found by the figures that the replay has.
            var last = seqs[^1];
            foreach (var figure in (await FindAsync(replay, ct))?.Counts().Keys.AsEnumerable() ?? [])
                await session.ExecuteAsync("DELETE FROM workflows_replay_figure WHERE replay_id = @replay AND figure = @figure AND seq <= @last", new { replay, figure, last }, ct);
            await session.ExecuteAsync("DELETE FROM workflows_replay_case WHERE replay_id = @replay AND seq <= @last", new { replay, last }, ct);
        }
        if (seqs.Count == most) return false;
        await session.ExecuteAsync("DELETE FROM workflows_replay WHERE id = @replay", new { replay }, ct);
        return true;
    }
}
