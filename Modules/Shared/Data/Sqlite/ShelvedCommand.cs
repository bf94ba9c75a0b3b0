using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Crm.Shared.Data.Sqlite;

/// <summary>A command as Dapper fills it; it runs on the prepared statement of the same text.</summary>
internal sealed class ShelvedCommand(ShelvedConnection connection) : DbCommand
{
    // Never run where the text is one statement: holds text and parameters until the prepared one is asked for.
    private readonly SqliteCommand written = new();
    private Prepared? borrowed;

    [AllowNull]
    public override string CommandText { get => written.CommandText; set => written.CommandText = value; }
    public override int CommandTimeout { get => written.CommandTimeout; set => written.CommandTimeout = value; }
    public override CommandType CommandType { get => written.CommandType; set => written.CommandType = value; }
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }
    protected override DbParameterCollection DbParameterCollection => written.Parameters;
    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() { }
    public override void Prepare() => Borrow();

    public override int ExecuteNonQuery() => Ready() is { } prepared ? Sound(prepared.Run) : Several().ExecuteNonQuery();

    public override object? ExecuteScalar()
    {
        using var rows = ExecuteDbDataReader(CommandBehavior.Default);
        return rows.Read() ? rows.GetValue(0) : null;
    }

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready() is { } prepared ? Sound(() => new Rows(prepared)) : Several().ExecuteReader(behavior);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Return();
            written.Dispose();
        }
        base.Dispose(disposing);
    }

    private Prepared? Ready()
    {
        Borrow();
        borrowed?.Bind(written.Parameters);
        return borrowed;
    }

    private SqliteCommand Several()
    {
        (written.Connection, written.Transaction) = (connection.Kept.Connection, (SqliteTransaction?)DbTransaction);
        return written;
    }

    /// <summary>Whatever state a failed statement is in, nobody shall inherit it.</summary>
    private T Sound<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch
        {
            borrowed?.Dispose();
            borrowed = null;
            throw;
        }
    }

    private void Borrow()
    {
        if (borrowed?.Sql == CommandText) return;
        Return();
        borrowed = connection.Kept.Borrow(CommandText);
    }

    private void Return()
    {
        if (borrowed is null) return;
        if (connection.State == ConnectionState.Open) connection.Kept.Return(borrowed);
        else borrowed.Dispose();
        borrowed = null;
    }
}
