using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Runtime.Migrations;

/// <summary>Runs on their way to another version, and how far they are.</summary>
internal sealed class MigrationRow
{
    public Guid Id { get; init; }
    public string SopKey { get; init; } = "";
    public int ToVersion { get; init; }
    public string StepMap { get; init; } = "{}";
    public int Total { get; init; }
    public int Moved { get; init; }
    public int Refused { get; init; }
    public DateTime CreatedAt { get; init; }
    public Guid? CreatedById { get; init; }
    public DateTime? EndedAt { get; init; }

    public const string Columns = "id, sop_key, to_version, step_map, total, moved, refused, created_at, created_by_id, ended_at";

    public Dictionary<string, string> Map() => JsonSerializer.Deserialize<Dictionary<string, string>>(StepMap, ContractJson.Options)!;
}

internal sealed class RefusedRow
{
    public Guid RunId { get; init; }
    public string RecordName { get; init; } = "";
    public string RecordType { get; init; } = "";
    public Guid RecordId { get; init; }
    public int SopVersion { get; init; }
    public string? Reasons { get; init; }
}

/// <summary>Rows of migrations.</summary>
internal sealed class MigrationStore(Session session, CurrentActor current, ILive live, Ids ids, TimeProvider time)
{
    public const int Waiting = 0, Moved = 1, Refused = 2;

    /// <summary>Takes down which runs are to move, all at once, so that progress has an end.</summary>
    public async Task<MigrationRow> BeginAsync(string key, int version, IReadOnlyDictionary<string, string> map, IReadOnlyList<Guid>? runs, CancellationToken ct)
    {
        var (id, now) = (ids.Next(), time.UtcNow());
        var total = await session.ExecuteAsync($"""
            INSERT INTO workflows_migration_run (migration_id, run_id, state)
            SELECT @id, id, 0 FROM workflows_run WHERE sop_key = @key AND status IN (0, 1, 2) AND sop_version <> @version {(runs is null ? "" : "AND id IN @runs")}
            """, new { id, key, version, runs = (runs ?? []).AsEnumerable() }, ct);
        await session.ExecuteAsync($"""
            INSERT INTO workflows_migration ({MigrationRow.Columns}) VALUES (@id, @key, @version, @map, @total, 0, 0, @now, @by, @ended)
            """, new { id, key, version, map = JsonSerializer.Serialize(map, ContractJson.Options), total, now, by = current.Value.UserId, ended = total == 0 ? now : (DateTime?)null }, ct);
        return (await FindAsync(id, ct))!;
    }

    public Task<MigrationRow?> FindAsync(Guid id, CancellationToken ct) =>
        session.FirstAsync<MigrationRow>($"SELECT {MigrationRow.Columns} FROM workflows_migration WHERE id = @id", new { id }, ct);

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<MigrationRow>> OfSopAsync(string key, Guid? after, int n, CancellationToken ct) => session.QueryAsync<MigrationRow>(
        $"SELECT {MigrationRow.Columns} FROM workflows_migration WHERE sop_key = @key {(after is null ? "" : "AND id < @after")} ORDER BY id DESC {session.Dialect.Limit("@n")}", new { key, after, n }, ct);

    public Task<IReadOnlyList<Guid>> WaitingAsync(Guid id, Guid? after, int n, CancellationToken ct) => session.QueryAsync<Guid>(
        $"SELECT run_id FROM workflows_migration_run WHERE migration_id = @id AND state = 0 {(after is null ? "" : "AND run_id > @after")} ORDER BY run_id {session.Dialect.Limit("@n")}", new { id, after, n }, ct);

    public Task<IReadOnlyList<RefusedRow>> RefusedAsync(Guid id, int n, CancellationToken ct) => session.QueryAsync<RefusedRow>($"""
        SELECT moved.run_id, moved.reasons, r.record_name, r.record_type, r.record_id, r.sop_version FROM workflows_migration_run moved JOIN workflows_run r ON r.id = moved.run_id
        WHERE moved.migration_id = @id AND moved.state = 2 ORDER BY moved.run_id {session.Dialect.Limit("@n")}
        """, new { id, n }, ct);

    /// <summary>One run has moved, or stays for these reasons; counted once.</summary>
    public async Task DoneAsync(Guid id, Guid run, IReadOnlyList<Message> reasons, CancellationToken ct)
    {
        var state = reasons.Count == 0 ? Moved : Refused;
        var json = reasons.Count == 0 ? null : JsonSerializer.Serialize(reasons, ContractJson.Options);
        if (await session.ExecuteAsync("UPDATE workflows_migration_run SET state = @state, reasons = @json WHERE migration_id = @id AND run_id = @run AND state = 0", new { state, json, id, run }, ct) == 0) return;
        await session.ExecuteAsync("""
            UPDATE workflows_migration SET moved = moved + @moved, refused = refused + @refused, ended_at = CASE WHEN moved + refused + 1 >= total THEN @now ELSE ended_at END WHERE id = @id
            """, new { moved = state == Moved ? 1 : 0, refused = state == Refused ? 1 : 0, now = time.UtcNow(), id }, ct);
        session.AfterCommit(() => live.TellReaders(new("migration", "sop", id, "updated")));
    }
}
