using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Trials.Replays;

/// <summary>A replay as the queue keeps it.</summary>
internal sealed record ReplayTurn(Guid Replay)
{
    public const string Kind = "workflows.replay";
}

/// <summary>Plays a replay piece by piece. It stands beside the transactions of the queue, since each case has one of its own; what came of a piece is stored in the one that ends it.</summary>
internal sealed class ReplayWork(Session session, ReplayStore store, Replaying replaying, WorkQueue work, ILive live) : IOutsideHandler
{
    public string Kind => ReplayTurn.Kind;

    public Task EnqueueAsync(Guid replay, CancellationToken ct) => work.EnqueueAsync(Kind, null, new ReplayTurn(replay), Lane.Outside, null, ct);

    public async Task<string?> PerformAsync(WorkItem item, CancellationToken ct) =>
        await store.FindAsync(IdOf(item), ct) is { Status: ReplayState.Running } row ? JsonSerializer.Serialize(await replaying.NextAsync(row, ct), ContractJson.Options) : null;

    public async Task DoneAsync(WorkItem item, string? result, CancellationToken ct)
    {
        if (result is null || await store.FindAsync(IdOf(item), ct) is not { } row) return;
        var batch = JsonSerializer.Deserialize<Batch>(result, ContractJson.Options)!;
        var figures = row.Counts();
        foreach (var figure in batch.Cases.SelectMany(c => c.Figures)) figures[figure] = figures.GetValueOrDefault(figure) + 1;
        if (!await store.SaveAsync(row, batch, figures, ct)) return;
        await store.AddAsync(row.Id, batch.Cases, ct);
        if (batch.WentTo is not null) await EnqueueAsync(row.Id, ct);
        if (row.CreatedById is { } by) session.AfterCommit(() => live.Tell([by], new("replay", null, row.Id, "updated")));
    }

    public Task FailedAsync(WorkItem item, Exception why, bool last, CancellationToken ct) =>
        last ? store.EndAsync(IdOf(item), ReplayState.Failed, why.Message.Length > 500 ? why.Message[..500] : why.Message, ct) : Task.CompletedTask;

    private static Guid IdOf(WorkItem item) => JsonSerializer.Deserialize<ReplayTurn>(item.Payload, Stored.Json)!.Replay;
}

/// <summary>Clears a replay that is old or not wanted any more, a part at a time.</summary>
internal sealed class ReplayClearing(ReplayStore store, WorkQueue work) : IWorkHandler
{
    public const string WorkKind = "workflows.replay.clear";
    private const int AtOnce = 1000;

    public string Kind => WorkKind;

    public Task EnqueueAsync(Guid replay, DateTime? due, CancellationToken ct) => work.EnqueueAsync(WorkKind, null, new ReplayTurn(replay), Lane.Bulk, due, ct);

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var id = JsonSerializer.Deserialize<ReplayTurn>(item.Payload, Stored.Json)!.Replay;
        await store.EndAsync(id, ReplayState.Cancelled, null, ct);
        if (!await store.ClearAsync(id, AtOnce, ct)) await EnqueueAsync(id, null, ct);
    }
}
