using System.Data.Common;

namespace Crm.Shared.Data;

/// <summary>The half of the session that begins, divides and ends its transaction.</summary>
public sealed partial class Session
{
    private readonly List<Action> afterCommit = [];
    private WriteTicket? ticket;
    private bool doomed, hopeful;
    private int savepoints;

    public bool InTransaction => ticket is not null;
    /// <summary>Set while nothing done here will stand.</summary>
    public Rehearsal? Rehearsal { get; private set; }
    /// <summary>Changes whenever something read or written before may not stand any more: a transaction began or a savepoint was undone.</summary>
    public long Turn { get; private set; }

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

    /// <summary>A transaction whose parts (<see cref="PartAsync"/>) go without savepoints. SQLite keeps a copy of each page that is first changed after one, which costs as much as the change.
    /// It ends as <see cref="HalfDone"/> where a part fails after it has written something; then nothing stands, and all of it is to be done again with them.</summary>
    public async Task HopefullyAsync(Func<Task> work, CancellationToken ct)
    {
        hopeful = true;
        try { await InTransactionAsync(work, ct); }
        finally { hopeful = false; }
    }

    /// <summary>A part of the transaction that can fail alone, by a savepoint or by hope.</summary>
    public Task<T> PartAsync<T>(Func<Task<T>> work, CancellationToken ct) => hopeful ? UnguardedAsync(work) : SavepointAsync(work, ct);

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
        catch (Exception why) when (why is not HalfDone)
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
        foreach (var kept in repeated.Values) await kept.Command.DisposeAsync();
        repeated.Clear();
    }

    private async ValueTask LeaveAsync()
    {
        var ended = ticket;
        ticket = null;
        try { await ForgetAsync(); }
        finally { if (ended is not null) await ended.DisposeAsync(); }
    }

    /// <summary>The server has ended the transaction by itself, as that of a deadlock's victim. Its client would go on without one and let each statement stand alone.</summary>
    private bool Lost => ticket is { Transaction.Connection: null };

    private DbTransaction? Present => Lost ? throw new TransactionLost() : ticket?.Transaction;
}
