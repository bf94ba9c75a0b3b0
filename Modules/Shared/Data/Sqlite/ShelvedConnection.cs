using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Crm.Shared.Data.Sqlite;

/// <summary>What a session holds: takes an open connection from the shelf and puts it back instead of closing it.</summary>
internal sealed class ShelvedConnection(ConnectionShelf shelf, string connectionString) : DbConnection
{
    private KeptConnection? kept;

    internal KeptConnection Kept => kept ?? throw new InvalidOperationException("The connection is not open.");

    [AllowNull]
    public override string ConnectionString { get; set; } = connectionString;
    public override string Database => "main";
    public override string DataSource => kept?.Connection.DataSource ?? "";
    public override string ServerVersion => Kept.Connection.ServerVersion;
    public override ConnectionState State => kept is null ? ConnectionState.Closed : ConnectionState.Open;

    public override void Open() => kept ??= shelf.Take();

    public override void Close()
    {
        if (kept is null) return;
        shelf.Give(kept);
        kept = null;
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => Kept.Connection.BeginTransaction(isolationLevel, deferred: false);

    protected override DbCommand CreateDbCommand() => new ShelvedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
        base.Dispose(disposing);
    }
}
