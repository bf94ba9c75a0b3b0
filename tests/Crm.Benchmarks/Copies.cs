using System.Text;
using Crm.Shared.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Benchmarks;

/// <summary>Copies of one real run: its control row, history and timer, each under an id of its own, as time would have made them.</summary>
internal static class Copies
{
    /// <summary>Ids of the copies, in their order of time.</summary>
    public static async Task<IReadOnlyList<Guid>> OfRunAsync(SqliteConnection db, Guid run, int n)
    {
        var ids = Ids(n);
        var text = run.ToString();
        var timer = await db.QueryFirstAsync<(byte[] Id, string Payload)>("SELECT id, payload FROM shared_work WHERE payload LIKE @run", new { run = $"%{text}%" });
        foreach (var part in ids.Chunk(20_000))
        {
            using var transaction = db.BeginTransaction();
            await CopyAsync(db, "workflows_run", "id", run, part, ("event_id", id => Stored.Id(Guid.CreateVersion7())), ("id", id => Stored.Id(id)));
            await CopyAsync(db, "workflows_history", "run_id", run, part, ("run_id", id => Stored.Id(id)));
            await CopyAsync(db, "shared_work", "id", Stored.Id(timer.Id), part,
                ("id", id => Stored.Id(Guid.CreateVersion7())), ("payload", id => timer.Payload.Replace(text, id.ToString(), StringComparison.Ordinal)), ("item_key", id => $"{id:N}/copy"));
            transaction.Commit();
        }
        return ids;
    }

    public static async Task OfHistoryAsync(SqliteConnection db, Guid run, int n)
    {
        using var transaction = db.BeginTransaction();
        await CopyAsync(db, "workflows_history", "run_id", run, [.. Ids(n)], ("run_id", id => Stored.Id(id)));
        transaction.Commit();
    }

    private static List<Guid> Ids(int n) => [.. Enumerable.Range(0, n).Select(i => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddYears(50).AddMilliseconds(i)))];

    /// <summary>Copies all rows where <paramref name="column"/> has the value, for each id, with these columns made anew.</summary>
    private static async Task CopyAsync(SqliteConnection db, string table, string column, object value, Guid[] ids, params (string Name, Func<Guid, object> Value)[] anew)
    {
        var columns = (await db.QueryAsync<string>("SELECT name FROM pragma_table_info(@table)", new { table })).ToList();
        var sql = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT ");
        sql.AppendJoin(", ", columns.Select(c => anew.Any(a => a.Name == c) ? "@" + c : c)).Append($" FROM {table} WHERE {column} = @of");
        using var command = db.CreateCommand();
        command.CommandText = sql.ToString();
        command.Parameters.AddWithValue("@of", value is Guid id ? Stored.Id(id) : value);
        foreach (var (name, _) in anew) command.Parameters.AddWithValue("@" + name, "");
        foreach (var copy in ids)
        {
            for (var i = 0; i < anew.Length; i++) command.Parameters[i + 1].Value = anew[i].Value(copy);
            await command.ExecuteNonQueryAsync();
        }
    }

    public static async Task<double> BytesAsync(SqliteConnection db)
    {
        await db.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return await db.ExecuteScalarAsync<double>("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()");
    }
}
