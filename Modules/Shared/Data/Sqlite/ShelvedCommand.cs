using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Crm.Shared.Data.Sqlite;

/// <summary>A command as Dapper fills it; it runs on the prepared statement of the same text.</summary>
internal sealed class ShelvedCommand(ShelvedConnection connection) : DbCommand
{
    // Never run: holds text and parameters until the prepared one is asked for.
    private readonly SqliteCommand written = new();
    private SqliteCommand? borrowed;

    [AllowNull]
    public override string CommandText { get => written.CommandText; set => written.CommandText = value; }
    public override int CommandTimeout { get => written.CommandTimeout; set => written.CommandTimeout = value; }
    public override CommandType CommandType { get => written.CommandType; set => written.CommandType = value; }
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }
    protected override DbParameterCollection DbParameterCollection => written.Parameters;
    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => borrowed?.Cancel();
    public override void Prepare() => Borrow();
    public override int ExecuteNonQuery() => Run(c => c.ExecuteNonQuery());
    public override object? ExecuteScalar() => Run(c => c.ExecuteScalar());

    protected override DbParameter CreateDbParameter() => new SqliteParameter();
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(c => c.ExecuteReader(behavior));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Return();
            written.Dispose();
        }
        base.Dispose(disposing);
    }

    private T Run<T>(Func<SqliteCommand, T> run)
    {
        var command = Borrow();
        command.Parameters.Clear();
        foreach (SqliteParameter parameter in written.Parameters) command.Parameters.Add(parameter);
        command.Transaction = (SqliteTransaction?)DbTransaction;
        command.CommandTimeout = CommandTimeout;
        try
        {
            return run(command);
        }
        catch
        {
            // Whatever state a failed statement is in, nobody shall inherit it.
            borrowed = null;
            command.Dispose();
            throw;
        }
    }

    private SqliteCommand Borrow()
    {
        if (borrowed is not null && borrowed.CommandText == CommandText) return borrowed;
        Return();
        return borrowed = connection.Kept.Borrow(CommandText);
    }

    private void Return()
    {
        if (borrowed is null) return;
        if (connection.State == ConnectionState.Open) connection.Kept.Return(borrowed);
        else borrowed.Dispose();
        borrowed = null;
    }
}
