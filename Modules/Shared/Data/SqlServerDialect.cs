using System.Data;
using System.Data.Common;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Crm.Shared.Data;

/// <summary>SQL Server 2019 and later, and servers that speak its protocol and ignore lock hints.</summary>
public sealed class SqlServerDialect : Dialect
{
    private const int LongestShort = 4000;
    private readonly string connectionString;

    public SqlServerDialect(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString) { Enlist = false, MultipleActiveResultSets = false };
        // The client's default is an open line; ours is not, unless the string says so.
        if (!builder.ShouldSerialize("Encrypt")) builder.Encrypt = true;
        this.connectionString = builder.ConnectionString;
    }

    public override string Name => "sqlserver";
    public override IFilterDialect Filters { get; } = new SqlServerFilterDialect();

    public override DbConnection CreateConnection() => new SqlConnection(connectionString);

    // Texts of another length would be parameters of another type, and every length a statement of its own.
    public override void Give(DbParameter parameter, object? value)
    {
        base.Give(parameter, value);
        parameter.Size = parameter.DbType switch
        {
            DbType.String => value is string { Length: > LongestShort } ? -1 : LongestShort,
            DbType.Binary => Math.Max(Stored.IdBytes, (value as byte[])?.Length ?? 0),
            _ => 0,
        };
    }

    public override Task PrepareAsync(DbConnection connection, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition("SET LOCK_TIMEOUT 20000", cancellationToken: ct));

    public override async Task<WriteTicket> BeginAsync(Func<CancellationToken, ValueTask<DbConnection>> own, CancellationToken ct)
    {
        var connection = await own(ct);
        return new(connection, await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct), null);
    }

    public override string Savepoint(string name) => $"SAVE TRANSACTION {name}";
    public override string RollbackTo(string name) => $"ROLLBACK TRANSACTION {name}";
    public override string? Release(string name) => null;
    public override string Limit(string parameter) => $"OFFSET 0 ROWS FETCH NEXT {parameter} ROWS ONLY";

    public override string UpdateReturning(string table, string set, string where, string columns) =>
        $"UPDATE {table} SET {set} OUTPUT {Inserted(columns)} WHERE {where}";

    // The hints keep claimants from waiting for each other; where they are ignored the outer condition,
    // checked again on the locked row, keeps a row from being claimed twice.
    public override string Claim(string table, string set, string condition, string order, string columns) =>
        $"UPDATE {table} SET {set} OUTPUT {Inserted(columns)} WHERE {condition} AND id IN " +
        $"(SELECT TOP (@n) id FROM {table} WITH (UPDLOCK, READPAST, ROWLOCK) WHERE {condition} ORDER BY {order})";

    public override bool LocksRows => true;
    public override bool Near => false;
    public override string NotChanging => " WITH (READCOMMITTEDLOCK, READPAST)";
    public override string Month(string column) => $"LEFT(CONVERT(NVARCHAR(10), CAST({column} AS DATE)), 7)";

    public override string Seconds(string from, string to) => $"DATEDIFF(second, {from}, {to})";

    public override string JsonRows(string parameter, IReadOnlyList<string> numbers, IReadOnlyList<string> texts) =>
        $"(SELECT {string.Join(", ", numbers.Concat(texts))} FROM OPENJSON({parameter}) WITH ({string.Join(", ", numbers.Select(c => $"{c} BIGINT '$.{c}'").Concat(texts.Select(c => $"{c} NVARCHAR(MAX) '$.{c}'")))}))";

    public override bool IsDuplicate(Exception exception) => exception is SqlException { Number: 2601 or 2627 };

    // 1222 lock time-out, -2 time-out, the rest broken connections.
    public override bool IsTransient(Exception exception) =>
        IsUndone(exception) || exception is SqlException { Number: 1222 or -2 or 20 or 53 or 64 or 121 or 233 or 10053 or 10054 or 10060 or 40197 or 40501 or 40613 };

    public override bool IsUndone(Exception exception) => base.IsUndone(exception) || exception is SqlException { Number: 1205 };

    public override object? ToDb(Field field, object? value) => value switch
    {
        null => null,
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        _ => FieldStorage.ToColumn(field, value),
    };

    public override async Task<IAsyncDisposable> LockMigrationsAsync(DbConnection connection, CancellationToken ct)
    {
        var got = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "DECLARE @r INT; EXEC @r = sp_getapplock @Resource = 'crm_migrations', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 120000; SELECT @r",
            commandTimeout: 150, cancellationToken: ct));
        if (got < 0) throw new InvalidOperationException("Another host has been migrating the database for two minutes; start again when it is done.");
        return new AppLock(connection);
    }

    private static string Inserted(string columns) =>
        string.Join(", ", columns.Split(',').Select(c => "inserted." + c.Trim()));

    private sealed class AppLock(DbConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() =>
            await connection.ExecuteAsync("EXEC sp_releaseapplock @Resource = 'crm_migrations', @LockOwner = 'Session'");
    }
}
