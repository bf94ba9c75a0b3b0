using System.Data;
using System.Text.Json;
using Crm.Shared.Data;

namespace Crm.Shared.Work;

/// <summary>Puts work into the durable queue, in the session's transaction. Timers are work with a later due time.</summary>
public sealed class WorkQueue(Session session, Ids ids, TimeProvider time, WorkSignal signal)
{
    private static readonly IReadOnlyList<(string, DbType?)> Parameters =
        [("id", null), ("lane", null), ("due_at", DbType.DateTime2), ("kind", null), ("item_key", null), ("payload", null), ("created_at", DbType.DateTime2)];
    private static readonly Statement Insert = Statement.Insert("shared_work", Parameters);
    private static readonly Statement InsertUnless = Statement.InsertUnless("shared_work", Parameters, "kind = @kind AND item_key = @item_key");
    private static readonly Statement Delete = new("DELETE FROM shared_work WHERE kind = @kind AND item_key = @key", [("kind", null), ("key", null)]);

    /// <summary>Enqueues unless an item of this kind and key waits already; says whether it did. One that was given up stands in nobody's way: it is taken up anew.</summary>
    /// <param name="key">Null for work that may stand there any number of times.</param>
    /// <param name="dueUtc">Null for at once.</param>
    public async Task<bool> EnqueueAsync(string kind, string? key, object payload, Lane lane, DateTime? dueUtc, CancellationToken ct)
    {
        var now = time.UtcNow();
        var due = dueUtc is { } later ? Stored.Whole(later) : now;
        var text = payload as string ?? JsonSerializer.Serialize(payload, Stored.Json);
        if (session.Rehearsal is { } rehearsal) return rehearsal.Enqueue(kind, key, text, lane, due);
        object?[] row = [Stored.Id(ids.Next()), (int)lane, session.Dialect.Filters.ToDb(due), kind, key, text, session.Dialect.Filters.ToDb(now)];
        var added = await session.InsertUnlessAsync(key is null ? Insert : InsertUnless, row, ct)
            || key is not null && await session.ExecuteAsync("""
                UPDATE shared_work SET lane = @lane, due_at = @due, payload = @text, created_at = @now, attempts = 0, error = NULL, fence = fence + 1 WHERE kind = @kind AND item_key = @key AND due_at IS NULL
                """, new { lane = (int)lane, due, text, now, kind, key }, ct) > 0;
        if (added && due <= now) session.AfterCommit(() => signal.Wake(lane));
        return added;
    }

    /// <summary>Removes waiting work; what is being done at this moment loses its fence and rolls back.</summary>
    public async Task<bool> CancelAsync(string kind, string key, CancellationToken ct) => session.Rehearsal is { } rehearsal
        ? rehearsal.Cancel(kind, key)
        : await session.RepeatAsync(Delete, [kind, key], ct) > 0;

    /// <summary>Something else looks after what was given up: nothing of it stays parked.</summary>
    public Task DropAsync(WorkItem item, CancellationToken ct) => session.ExecuteAsync("DELETE FROM shared_work WHERE id = @Id AND fence = @Fence", new { item.Id, item.Fence }, ct);

    /// <summary>Moves waiting work to another time.</summary>
    public async Task<bool> MoveAsync(string kind, string key, DateTime dueUtc, CancellationToken ct)
    {
        var due = Stored.Whole(dueUtc);
        if (session.Rehearsal is { } rehearsal) return rehearsal.Move(kind, key, due);
        var moved = await session.ExecuteAsync("UPDATE shared_work SET due_at = @due, fence = fence + 1 WHERE kind = @kind AND item_key = @key", new { kind, key, due }, ct) > 0;
        if (moved && due <= time.UtcNow()) session.AfterCommit(() => signal.Wake(Lane.People));
        return moved;
    }

    /// <summary>Gives waiting work another key and payload; what is being done at this moment loses its fence and comes again.</summary>
    public async Task<bool> RenameAsync(string kind, string key, string newKey, string payload, CancellationToken ct) =>
        await session.ExecuteAsync("UPDATE shared_work SET item_key = @newKey, payload = @payload, fence = fence + 1 WHERE kind = @kind AND item_key = @key", new { kind, key, newKey, payload }, ct) > 0;

    /// <summary>When work with these keys falls due; unknown keys are missing.</summary>
    public async Task<IReadOnlyDictionary<string, DateTime>> DueAsync(string kind, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var due = new Dictionary<string, DateTime>();
        foreach (var some in keys.Chunk(500))
            foreach (var row in await session.QueryAsync<Timed>("SELECT item_key, due_at FROM shared_work WHERE kind = @kind AND item_key IN @some AND due_at IS NOT NULL", new { kind, some }, ct))
                due[row.ItemKey] = row.DueAt;
        return due;
    }

    private sealed class Timed
    {
        public string ItemKey { get; init; } = "";
        public DateTime DueAt { get; init; }
    }
}
