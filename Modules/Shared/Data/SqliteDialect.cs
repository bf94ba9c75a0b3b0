using System.Data.Common;
using Crm.Shared.Data.Sqlite;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Microsoft.Data.Sqlite;

namespace Crm.Shared.Data;

/// <summary>The embedded engine: one file, WAL, synchronous FULL, one writer at a time.</summary>
/// <param name="synchronous">How SQLite secures a commit; less than FULL is for those who can lose the last ones.</param>
public sealed class SqliteDialect(string connectionString, string synchronous = "FULL") : Dialect, IDisposable
{
    private readonly ConnectionShelf shelf = new(connectionString, synchronous, most: 16, megabytes: 16);

    // A connection forgets the pages it has read as soon as another one writes: as long as all writing goes through this one, it finds them in memory.
    private readonly ConnectionShelf writer = new(connectionString, synchronous, most: 1, megabytes: 64);

    // SQLite's own answer to a busy writer is to sleep and ask again; waiting our turn here is fair and wakes at once.
    private readonly SemaphoreSlim writers = new(1, 1);

    public override string Name => "sqlite";
    public override IFilterDialect Filters { get; } = new SqliteFilterDialect();

    public override DbConnection CreateConnection() => new ShelvedConnection(shelf, connectionString);

    // Done once, when the shelf opens a connection.
    public override Task PrepareAsync(DbConnection connection, CancellationToken ct) => Task.CompletedTask;

    public override async Task<WriteTicket> BeginAsync(Func<CancellationToken, ValueTask<DbConnection>> own, CancellationToken ct)
    {
        await writers.WaitAsync(ct);
        var connection = new ShelvedConnection(writer, connectionString);
        try
        {
            connection.Open();
            return new WriteTicket(connection, connection.BeginTransaction(), Leave);
        }
        catch
        {
            Leave();
            throw;
        }

        void Leave()
        {
            connection.Dispose();
            writers.Release();
        }
    }

    public override string Savepoint(string name) => $"SAVEPOINT {name}";
    public override string RollbackTo(string name) => $"ROLLBACK TO {name}; RELEASE {name}";
    public override string? Release(string name) => $"RELEASE {name}";

    // A bare parameter there makes SQLite compile the statement anew whenever it is bound; a sum does not.
    public override string Limit(string parameter) => $"LIMIT {parameter} + 0";

    public override string UpdateReturning(string table, string set, string where, string columns) =>
        $"UPDATE {table} SET {set} WHERE {where} RETURNING {columns}";

    public override string Claim(string table, string set, string condition, string order, string columns) =>
        $"UPDATE {table} SET {set} WHERE id IN (SELECT id FROM {table} WHERE {condition} ORDER BY {order} {Limit("@n")}) RETURNING {columns}";

    public override bool LocksRows => false;
    public override bool Near => true;
    public override string Month(string column) => $"substr({column}, 1, 7)";

    public override string Seconds(string from, string to) => $"(CAST(strftime('%s', {to}) AS INTEGER) - CAST(strftime('%s', {from}) AS INTEGER))";

    public override string JsonRows(string parameter, IReadOnlyList<string> numbers, IReadOnlyList<string> texts) =>
        $"(SELECT {string.Join(", ", numbers.Concat(texts).Select(c => $"value ->> '$.{c}' AS {c}"))} FROM json_each({parameter}))";

    // 19 is SQLITE_CONSTRAINT; 1555 and 2067 are its primary-key and unique forms.
    public override bool IsDuplicate(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: 19, SqliteExtendedErrorCode: 1555 or 2067 };

    // 5 and 6: another process writes for longer than the busy time-out.
    public override bool IsTransient(Exception exception) => IsUndone(exception) || exception is SqliteException { SqliteErrorCode: 5 or 6 };

    public override object? ToDb(Field field, object? value) => value switch
    {
        null => null,
        DateTime time => Stored.Time(time),
        DateOnly day => Stored.Date(day),
        bool flag => flag ? 1L : 0L,
        _ => FieldStorage.ToColumn(field, value),
    };

    /// <summary>Hosts that share the file queue at an exclusive lock on a file beside it; the system lets go of it when a host dies.</summary>
    public override async Task<IAsyncDisposable> LockMigrationsAsync(DbConnection connection, CancellationToken ct)
    {
        var path = new SqliteConnectionStringBuilder(connectionString).DataSource + ".migrating";
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(50, ct);
            }
        }
    }

    public void Dispose()
    {
        shelf.Dispose();
        writer.Dispose();
        writers.Dispose();
    }
}
