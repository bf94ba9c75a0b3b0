using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Shared.Data.Sqlite;

/// <summary>The open connections that nobody uses at the moment.</summary>
internal sealed class ConnectionShelf(string connectionString, string synchronous, int most, int megabytes) : IDisposable
{
    private readonly ConcurrentStack<KeptConnection> idle = new();
    private volatile bool closed;

    public KeptConnection Take()
    {
        if (idle.TryPop(out var kept)) return kept;
        // Kept here with its statements, so the library's own pool would only hold it a second time.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        // Counting every byte for statistics that nobody reads takes a lock at each allocation. The first connection of a process decides; SQLite refuses later ones.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        connection.Open();
        // Room for the small things of a statement, five times what SQLite begins with.
        _ = raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_LOOKASIDE, IntPtr.Zero, 1200, 200);
        // A checkpoint copies each page once however often it was written since the last one: the fewer, the less work.
        connection.Execute($"PRAGMA busy_timeout = 30000; PRAGMA foreign_keys = ON; PRAGMA synchronous = {synchronous}; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{megabytes * 1000}; PRAGMA wal_autocheckpoint = 4000;");
        return new(connection);
    }

    public void Give(KeptConnection kept)
    {
        if (closed || idle.Count >= most || !kept.Settled) kept.Dispose();
        else idle.Push(kept);
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryPop(out var kept)) kept.Dispose();
    }
}
