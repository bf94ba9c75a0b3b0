using System.Data.Common;
using System.Runtime.InteropServices;
using Dapper;

namespace Crm.Shared.Data;

/// <summary>One scope's connection and its single transaction. Everything a command changes goes through one session, so it stands or falls together.</summary>
public sealed class Session(Dialect dialect) : IAsyncDisposable
{
    private readonly List<Action> afterCommit = [];
    private DbConnection? connection;
    private WriteTicket? ticket;
    private readonly Dictionary<Statement, DbCommand> repeated = [];
    private readonly Dictionary<string, long> written = [];
    private bool doomed;
    private int savepoints;
    private long writes;

    public Dialect Dialect { get; } = dialect;
    public bool InTransaction => ticket is not null;
    /// <summary>Set while nothing done here will stand.</summary>
    public Rehearsal? Rehearsal { get; private set; }
    /// <summary>Changes whenever something read or written before may not stand any more: a transaction began or a savepoint was undone.</summary>
    public long Turn { get; private set; }

    /// <summary>Stays the same as long as what this transaction has read of the table still stands.</summary>
    public (long Turn, long Writes) MarkOf(string table) => (Turn, written.GetValueOrDefault(table));

    /// <summary>Runs <paramref name="work"/> in the session's transaction, or opens one. A failure that leaves here dooms the whole transaction, even if somebody outside catches it.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        if (ticket is not null)
        {
            try { return await work(); }
            catch
            {
                doomed = true;
                throw;
            }
        }
        await EnterAsync(ct);
        T result;
        try
        {
            result = await work();
            if (Lost) throw new TransactionLost();
            if (doomed) throw new InvalidOperationException("A part of this transaction failed; it cannot be committed.");
            // No cancellation here: a commit that was asked for must not end in doubt.
            await ticket!.Transaction.CommitAsync(CancellationToken.None);
        }
        catch
        {
            afterCommit.Clear();
            throw;
        }
        finally
        {
            await LeaveAsync();
        }
        var hints = afterCommit.ToArray();
        afterCommit.Clear();
        foreach (var hint in hints) hint();
        return result;
    }

    public Task InTransactionAsync(Func<Task> work, CancellationToken ct) =>
        InTransactionAsync(async () =>
        {
            await work();
            return true;
        }, ct);

    /// <summary>In a transaction that is never committed, whatever comes of the work.</summary>
    internal async Task<T> RehearseAsync<T>(Rehearsal rehearsal, Func<Task<T>> work, CancellationToken ct)
    {
        if (ticket is not null) throw new InvalidOperationException("A rehearsal cannot begin within a transaction.");
        await EnterAsync(ct);
        Rehearsal = rehearsal;
        try
        {
            return await work();
        }
        finally
        {
            afterCommit.Clear();
            Rehearsal = null;
            Turn++;
            await LeaveAsync();
        }
    }

    /// <summary>A part of the transaction that can fail alone: its changes are undone and the exception is rethrown, the rest goes on.</summary>
    public async Task<T> SavepointAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        // Named by depth: few names, hence few statements to prepare.
        var (name, wasDoomed, hints, mark) = ($"s{++savepoints}", doomed, afterCommit.Count, Rehearsal?.Mark());
        await SayAsync(Dialect.Savepoint(name), ct);
        try
        {
            var result = await work();
            if (Dialect.Release(name) is { } release) await SayAsync(release, ct);
            return result;
        }
        catch when (Lost)
        {
            // Nothing is left to go back in; what came first tells why.
            throw;
        }
        catch
        {
            await SayAsync(Dialect.RollbackTo(name), CancellationToken.None);
            Turn++;
            doomed = wasDoomed;
            afterCommit.RemoveRange(hints, afterCommit.Count - hints);
            if (mark is { } kept) Rehearsal!.BackTo(kept);
            throw;
        }
        finally
        {
            savepoints--;
        }
    }

    /// <summary>A part of the transaction that can fail alone without a savepoint of its own: one that fails before it has written anything leaves nothing behind.
    /// After that it ends as <see cref="HalfDone"/>, and the caller undoes it with the savepoint he set around many of them.</summary>
    public async Task<T> UnguardedAsync<T>(Func<Task<T>> work)
    {
        var (wasDoomed, hints, written) = (doomed, afterCommit.Count, writes);
        try
        {
            return await work();
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            if (writes != written) throw new HalfDone(why);
            doomed = wasDoomed;
            afterCommit.RemoveRange(hints, afterCommit.Count - hints);
            throw;
        }
    }

    /// <summary>Runs once the transaction stands, at once where there is none. For hints that may be lost: waking the worker, telling the page.</summary>
    public void AfterCommit(Action hint)
    {
        if (ticket is null) hint();
        else afterCommit.Add(hint);
    }

    /// <summary>Values are in stored form: see <see cref="Dialect.ToDb"/>.</summary>
    public async Task<int> RepeatAsync(Statement statement, IReadOnlyList<object?> values, CancellationToken ct) =>
        await (await RepeatedAsync(statement, values, ct)).ExecuteNonQueryAsync(ct);

    /// <summary>The first value of the first row, null where there is none.</summary>
    public async Task<object?> RepeatFirstAsync(Statement statement, IReadOnlyList<object?> values, CancellationToken ct) =>
        await (await RepeatedAsync(statement, values, ct)).ExecuteScalarAsync(ct) is { } found and not DBNull ? found : null;

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args, CancellationToken ct) =>
        (await (await OpenAsync(ct)).QueryAsync<T>(Command(sql, args, ct))).AsList();

    public async Task<T?> FirstAsync<T>(string sql, object? args, CancellationToken ct) =>
        await (await OpenAsync(ct)).QueryFirstOrDefaultAsync<T>(Command(sql, args, ct));

    /// <summary>Inserts a row unless one meets <paramref name="exists"/>; false also where somebody else was first by a moment.</summary>
    public async Task<bool> InsertUnlessAsync(string table, string columns, string values, string exists, object args, CancellationToken ct)
    {
        try
        {
            return await ExecuteAsync(Dialect.InsertUnless(table, columns, values, exists), args, ct) > 0;
        }
        catch (Exception e) when (Dialect.IsDuplicate(e))
        {
            return false;
        }
    }

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

    private async Task SayAsync(string sql, CancellationToken ct)
    {
        await using var command = ticket!.Connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, Present);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task EnterAsync(CancellationToken ct)
    {
        await ForgetAsync();
        ticket = await Dialect.BeginAsync(OpenAsync, ct);
        doomed = false;
        Turn++;
    }

    /// <summary>A transaction may be on another connection than what comes before and after it; commands stay with theirs.</summary>
    private async ValueTask ForgetAsync()
    {
        foreach (var command in repeated.Values) await command.DisposeAsync();
        repeated.Clear();
    }

    private async ValueTask LeaveAsync()
    {
        await ForgetAsync();
        var ended = ticket;
        ticket = null;
        if (ended is not null) await ended.DisposeAsync();
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

    private async ValueTask<DbCommand> RepeatedAsync(Statement statement, IReadOnlyList<object?> values, CancellationToken ct)
    {
        Wrote(statement.Table);
        if (!repeated.TryGetValue(statement, out var command))
        {
            command = (await OpenAsync(ct)).CreateCommand();
            command.CommandText = statement.Sql;
            foreach (var (name, type) in statement.Parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@" + name;
                if (type is { } known) parameter.DbType = known;
                command.Parameters.Add(parameter);
            }
            repeated.Add(statement, command);
        }
        command.Transaction = Present;
        for (var i = 0; i < values.Count; i++) Dialect.Give(command.Parameters[i], values[i]);
        return command;
    }

    /// <summary>The server has ended the transaction by itself, as that of a deadlock's victim. Its client would go on without one and let each statement stand alone.</summary>
    private bool Lost => ticket is { Transaction.Connection: null };

    private DbTransaction? Present => Lost ? throw new TransactionLost() : ticket?.Transaction;

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
}
