using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>State of an SOP as a whole. Numbers are stored: append only.</summary>
internal enum SopState { Draft = 0, Published = 1, Retired = 2 }

/// <summary>An SOP's row: its draft and which version is published.</summary>
internal sealed class SopRow
{
    public string SopKey { get; init; } = "";
    public string RecordType { get; init; } = "";
    public string NameZh { get; init; } = "";
    public string NameEn { get; init; } = "";
    public SopState State { get; init; }
    public string? Draft { get; init; }
    public long Version { get; init; }
    public int? Published { get; init; }
    public DateTime UpdatedAt { get; init; }
    public Guid? UpdatedById { get; init; }

    public const string Columns = "sop_key, record_type, name_zh, name_en, state, draft, version, published, updated_at, updated_by_id";
}

/// <summary>A published, immutable state of an SOP.</summary>
internal sealed class VersionRow
{
    public int Number { get; init; }
    public string Definition { get; init; } = "";
    public string? Note { get; init; }
    public DateTime PublishedAt { get; init; }
    public Guid? PublishedById { get; init; }
    public DateTime? RetiredAt { get; init; }
}

/// <summary>Life of an SOP: draft, published version, retired.</summary>
internal sealed class SopBook(Session session, Freshness freshness, SopCheck check, CurrentActor current, ILive live, TimeProvider time)
{
    public Task<SopRow?> FindAsync(string key, CancellationToken ct) =>
        session.FirstAsync<SopRow>($"SELECT {SopRow.Columns} FROM workflows_sop WHERE sop_key = @key", new { key }, ct);

    public Task<VersionRow?> VersionAsync(string key, int number, CancellationToken ct) =>
        session.FirstAsync<VersionRow>("SELECT number, definition, note, published_at, published_by_id, retired_at FROM workflows_version WHERE sop_key = @key AND number = @number", new { key, number }, ct);

    public Task<IReadOnlyList<VersionRow>> VersionsAsync(string key, CancellationToken ct) =>
        session.QueryAsync<VersionRow>("SELECT number, note, published_at, published_by_id, retired_at FROM workflows_version WHERE sop_key = @key ORDER BY number DESC", new { key }, ct);

    /// <summary>What is edited: the draft, else the newest version.</summary>
    public async Task<string> DraftAsync(SopRow row, CancellationToken ct) =>
        row.Draft ?? (row.Published is { } number && await VersionAsync(row.SopKey, number, ct) is { } version ? version.Definition
            : await session.FirstAsync<string>($"SELECT definition FROM workflows_version WHERE sop_key = @key ORDER BY number DESC {session.Dialect.Limit("@one")}", new { key = row.SopKey, one = 1 }, ct))
        ?? throw Problem.NotFound("sop", row.SopKey);

    /// <summary>Saves a draft; drafts may be wrong, but they must be SOPs.</summary>
    /// <param name="version">The draft's version that was edited; null: the last writer wins.</param>
    public Task<SopRow> PutAsync(string key, JsonElement definition, long? version, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var (record, name) = SopCheck.Head(key, definition);
        var before = await FindAsync(key, ct);
        if (version is { } known && known != (before?.Version ?? 0)) throw Problem.Stale();
        var row = new { key, Record = record, zh = name.Zh, en = name.En, draft = definition.GetRawText(), now = time.UtcNow(), by = current.Value.UserId, was = before?.Version ?? 0 };
        var saved = before is null
            ? await session.InsertUnlessAsync("workflows_sop", SopRow.Columns, "@key, @Record, @zh, @en, 0, @draft, 1, NULL, @now, @by", "sop_key = @key", row, ct)
            : await session.ExecuteAsync("""
                UPDATE workflows_sop SET record_type = @Record, name_zh = @zh, name_en = @en, draft = @draft, version = version + 1, updated_at = @now, updated_by_id = @by
                WHERE sop_key = @key AND version = @was
                """, row, ct) > 0;
        if (!saved) throw Problem.Stale();
        Tell();
        return (await FindAsync(key, ct))!;
    }, ct);

    /// <summary>Makes the draft a version that never changes; from this commit on every change of a record on every host meets it.</summary>
    public Task<int> PublishAsync(string key, string? note, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        // Two who publish at once take turns, and so do their numbers.
        if (session.Dialect.LocksRows) await session.ExecuteAsync("UPDATE workflows_sop SET version = version WHERE sop_key = @key", new { key }, ct);
        var row = await FindAsync(key, ct) ?? throw Problem.NotFound("sop", key);
        var definition = await DraftAsync(row, ct);
        await check.PublishableAsync(definition, ct);
        var number = await session.FirstAsync<int?>("SELECT MAX(number) FROM workflows_version WHERE sop_key = @key", new { key }, ct) + 1 ?? 1;
        var (now, by) = (time.UtcNow(), current.Value.UserId);
        await session.ExecuteAsync("UPDATE workflows_version SET retired_at = @now WHERE sop_key = @key AND retired_at IS NULL", new { now, key }, ct);
        await session.ExecuteAsync("INSERT INTO workflows_version (sop_key, number, definition, note, published_at, published_by_id, retired_at) VALUES (@key, @number, @definition, @note, @now, @by, NULL)",
            new { key, number, definition, note, now, by }, ct);
        await session.ExecuteAsync("UPDATE workflows_sop SET state = 1, published = @number, draft = NULL, version = version + 1, updated_at = @now, updated_by_id = @by WHERE sop_key = @key",
            new { number, now, by, key }, ct);
        await freshness.RaiseAsync(session, SopIndex.StampName, ct);
        Tell();
        return number;
    }, ct);

    /// <summary>Starts no more runs; those that run go on.</summary>
    public Task RetireAsync(string key, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var now = time.UtcNow();
        var row = await FindAsync(key, ct) ?? throw Problem.NotFound("sop", key);
        if (row.State != SopState.Published) throw Problem.Conflict("sop.notPublished");
        await session.ExecuteAsync("UPDATE workflows_version SET retired_at = @now WHERE sop_key = @key AND retired_at IS NULL", new { now, key }, ct);
        await session.ExecuteAsync("UPDATE workflows_sop SET state = 2, draft = @draft, published = NULL, version = version + 1, updated_at = @now WHERE sop_key = @key", new { draft = await DraftAsync(row, ct), now, key }, ct);
        await freshness.RaiseAsync(session, SopIndex.StampName, ct);
        Tell();
    }, ct);

    /// <summary>Open pages, and whoever edits the draft too, fetch it again.</summary>
    private void Tell() => session.AfterCommit(() => live.TellReaders(new("sop", "sop", null, "updated")));
}
