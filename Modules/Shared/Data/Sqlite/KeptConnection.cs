using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Shared.Data.Sqlite;

/// <summary>An open connection that outlives the sessions that borrow it, with the statements it has prepared:
/// compiling a statement costs SQLite several times what running it does.</summary>
internal sealed class KeptConnection(SqliteConnection connection) : IDisposable
{
    private const int MostStatements = 400;
    private readonly Dictionary<string, Prepared> prepared = [];

    public SqliteConnection Connection { get; } = connection;

    /// <summary>Settled: no transaction is left open.</summary>
    public bool Settled => Connection.State == System.Data.ConnectionState.Open && raw.sqlite3_get_autocommit(Connection.Handle) != 0;

    /// <summary>The statement is the borrower's alone until he brings it back, so that a reader still open is never disturbed. Null for a text of several.</summary>
    public Prepared? Borrow(string sql) => prepared.Remove(sql, out var known) ? known : Prepared.From(Connection.Handle!, sql);

    public void Return(Prepared statement)
    {
        statement.Reset();
        // Texts that never come back, such as lists of changing length, must not pile up.
        if (prepared.Count >= MostStatements) Forget();
        if (!prepared.TryAdd(statement.Sql, statement)) statement.Dispose();
    }

    public void Dispose()
    {
        Forget();
        Connection.Dispose();
    }

    private void Forget()
    {
        foreach (var statement in prepared.Values) statement.Dispose();
        prepared.Clear();
    }
}
