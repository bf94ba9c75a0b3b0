using System.Data;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Archive;

namespace Crm.Workflows.Runtime;

/// <summary>Control rows and history of runs.</summary>
internal sealed class RunStore(Session session, RunArchive archive, TimeProvider time)
{
    private static readonly Statement Insert = Statement.Insert("workflows_history",
    [
        ("run_id", null), ("seq", null), ("at", DbType.DateTime2), ("step", null), ("visit", null), ("kind", null), ("attempt", null), ("outcome", null), ("actor_id", DbType.Binary), ("detail", null),
    ]);
    private static readonly Statement Update = new("""
        UPDATE workflows_run SET state = @state, status = @standing, version = version + 1, entries = entries + @count, ended_at = @ended, stands_at = @stands
        WHERE id = @id AND version = @version
        """,
        [("state", null), ("standing", null), ("count", null), ("ended", DbType.DateTime2), ("stands", null), ("id", null), ("version", null)]);

    private static readonly Statement Find = new($"SELECT {Run.Columns} FROM workflows_run WHERE id = @id", [("id", DbType.Binary)]);
    private static readonly Statement InsertRun = Statement.InsertUnless("workflows_run",
    [
        ("id", null), ("sop_key", null), ("sop_version", null), ("record_type", null), ("record_id", null), ("record_name", null), ("status", null), ("state", null), ("version", null), ("entries", null),
        ("event_id", null), ("started_by", null), ("initiator_id", DbType.Binary), ("chosen", null), ("depth", null), ("cause_run_id", DbType.Binary), ("parent_at", null), ("lane", null),
        ("started_at", DbType.DateTime2), ("ended_at", DbType.DateTime2), ("owner_id", DbType.Binary), ("unit_id", DbType.Binary), ("stands_at", null),
    ], "sop_key = @sop_key AND event_id = @event_id");

    /// <summary>The run, its row held by this transaction.</summary>
    public async Task<Run?> LockAsync(Guid id, CancellationToken ct)
    {
        await session.HoldAsync("workflows_run", id, ct);
        return await FindAsync(id, ct);
    }

    /// <summary>Also one that was archived: whoever still asks for it finds that it has ended.</summary>
    public async Task<Run?> FindAsync(Guid id, CancellationToken ct) =>
        await session.RepeatListAsync<Run>(Find, [Stored.Id(id)], ct) is [var run] ? run : await archive.FindAsync(id, ct);

    public Task<IReadOnlyList<Run>> ManyAsync(IReadOnlyList<Guid> ids, CancellationToken ct) => ids.Count == 0
        ? Task.FromResult<IReadOnlyList<Run>>([])
        : session.QueryAsync<Run>($"SELECT {Run.Columns} FROM workflows_run WHERE id IN @ids", new { ids = ids.AsEnumerable() }, ct);

    /// <summary>False where the SOP has a run for this event already.</summary>
    public Task<bool> InsertAsync(Run run, CancellationToken ct) =>
        session.InsertUnlessAsync(InsertRun,
        [
            Stored.Id(run.Id), run.SopKey, run.SopVersion, run.RecordType, Stored.Id(run.RecordId), run.RecordName, (int)run.Status, run.State, run.Version, run.Entries,
            Stored.Id(run.EventId), run.StartedBy, Stored.Id(run.InitiatorId), run.Chosen, run.Depth, Stored.Id(run.CauseRunId), run.ParentAt, (int)run.Lane,
            session.Dialect.Filters.ToDb(run.StartedAt), run.EndedAt is { } ended ? session.Dialect.Filters.ToDb(ended) : null, Stored.Id(run.OwnerId), Stored.Id(run.UnitId), run.StandsAt,
        ], ct);

    /// <summary>Ends a turn: state and history together.</summary>
    public async Task SaveAsync(Run run, RunState state, Standing standing, IReadOnlyList<Entry> entries, CancellationToken ct)
    {
        var now = time.UtcNow();
        var ended = standing is Standing.Done or Standing.Cancelled;
        var saved = await session.RepeatAsync(Update,
            [state.Write(), (int)standing, entries.Count, ended ? session.Dialect.Filters.ToDb(now) : null, Stands(state), Stored.Id(run.Id), run.Version], ct);
        if (saved == 0) throw new LostTurnException(run.Id);
        await WriteAsync(run, entries, now, ct);
    }

    /// <summary>Puts a run on another version of its SOP, where it stands.</summary>
    /// <param name="state">Null for one that has not begun.</param>
    public async Task MoveAsync(Run run, int version, RunState? state, IReadOnlyList<Entry> entries, CancellationToken ct)
    {
        var moved = await session.ExecuteAsync("""
            UPDATE workflows_run SET sop_version = @sopVersion, state = @state, stands_at = @stands, version = version + 1, entries = entries + @count WHERE id = @Id AND version = @Version
            """, new { sopVersion = version, state = state?.Write(), stands = state is null ? null : Stands(state), count = entries.Count, run.Id, run.Version }, ct);
        if (moved == 0) throw new LostTurnException(run.Id);
        await WriteAsync(run, entries, time.UtcNow(), ct);
    }

    /// <summary>The called runs whose end this visit awaits know it by its new name.</summary>
    public Task RenameParentAsync(Guid run, At before, At now, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE workflows_run SET parent_at = @now WHERE cause_run_id = @run AND parent_at = @before", new { run, before = before.ToString(), now = now.ToString() }, ct);

    /// <summary>The newest entries, oldest of them first.</summary>
    public async Task<IReadOnlyList<HistoryRow>> HistoryAsync(Guid run, int most, CancellationToken ct)
    {
        var rows = await session.QueryAsync<HistoryRow>($"SELECT {HistoryRow.Columns} FROM workflows_history WHERE run_id = @run ORDER BY seq DESC {session.Dialect.Limit("@most")}", new { run, most }, ct);
        return rows.Count > 0 ? [.. rows.Reverse()] : [.. (await archive.HistoryAsync(run, ct)).TakeLast(most)];
    }

    /// <summary>When a run came to a step that it waits at.</summary>
    public Task<DateTime?> CameAsync(Guid run, At at, CancellationToken ct) =>
        session.FirstAsync<DateTime?>("SELECT MIN(at) FROM workflows_history WHERE run_id = @run AND step = @step AND visit = @visit AND kind = 2", new { run, step = at.Step, visit = at.Visit }, ct);

    /// <summary>Entries for what happened to a run beside its turns.</summary>
    public async Task AddAsync(Run run, IReadOnlyList<Entry> entries, CancellationToken ct)
    {
        if (await session.ExecuteAsync("UPDATE workflows_run SET version = version + 1, entries = entries + @count WHERE id = @Id AND version = @Version", new { count = entries.Count, run.Id, run.Version }, ct) == 0) throw new LostTurnException(run.Id);
        await WriteAsync(run, entries, time.UtcNow(), ct);
    }

    /// <summary>Failures of a visit and what people did about them, the oldest first; of the run as a whole, all of its retries.</summary>
    public async Task<IReadOnlyList<HistoryRow>> AttemptsAsync(Guid run, At at, CancellationToken ct) =>
        [.. (await session.QueryAsync<HistoryRow>($"""
            SELECT {HistoryRow.Columns} FROM workflows_history WHERE run_id = @run AND kind IN (4, 5, 6) AND step = @step AND visit = @visit
            ORDER BY seq DESC {session.Dialect.Limit("@most")}
            """, new { run, step = at.Step, visit = at.Visit, most = 100 }, ct)).Reverse()];

    private static string? Stands(RunState state)
    {
        var steps = state.Leaves.Select(t => t.Step).Where(s => s.Length > 0).Distinct().ToList();
        // One that stands at more steps than fit is found at the first of them.
        while (steps.Sum(s => s.Length + 1) > 399) steps.RemoveAt(steps.Count - 1);
        return steps.Count == 0 ? null : $",{string.Join(',', steps)},";
    }

    private async Task WriteAsync(Run run, IReadOnlyList<Entry> entries, DateTime now, CancellationToken ct)
    {
        if (entries.Count == 0) return;
        session.Rehearsal?.Tell(new Noted(run.Id, run.Entries + 1, entries.Count));
        if (session.Dialect.Near)
        {
            for (var i = 0; i < entries.Count; i++) await session.RepeatAsync(Insert, entries[i].ToRow(run.Id, run.Entries + i + 1, session.Dialect.Filters.ToDb(now)), ct);
            return;
        }
        var rows = new JsonArray();
        for (var i = 0; i < entries.Count; i++) rows.Add(entries[i].ToJson(run.Entries + i + 1));
        // One statement however many entries, and one shape of it for the server to know.
        await session.ExecuteAsync($"""
            INSERT INTO workflows_history (run_id, seq, at, step, visit, kind, attempt, outcome, actor_id, detail)
            SELECT @id, e.seq, @now, e.step, e.visit, e.kind, e.attempt, e.outcome, CASE WHEN e.by_person = 1 THEN @actor END, e.detail
            FROM {session.Dialect.JsonRows("@rows", ["seq", "visit", "kind", "attempt", "by_person"], ["step", "outcome", "detail"])} e
            """,
            new { id = run.Id, now, actor = entries.FirstOrDefault(e => e.Actor is not null)?.Actor, rows = rows.ToJsonString(ContractJson.Options) }, ct);
    }
}

/// <summary>One entry of a run's history.</summary>
internal sealed record Entry(At At, NoteKind Kind)
{
    public int Attempt { get; init; }
    public string? Outcome { get; init; }
    /// <summary>The person whose act it was.</summary>
    public Guid? Actor { get; init; }
    public JsonObject? Detail { get; init; }

    public object?[] ToRow(Guid run, int seq, object at) =>
        [Stored.Id(run), seq, at, At.Step, At.Visit, (int)Kind, Attempt, Outcome, Stored.Id(Actor), Detail?.ToJsonString(ContractJson.Options)];

    public JsonObject ToJson(int seq) => new()
    {
        ["seq"] = seq,
        ["step"] = At.Step,
        ["visit"] = At.Visit,
        ["kind"] = (int)Kind,
        ["attempt"] = Attempt,
        ["outcome"] = Outcome,
        ["by_person"] = Actor is null ? 0 : 1,
        ["detail"] = Detail?.ToJsonString(ContractJson.Options),
    };
}

/// <summary>Told to a rehearsal: these entries were written.</summary>
internal sealed record Noted(Guid Run, int From, int Count);

/// <summary>A stored entry.</summary>
internal class HistoryRow
{
    public long Seq { get; init; }
    public DateTime At { get; init; }
    public string Step { get; init; } = "";
    public int Visit { get; init; }
    public int Kind { get; init; }
    public int Attempt { get; init; }
    public string? Outcome { get; init; }
    public Guid? ActorId { get; init; }
    public string? Detail { get; init; }

    public const string Columns = "seq, at, step, visit, kind, attempt, outcome, actor_id, detail";
}

/// <summary>Another host has taken a turn of this run meanwhile; the work comes back and finds the new state.</summary>
internal sealed class LostTurnException(Guid run) : Exception($"Run {run} was changed by another turn.");
