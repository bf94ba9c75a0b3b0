using System.Data.Common;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Shared.Data;

/// <summary>All that differs between the engines, and nothing else does. One instance per database.</summary>
public abstract class Dialect
{
    /// <summary><c>sqlite</c> or <c>sqlserver</c>; also the folder of its migrations.</summary>
    public abstract string Name { get; }

    public abstract DbConnection CreateConnection();

    /// <summary>Settings a connection needs each time it is opened.</summary>
    public abstract Task PrepareAsync(DbConnection connection, CancellationToken ct);

    /// <summary>Starts a writing transaction; dispose the ticket after it ended.</summary>
    /// <param name="own">Opens the caller's connection, for an engine that writes through it.</param>
    public abstract Task<WriteTicket> BeginAsync(Func<CancellationToken, ValueTask<DbConnection>> own, CancellationToken ct);

    public abstract string Savepoint(string name);
    public abstract string RollbackTo(string name);

    /// <summary>Null where savepoints need no release.</summary>
    public abstract string? Release(string name);

    /// <summary>Clause after ORDER BY that keeps the first rows; takes the parameter's name with its @.</summary>
    public abstract string Limit(string parameter);

    /// <summary>One-table update that returns columns of the changed rows.</summary>
    public abstract string UpdateReturning(string table, string set, string where, string columns);

    /// <summary>Claims up to @n rows of a queue in one autocommitted statement.</summary>
    public abstract string Claim(string table, string set, string condition, string order, string columns);

    /// <summary>Whether a row read in a transaction must be locked before it is changed, and work claimed before it is done.
    /// An engine with one writer needs neither: its transaction keeps everybody else out.</summary>
    public abstract bool LocksRows { get; }

    /// <summary>Stands after a table's name where rows that somebody is just changing are left out rather than waited for.</summary>
    public virtual string NotChanging => "";

    /// <summary>Gives a parameter of a repeated statement its value, so that the statement stays one to the server whatever the value.</summary>
    public virtual void Give(DbParameter parameter, object? value) => parameter.Value = value ?? DBNull.Value;

    /// <summary>Whether the database is in this process, so that many small statements are quicker than a large one that takes a batch apart.</summary>
    public abstract bool Near { get; }

    /// <summary>The month of a time or date column as text <c>yyyy-MM</c> (UTC), for grouping.</summary>
    public abstract string Month(string column);

    /// <summary>Whole seconds from one time column to another.</summary>
    public abstract string Seconds(string from, string to);

    /// <summary>The objects of a JSON array as rows, to stand after FROM: a batch of any size in one statement of one shape.</summary>
    public abstract string JsonRows(string parameter, IReadOnlyList<string> numbers, IReadOnlyList<string> texts);

    /// <summary>The value already exists (unique index or key).</summary>
    public abstract bool IsDuplicate(Exception exception);

    /// <summary>Worth trying again as it is: deadlock, lock time-out, lost connection.</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>The engine chose this transaction to give way to another and has undone all of it.</summary>
    public virtual bool IsUndone(Exception exception) => exception is TransactionLost;

    /// <summary>Another transaction was in the way or first: this one is certain to have left nothing, and worth doing again at once.</summary>
    public bool GaveWay(Exception exception) => IsUndone(exception) || IsDuplicate(exception);

    /// <summary>A field's CLR value as this engine stores it.</summary>
    public abstract object? ToDb(Field field, object? value);

    /// <summary>The lock under which one host migrates at a time; released on dispose.</summary>
    public abstract Task<IAsyncDisposable> LockMigrationsAsync(DbConnection connection, CancellationToken ct);

    public abstract IFilterDialect Filters { get; }
}

/// <summary>A writing transaction, the connection it is on, and whatever admission it needed.</summary>
public sealed class WriteTicket(DbConnection connection, DbTransaction transaction, Action? leave) : IAsyncDisposable
{
    public DbConnection Connection { get; } = connection;
    public DbTransaction Transaction { get; } = transaction;

    public async ValueTask DisposeAsync()
    {
        try { await Transaction.DisposeAsync(); }
        finally { leave?.Invoke(); }
    }
}
