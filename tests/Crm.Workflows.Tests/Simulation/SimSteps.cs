using Crm.Shared.Data;
using Crm.Workflows.Contracts;
using Crm.Workflows.Tests.Runtime;

namespace Crm.Workflows.Tests.Simulation;

/// <summary>What reached the world outside, which no crash takes back.</summary>
internal sealed class OutsideWorld
{
    public List<string> Calls { get; } = [];
}

/// <summary>An effect in the database, one row each time.</summary>
internal sealed class EffectStep(Session session) : IStep
{
    public const string Table = "CREATE TABLE t_effect (run_id BLOB NOT NULL, step TEXT NOT NULL, visit INTEGER NOT NULL)";

    public StepDescription Description { get; } = new("sim.effect", StepGroup.Records, new("效果", "Effect"), new("效果", "Effect"), new("效果", "Effect"));

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        await session.ExecuteAsync("INSERT INTO t_effect (run_id, step, visit) VALUES (@RunId, @StepId, @Visit)", new { context.RunId, context.StepId, context.Visit }, ct);
        return StepResult.Done;
    }
}

/// <summary>An effect outside, which may fail after it happened.</summary>
internal sealed class CallStep(OutsideWorld world, Runtime.Steps steps) : IStep
{
    public StepDescription Description { get; } = new("sim.outside", StepGroup.Outside, new("外部", "Outside"), new("外部", "Outside"), new("外部", "Outside")) { External = true };

    public Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        world.Calls.Add(context.IdempotencyKey);
        return steps.Fail is { } failure ? throw new StepFailure(failure, new("run.outside", "test")) : Task.FromResult(StepResult.Done);
    }
}
