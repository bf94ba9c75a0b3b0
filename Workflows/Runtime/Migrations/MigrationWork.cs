using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Runtime.Migrations;

/// <summary>A migration as the queue keeps it: its runs after this one are still to be given out.</summary>
internal sealed record MigrationItem(Guid Migration, Guid? After);

/// <summary>One run of a migration.</summary>
internal sealed record MigrationRunItem(Guid Migration, Guid Run);

/// <summary>Begins migrations and gives out their runs, a hundred at a time, each as a piece of work and hence a transaction of its own.</summary>
internal sealed class MigrationWork(Session session, MigrationStore store, WorkQueue queue) : IWorkHandler
{
    public const string WorkKind = "workflows.migration";
    private const int AtOnce = 100;

    public string Kind => WorkKind;

    public Task<MigrationRow> BeginAsync(MigrationTarget target, IReadOnlyDictionary<string, string> map, IReadOnlyList<Guid>? runs, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var migration = await store.BeginAsync(target.Key, target.Version!.Value, map, runs, ct);
        if (migration.Total > 0) await queue.EnqueueAsync(WorkKind, null, JsonSerializer.Serialize(new MigrationItem(migration.Id, null), ContractJson.Options), Lane.Bulk, null, ct);
        return migration;
    }, ct);

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var (id, after) = JsonSerializer.Deserialize<MigrationItem>(item.Payload, ContractJson.Options)!;
        var runs = await store.WaitingAsync(id, after, AtOnce, ct);
        foreach (var run in runs)
            await queue.EnqueueAsync(MigrationRunWork.WorkKind, $"{id:N}/{run:N}", JsonSerializer.Serialize(new MigrationRunItem(id, run), ContractJson.Options), Lane.Bulk, null, ct);
        if (runs.Count == AtOnce) await queue.EnqueueAsync(WorkKind, null, JsonSerializer.Serialize(new MigrationItem(id, runs[^1]), ContractJson.Options), Lane.Bulk, null, ct);
    }
}

/// <summary>Moves the runs of a migration, as the person who asked for it with the rights they have now.</summary>
internal sealed class MigrationRunWork(Session session, MigrationStore store, MigrationPlan plan, RunMover mover, IActors actors, CurrentActor current) : IWorkHandler
{
    public const string WorkKind = "workflows.migrateRun";

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var (id, run) = Read(item);
        if (await store.FindAsync(id, ct) is not { } migration) return;
        var actor = migration.CreatedById is { } user ? await actors.ForUserAsync(user, ct) : Actor.System;
        if (actor is null || !actor.Can(WorkflowPermissions.ManageRuns))
        {
            await store.DoneAsync(id, run, [new("migrate.outOfScope")], ct);
            return;
        }
        using var _ = current.As(actor);
        await store.DoneAsync(id, run, await MoveAsync(migration, run, ct), ct);
    }

    /// <summary>The queue tried often: what is wrong with this run is said where the others are counted.</summary>
    public Task GaveUpAsync(WorkItem item, Exception why, CancellationToken ct)
    {
        var (id, run) = Read(item);
        return store.DoneAsync(id, run, [new("run.unexpected", why.GetType().Name, why.Message)], ct);
    }

    private async Task<IReadOnlyList<Message>> MoveAsync(MigrationRow migration, Guid run, CancellationToken ct)
    {
        try
        {
            var target = await plan.TargetAsync(migration.SopKey, $"{migration.ToVersion}", ct);
            await session.SavepointAsync(async () =>
            {
                await mover.MoveAsync(run, target, migration.Map(), migration.CreatedById, ct);
                return true;
            }, ct);
            return [];
        }
        catch (CannotMove stays)
        {
            return stays.Reasons;
        }
        catch (Problem refused)
        {
            return [new(refused.Code, [.. refused.Args])];
        }
    }

    private static MigrationRunItem Read(WorkItem item) => JsonSerializer.Deserialize<MigrationRunItem>(item.Payload, ContractJson.Options)!;
}
