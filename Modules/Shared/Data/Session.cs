using System.Data.Common;
using Dapper;

namespace Crm.Shared.Data;

/// <summary>One scope's connection and its single transaction. Everything a command changes goes through one session, so it stands or falls together.</summary>
public sealed class Session(Dialect dialect) : IAsyncDisposable
{
    private readonly List<Action> afterCommit = [];
    private DbConnection? connection;
    private WriteTicket? ticket;
    private bool doomed;
    private int savepoints;

    public Dialect Dialect { get; } = dialect;
    public bool InTransaction => ticket is not null;

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
        ticket = await Dialect.BeginAsync(await OpenAsync(ct), ct);
        doomed = false;
        T result;
        try
        {
            result = await work();
            if (doomed) throw new InvalidOperationException("A part of this transaction failed; it cannot be committed.");
            // No cancellation here: a commit that was asked for must not end in doubt.
            await ticket.Transaction.CommitAsync(CancellationToken.None);
        }
        catch
        {
            afterCommit.Clear();
            throw;
        }
        finally
        {
            var ended = ticket;
            ticket = null;
            await ended.DisposeAsync();
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

    /// <summary>A part of the transaction that can fail alone: its changes are undone and the exception is rethrown, the rest goes on.</summary>
    public async Task<T> SavepointAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        var (name, wasDoomed, hints) = ($"s{++savepoints}", doomed, afterCommit.Count);
        await ExecuteAsync(Dialect.Savepoint(name), null, ct);
        try
        {
            var result = await work();
            if (Dialect.Release(name) is { } release) await ExecuteAsync(release, null, ct);
            return result;
        }
        catch
        {
            await ExecuteAsync(Dialect.RollbackTo(name), null, CancellationToken.None);
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

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args, CancellationToken ct) =>
        (await (await OpenAsync(ct)).QueryAsync<T>(Command(sql, args, ct))).AsList();

    public async Task<T?> FirstAsync<T>(string sql, object? args, CancellationToken ct) =>
        await (await OpenAsync(ct)).QueryFirstOrDefaultAsync<T>(Command(sql, args, ct));

    public async Task<int> ExecuteAsync(string sql, object? args, CancellationToken ct) =>
        await (await OpenAsync(ct)).ExecuteAsync(Command(sql, args, ct));

    public async Task<DbDataReader> ReadAsync(string sql, object? args, CancellationToken ct) =>
        await (await OpenAsync(ct)).ExecuteReaderAsync(Command(sql, args, ct));

    public async ValueTask DisposeAsync()
    {
        if (ticket is not null) await ticket.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
    }

    private async ValueTask<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (connection is not null) return connection;
        var opened = Dialect.CreateConnection();
        await opened.OpenAsync(ct);
        await Dialect.PrepareAsync(opened, ct);
        return connection = opened;
    }

    private CommandDefinition Command(string sql, object? args, CancellationToken ct) =>
        new(sql, IdLists.Prepare(args), ticket?.Transaction, cancellationToken: ct);
}
