using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

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
        connection.Open();
        // A checkpoint copies each page once however often it was written since the last one: the fewer, the less work.
        connection.Execute($"PRAGMA foreign_keys = ON; PRAGMA synchronous = {synchronous}; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{megabytes * 1000}; PRAGMA wal_autocheckpoint = 4000;");
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
