using System.Data.Common;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Workflows.Tests.Simulation;

/// <summary>The real engine, whose transactions meet faults. A commit is refused by the engine itself, through its commit hook, so that it rolls back as it would.</summary>
internal sealed class FaultyDialect(Dialect inner, Faults faults) : Dialect, IDisposable
{
    private DbTransaction? victim;
    private int savepoints;

    public override async Task<WriteTicket> BeginAsync(Func<CancellationToken, ValueTask<DbConnection>> own, CancellationToken ct)
    {
        var fault = await faults.BeginsAsync();
        var ticket = await inner.BeginAsync(own, ct);
        (victim, savepoints) = (fault == Fault.GivesWay ? ticket.Transaction : null, 0);
        var handle = ((SqliteTransaction)ticket.Transaction).Connection!.Handle!;
        if (faults.Hears is { } hears) raw.sqlite3_trace(handle, (_, sql) => hears(sql), null);
        var committed = false;
        raw.sqlite3_commit_hook(handle, _ =>
        {
            if (fault == Fault.DiesBefore) faults.Die();
            committed = fault is not (Fault.DiesBefore or Fault.CommitFails);
            return committed ? 0 : 1;
        }, null);
        return new WriteTicket(ticket.Connection, ticket.Transaction, () =>
        {
            raw.sqlite3_commit_hook(handle, null, null);
            // SQLite's way to end it does not wait for anything.
            ticket.DisposeAsync().AsTask().GetAwaiter().GetResult();
            if (fault != Fault.DiesAfter || !committed) return;
            faults.Die();
            throw new HostDied();
        });
    }

    public override Task PrepareAsync(DbConnection connection, CancellationToken ct) =>
        faults.Dead ? throw new HostDied() : inner.PrepareAsync(connection, ct);

    public override string Name => inner.Name;
    public override DbConnection CreateConnection() => inner.CreateConnection();

    // The first of a batch is done by its second savepoint.
    public override string Savepoint(string name)
    {
        if (++savepoints == 2) victim?.Rollback();
        return inner.Savepoint(name);
    }

    public override string RollbackTo(string name) => inner.RollbackTo(name);
    public override string? Release(string name) => inner.Release(name);
    public override string Limit(string parameter) => inner.Limit(parameter);
    public override string UpdateReturning(string table, string set, string where, string columns) => inner.UpdateReturning(table, set, where, columns);
    public override string Claim(string table, string set, string condition, string order, string columns) => inner.Claim(table, set, condition, order, columns);
    public override bool LocksRows => inner.LocksRows;
    public override bool Near => inner.Near;
    public override string Seconds(string from, string to) => inner.Seconds(from, to);
    public override string Month(string column) => inner.Month(column);
    public override string JsonRows(string parameter, IReadOnlyList<string> numbers, IReadOnlyList<string> texts) => inner.JsonRows(parameter, numbers, texts);
    public override bool IsDuplicate(Exception exception) => inner.IsDuplicate(exception);
    public override bool IsTransient(Exception exception) => inner.IsTransient(exception);
    public override bool IsUndone(Exception exception) => inner.IsUndone(exception);
    public override string NotChanging => inner.NotChanging;
    public override void Give(DbParameter parameter, object? value) => inner.Give(parameter, value);
    public override object? ToDb(Field field, object? value) => inner.ToDb(field, value);
    public override Task<IAsyncDisposable> LockMigrationsAsync(DbConnection connection, CancellationToken ct) => inner.LockMigrationsAsync(connection, ct);
    public override IFilterDialect Filters => inner.Filters;

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
