using System.Data;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Platform.Imports;

/// <summary>One row of the file that did not land, or one change that could not be undone.</summary>
internal sealed record ImportError(long Position, int Part, long Line, IReadOnlyList<FieldError> Reasons, IReadOnlyList<string> Cells);

/// <summary>What a row came to.</summary>
internal sealed class ImportRow
{
    public const int Created = 0, Updated = 1, Waiting = 2, Seen = 3;

    public long Position { get; init; }
    public int Part { get; init; }
    public int State { get; init; }
    public string? RecordType { get; init; }
    public Guid? RecordId { get; init; }
    public Guid? RowKey { get; init; }
    public string? Changes { get; init; }

    /// <summary>A fixed length for whatever text identifies a row.</summary>
    public static Guid KeyOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
}

/// <summary>The tables of imports.</summary>
internal sealed class ImportStore(Session session, TimeProvider time)
{
    private static readonly Statement InsertRow = Statement.Insert("platform_import_row",
        [("import_id", null), ("position", null), ("part", null), ("state", null), ("record_type", null), ("record_id", DbType.Binary), ("row_key", DbType.Binary), ("changes", null)]);
    private static readonly Statement InsertError = Statement.Insert("platform_import_error",
        [("import_id", null), ("stage", null), ("position", null), ("part", null), ("line", null), ("reasons", null), ("cells", null)]);

    public Task<Import?> FindAsync(Guid id, CancellationToken ct) =>
        session.FirstAsync<Import>("SELECT * FROM platform_import WHERE id = @id", new { id }, ct);

    public Task<IReadOnlyList<Import>> ListAsync(Guid? user, Guid? after, int n, CancellationToken ct) =>
        session.QueryAsync<Import>($"""
            SELECT * FROM platform_import WHERE {(user is null ? "1 = 1" : "user_id = @user")} {(after is null ? "" : "AND id < @after")}
            ORDER BY id DESC {session.Dialect.Limit("@n")}
            """, new { user, after, n }, ct);

    public Task AddAsync(Import import, CancellationToken ct) => session.ExecuteAsync("""
        INSERT INTO platform_import (id, user_id, record_type, file_name, format, columns, mapping, state, checked, total, created_at)
        VALUES (@Id, @UserId, @RecordType, @FileName, @Format, @Columns, @Mapping, @State, @Checked, @Total, @CreatedAt)
        """, import, ct);

    public Task MapAsync(Guid id, ImportMapping mapping, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE platform_import SET mapping = @mapping, checked = @no WHERE id = @id", new { id, mapping = mapping.ToString(), no = false }, ct);

    /// <summary>False where the import is not in the state expected: somebody else was quicker.</summary>
    public async Task<bool> MoveAsync(Guid id, string from, string to, CancellationToken ct) =>
        await session.ExecuteAsync("UPDATE platform_import SET state = @to WHERE id = @id AND state = @from", new { id, from, to }, ct) == 1;

    /// <summary>Forgets what a trial run found.</summary>
    public async Task ResetAsync(Guid id, CancellationToken ct)
    {
        var args = new { id, now = time.UtcNow(), no = false };
        await session.ExecuteAsync("UPDATE platform_import SET created = 0, updated = 0, skipped = 0, failed = 0, checked = @no, failure = NULL, ended_at = NULL, started_at = @now WHERE id = @id", args, ct);
        await session.ExecuteAsync("DELETE FROM platform_import_row WHERE import_id = @id", args, ct);
        await session.ExecuteAsync("DELETE FROM platform_import_error WHERE import_id = @id", args, ct);
    }

    public async Task RemoveAsync(Guid id, CancellationToken ct)
    {
        await ResetAsync(id, ct);
        await session.ExecuteAsync("DELETE FROM platform_import WHERE id = @id", new { id }, ct);
    }

    public Task CountAsync(Guid id, IReadOnlyList<RowDraft> drafts, CancellationToken ct)
    {
        int Of(Outcome outcome) => drafts.Count(d => d.Outcome == outcome);
        return session.ExecuteAsync(
            "UPDATE platform_import SET created = created + @created, updated = updated + @updated, skipped = skipped + @skipped, failed = failed + @failed WHERE id = @id",
            new { id, created = Of(Outcome.Created), updated = Of(Outcome.Updated), skipped = Of(Outcome.Skipped), failed = Of(Outcome.Failed) }, ct);
    }

    public Task CountUndoneAsync(Guid id, int undone, int kept, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE platform_import SET undone = undone + @undone, kept = kept + @kept WHERE id = @id", new { id, undone, kept }, ct);

    public Task EndAsync(Guid id, string state, bool isChecked, string? failure, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE platform_import SET state = @state, checked = @isChecked, failure = @failure, ended_at = @now WHERE id = @id",
            new { id, state, isChecked, failure = failure is { Length: > 2000 } ? failure[..2000] : failure, now = time.UtcNow() }, ct);

    public async Task AddRowsAsync(Guid id, IEnumerable<ImportRow> rows, CancellationToken ct)
    {
        foreach (var r in rows)
            await session.RepeatAsync(InsertRow, [Stored.Id(id), r.Position, r.Part, r.State, r.RecordType, Stored.Id(r.RecordId), Stored.Id(r.RowKey), r.Changes], ct);
    }

    public async Task AddErrorsAsync(Guid id, RowList list, IEnumerable<ImportError> errors, CancellationToken ct)
    {
        foreach (var e in errors)
            await session.RepeatAsync(InsertError, [Stored.Id(id), (int)list, e.Position, e.Part, e.Line, ErrorReasons.Write(e.Reasons), JsonSerializer.Serialize(e.Cells, Stored.Json)], ct);
    }

    public Task<IReadOnlyList<ImportRow>> WaitingAsync(Guid id, long after, int n, CancellationToken ct) =>
        session.QueryAsync<ImportRow>($"SELECT position, part FROM platform_import_row WHERE import_id = @id AND state = 2 AND position > @after ORDER BY position {session.Dialect.Limit("@n")}", new { id, after, n }, ct);

    public Task ForgetWaitingAsync(Guid id, IReadOnlyCollection<long> positions, CancellationToken ct) =>
        session.ExecuteAsync("DELETE FROM platform_import_row WHERE import_id = @id AND state = 2 AND position IN @positions", new { id, positions }, ct);

    /// <summary>The last rows that landed and are not undone yet.</summary>
    public Task<IReadOnlyList<ImportRow>> LandedAsync(Guid id, long before, int part, int n, CancellationToken ct) =>
        session.QueryAsync<ImportRow>($"SELECT position, part, state, record_type, record_id, changes FROM platform_import_row WHERE import_id = @id AND state IN (0, 1) AND (position < @before OR (position = @before AND part > @part)) ORDER BY position DESC, part {session.Dialect.Limit("@n")}", new { id, before, part, n }, ct);

    public async Task<HashSet<Guid>> SeenAsync(Guid id, IEnumerable<Guid> keys, CancellationToken ct)
    {
        var seen = new HashSet<Guid>();
        foreach (var chunk in keys.Distinct().Chunk(200))
            seen.UnionWith(await session.QueryAsync<Guid>("SELECT row_key FROM platform_import_row WHERE import_id = @id AND row_key IN @chunk", new { id, chunk }, ct));
        return seen;
    }

    /// <summary>Errors page by page, so that a file of them never lies in memory.</summary>
    public async Task<IReadOnlyList<ErrorRow>> ErrorsAsync(Guid id, RowList list, long after, int part, CancellationToken ct) =>
        await session.QueryAsync<ErrorRow>($"SELECT position, part, line, reasons, cells FROM platform_import_error WHERE import_id = @id AND stage = @stage AND (position > @after OR (position = @after AND part > @part)) ORDER BY position, part {session.Dialect.Limit("@n")}", new { id, stage = (int)list, after, part, n = 1000 }, ct);

    public Task<string?> RememberedAsync(Guid user, string type, IReadOnlyList<string> columns, CancellationToken ct) =>
        session.FirstAsync<string>("SELECT mapping FROM platform_import_mapping WHERE user_id = @user AND record_type = @type AND columns_key = @key", new { user, type, key = KeyOf(columns) }, ct);

    public async Task RememberAsync(Guid user, string type, IReadOnlyList<string> columns, string mapping, CancellationToken ct)
    {
        var args = new { user, type, key = KeyOf(columns), mapping, now = time.UtcNow() };
        if (await session.ExecuteAsync("UPDATE platform_import_mapping SET mapping = @mapping, updated_at = @now WHERE user_id = @user AND record_type = @type AND columns_key = @key", args, ct) == 0)
            await session.InsertUnlessAsync("platform_import_mapping", "user_id, record_type, columns_key, mapping, updated_at", "@user, @type, @key, @mapping, @now", "user_id = @user AND record_type = @type AND columns_key = @key", args, ct);
    }

    private static Guid KeyOf(IReadOnlyList<string> columns) => ImportRow.KeyOf(string.Join('\n', columns.Order(StringComparer.Ordinal)));
}

internal sealed class ErrorRow
{
    public long Position { get; init; }
    public int Part { get; init; }
    public long Line { get; init; }
    public string Reasons { get; init; } = "";
    public string Cells { get; init; } = "";
}
