using Microsoft.Data.Sqlite;

namespace Crm.Workflows.Tests.Simulation;

/// <summary>The process is gone: nothing that it still tries reaches the database.</summary>
internal sealed class HostDied() : Exception("This host is dead.");

/// <summary>What goes wrong at a transaction.</summary>
internal enum Fault
{
    /// <summary>The host dies just before the commit: nothing of it stands.</summary>
    DiesBefore,
    /// <summary>The host dies just after: all of it stands, and nobody was told.</summary>
    DiesAfter,
    /// <summary>The commit fails and the host lives on.</summary>
    CommitFails,
    /// <summary>Another process holds the database for too long.</summary>
    Busy,
    /// <summary>Something happens between two transactions of this host.</summary>
    Interlude,
    /// <summary>The engine ends the transaction in its middle, as a server does with the victim of a deadlock.</summary>
    GivesWay,
}

/// <summary>The faults of one host: the n-th transaction from now meets one.</summary>
internal sealed class Faults
{
    private (Fault Fault, int In, Func<Task>? What)? armed;

    public bool Dead { get; private set; }

    /// <summary>Told each statement that runs, with its values.</summary>
    public Action<string>? Hears { get; set; }

    /// <summary>Transactions so far.</summary>
    public int Transactions { get; private set; }

    public void Arm(Fault fault, int after, Func<Task>? what = null) => armed = (fault, after, what);

    public void Disarm() => armed = null;

    /// <summary>Before a transaction begins; the fault that its commit shall meet.</summary>
    public async Task<Fault?> BeginsAsync()
    {
        if (Dead) throw new HostDied();
        Transactions++;
        if (armed is not { } next) return null;
        armed = next with { In = next.In - 1 };
        if (next.In > 0) return null;
        armed = null;
        switch (next.Fault)
        {
            case Fault.Busy: throw new SqliteException("database is locked", 5);
            case Fault.Interlude:
                await next.What!();
                return Dead ? throw new HostDied() : null;
            default: return next.Fault;
        }
    }

    public void Die() => Dead = true;
}
