namespace Crm.Shared.Work;

/// <summary>Who waits for it. Lower lanes go first; none starves.</summary>
public enum Lane
{
    /// <summary>A person acted and expects what follows at once.</summary>
    People = 0,
    Normal = 1,
    /// <summary>Imports, replays, clean-ups.</summary>
    Bulk = 2,
    /// <summary>Talks to the outside (mail, HTTP); runs beside the others so that a slow server delays nobody.</summary>
    Outside = 3,
}

/// <summary>A claimed piece of work.</summary>
public sealed class WorkItem
{
    public Guid Id { get; init; }
    public Lane Lane { get; init; }
    public string Kind { get; init; } = "";
    public string? ItemKey { get; init; }
    /// <summary>JSON of the kind's own payload.</summary>
    public string Payload { get; init; } = "";
    /// <summary>Grows with every claim; whoever completes must hold the newest.</summary>
    public long Fence { get; init; }
    /// <summary>Claims so far, this one included.</summary>
    public int Attempts { get; init; }
}

/// <summary>Does work of one kind inside the transaction that also removes the item, so its effects happen exactly once.</summary>
public interface IWorkHandler
{
    string Kind { get; }
    Task RunAsync(WorkItem item, CancellationToken ct);

    /// <summary>After the last attempt failed, in a transaction of its own; the item is parked afterwards.</summary>
    Task GaveUpAsync(WorkItem item, Exception why, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Does work in lane <see cref="Lane.Outside"/>: at least once, never inside a transaction.</summary>
public interface IOutsideHandler
{
    string Kind { get; }

    /// <summary>The external effect. It may happen again after a crash: send an idempotency key along. The result goes to <see cref="DoneAsync"/>.</summary>
    Task<string?> PerformAsync(WorkItem item, CancellationToken ct);

    /// <summary>In the transaction that removes the item.</summary>
    Task DoneAsync(WorkItem item, string? result, CancellationToken ct);

    /// <summary>After each failed attempt, in a transaction of its own.</summary>
    Task FailedAsync(WorkItem item, Exception why, bool last, CancellationToken ct);
}
