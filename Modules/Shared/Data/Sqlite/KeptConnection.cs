using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Shared.Data.Sqlite;

/// <summary>An open connection that outlives the sessions that borrow it, with the statements it has prepared:
/// compiling a statement costs SQLite several times what running it does.</summary>
internal sealed class KeptConnection(SqliteConnection connection) : IDisposable
{
    private const int MostStatements = 400;
    private readonly Dictionary<string, SqliteCommand> prepared = [];

    public SqliteConnection Connection { get; } = connection;

    /// <summary>Settled: no transaction is left open.</summary>
    public bool Settled => Connection.State == System.Data.ConnectionState.Open && raw.sqlite3_get_autocommit(Connection.Handle) != 0;

    /// <summary>The statement is the borrower's alone until he brings it back, so that a reader still open is never disturbed.</summary>
    public SqliteCommand Borrow(string sql)
    {
        if (prepared.Remove(sql, out var known)) return known;
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        // Texts that never come back, such as lists of changing length, must not pile up.
        if (prepared.Count >= MostStatements) Forget();
        if (!prepared.TryAdd(command.CommandText, command)) command.Dispose();
    }

    public void Dispose()
    {
        Forget();
        Connection.Dispose();
    }

    private void Forget()
    {
        foreach (var command in prepared.Values) command.Dispose();
        prepared.Clear();
    }
}
