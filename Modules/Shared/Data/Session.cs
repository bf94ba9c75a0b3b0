using System.Data.Common;
using System.Runtime.InteropServices;
using Dapper;

namespace Crm.Shared.Data;

/// <summary>One scope's connection and its single transaction. Everything a command changes goes through one session, so it stands or falls together.</summary>
public sealed partial class Session(Dialect dialect) : IAsyncDisposable
{
    private DbConnection? connection;
    private readonly Dictionary<Statement, Repeated> repeated = [];
    private readonly Dictionary<string, long> written = [];
    private long writes;

    public Dialect Dialect { get; } = dialect;

    /// <summary>Stays the same as long as what this transaction has read of the table still stands.</summary>
    public (long Turn, long Writes) MarkOf(string table) => (Turn, written.GetValueOrDefault(table));

    /// <summary>Values are in stored form: see <see cref="Dialect.ToDb"/>.</summary>
    public async Task<int> RepeatAsync(Statement statement, IReadOnlyList<object?> values, CancellationToken ct) =>
        await (await RepeatedAsync(statement, values, ct)).Command.ExecuteNonQueryAsync(ct);

    /// <summary>The first value of the first row, null where there is none.</summary>
    public async Task<object?> RepeatFirstAsync(Statement statement, IReadOnlyList<object?> values, CancellationToken ct) =>
        await (await RepeatedAsync(statement, values, ct)).Command.ExecuteScalarAsync(ct) is { } found and not DBNull ? found : null;

    /// <summary>The rows as Dapper reads them; every column is one of a table.</summary>
    public async Task<IReadOnlyList<T>> RepeatListAsync<T>(Statement statement, IReadOnlyList<object?> values, CancellationToken ct)
    {
        var kept = await RepeatedAsync(statement, values, ct);
        await using var reader = await kept.Command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return [];
        var parse = (Func<DbDataReader, T>)(kept.Parser ??= reader.GetRowParser<T>());
        var rows = new List<T>();
        do rows.Add(parse(reader));
        while (await reader.ReadAsync(ct));
        return rows;
    }

    /// <summary>Shows each row to <paramref name="row"/>.</summary>
    public async Task RepeatReadAsync(Statement statement, IReadOnlyList<object?> values, Action<DbDataReader> row, CancellationToken ct)
    {
        await using var reader = await (await RepeatedAsync(statement, values, ct)).Command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) row(reader);
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args, CancellationToken ct) =>
        (await (await OpenAsync(ct)).QueryAsync<T>(Command(sql, args, ct))).AsList();

    public async Task<T?> FirstAsync<T>(string sql, object? args, CancellationToken ct) =>
        await (await OpenAsync(ct)).QueryFirstOrDefaultAsync<T>(Command(sql, args, ct));

    /// <summary>Inserts a row unless one meets <paramref name="exists"/>; false also where somebody else was first by a moment.</summary>
    public Task<bool> InsertUnlessAsync(string table, string columns, string values, string exists, object args, CancellationToken ct) =>
        FirstOrNotAsync(() => ExecuteAsync(Statement.InsertUnless(table, columns, values, exists), args, ct));

    /// <summary>The same by a statement that runs often: see <see cref="Statement.InsertUnless(string, IReadOnlyList{ValueTuple{string, System.Data.DbType?}}, string)"/>.</summary>
    public Task<bool> InsertUnlessAsync(Statement statement, IReadOnlyList<object?> values, CancellationToken ct) => FirstOrNotAsync(() => RepeatAsync(statement, values, ct));

    public async Task<int> ExecuteAsync(string sql, object? args, CancellationToken ct) =>
        await (await OpenAsync(ct)).ExecuteAsync(Command(sql, args, ct));

    /// <summary>Holds a row until the transaction ends, so that those who read before they write come one after the other.</summary>
    public async Task HoldAsync(string table, Guid id, CancellationToken ct)
    {
        if (!Dialect.LocksRows) return;
        var written = writes;
        await ExecuteAsync($"UPDATE {table} SET version = version WHERE id = @id", new { id }, ct);
        // Nothing of it would have to be undone.
        writes = written;
    }

    /// <summary>Shows each row to <paramref name="row"/>; for shapes that only the catalogue knows.</summary>
    public async Task ReadAsync(string sql, object? args, Action<DbDataReader> row, CancellationToken ct)
    {
        // Not `await using`: Dapper's reader lets go of its command only when it is disposed in the plain way.
        using var reader = await (await OpenAsync(ct)).ExecuteReaderAsync(Command(sql, args, ct));
        while (await reader.ReadAsync(ct)) row(reader);
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        if (connection is not null) await connection.DisposeAsync();
    }

    private async ValueTask<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (ticket is not null) return ticket.Connection;
        if (connection is not null) return connection;
        var opened = Dialect.CreateConnection();
        await opened.OpenAsync(ct);
        await Dialect.PrepareAsync(opened, ct);
        return connection = opened;
    }

    private async Task<bool> FirstOrNotAsync(Func<Task<int>> insert)
    {
        try
        {
            return await insert() > 0;
        }
        catch (Exception e) when (Dialect.IsDuplicate(e))
        {
            return false;
        }
    }

    private async ValueTask<Repeated> RepeatedAsync(Statement statement, IReadOnlyList<object?> values, CancellationToken ct)
    {
        if (statement.Table.Length > 0) Wrote(statement.Table);
        if (!repeated.TryGetValue(statement, out var kept))
        {
            var command = (await OpenAsync(ct)).CreateCommand();
            command.CommandText = statement.Sql;
            foreach (var (name, type) in statement.Parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@" + name;
                if (type is { } known) parameter.DbType = known;
                command.Parameters.Add(parameter);
            }
            repeated.Add(statement, kept = new(command));
        }
        kept.Command.Transaction = Present;
        for (var i = 0; i < values.Count; i++) Dialect.Give(kept.Command.Parameters[i], values[i]);
        return kept;
    }

    private CommandDefinition Command(string sql, object? args, CancellationToken ct)
    {
        if (!sql.StartsWith("SELECT", StringComparison.Ordinal)) Wrote(Statement.WrittenBy(sql));
        return new(sql, IdLists.Prepare(args), Present, cancellationToken: ct);
    }

    private void Wrote(string table)
    {
        writes++;
        CollectionsMarshal.GetValueRefOrAddDefault(written, table, out _)++;
    }

    private sealed class Repeated(DbCommand command)
    {
        public DbCommand Command { get; } = command;
        /// <summary>How Dapper reads its rows.</summary>
        public Delegate? Parser { get; set; }
    }
}
