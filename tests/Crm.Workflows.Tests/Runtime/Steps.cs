using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Tests.Runtime;

/// <summary>What the test steps have done, and whether they shall fail.</summary>
internal sealed class Steps
{
    public List<string> Done { get; } = [];
    public FailureClass? Fail { get; set; }
    /// <summary>They fail after they have written something.</summary>
    public bool HalfDone { get; set; }
    /// <summary>Calls so far.</summary>
    public int Tries { get; set; }
}

internal sealed class CountStep(Steps steps) : IStep
{
    public StepDescription Description { get; } = new("test.count", StepGroup.Records, new("计数", "Count"), new("计数", "Count"), new("计数", "Count"))
    {
        Inputs = [new("what", InputType.Value, new("什么", "What"))],
        Outputs = [new("n", FieldType.Integer, new("数", "Number"))],
    };

    public Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        steps.Done.Add(inputs.Text("what") ?? context.StepId);
        return Task.FromResult(new StepResult { Outputs = new JsonObject { ["n"] = steps.Done.Count } });
    }
}

/// <summary>Fails, or writes and then fails: what it wrote must be gone.</summary>
internal sealed class FailStep(Steps steps, IRecords records) : IStep
{
    public StepDescription Description { get; } = new("test.fail", StepGroup.Records, new("失败", "Fail"), new("失败", "Fail"), new("失败", "Fail"))
    {
        Inputs = [new("stage", InputType.Value, new("阶段", "Stage"))],
    };

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        steps.Tries++;
        if (steps is { Fail: { } at, HalfDone: false }) throw new StepFailure(at, new("run.outside", "test"));
        await records.UpdateAsync(context.Record.Type, context.Record.Id, new Dictionary<string, object?> { ["stage"] = inputs.Text("stage") ?? "won" }, WriteOptions.None, ct);
        if (steps.Fail is { } failure) throw new StepFailure(failure, new("run.outside", "test"));
        return StepResult.Done;
    }
}

internal sealed class OutsideStep(Steps steps) : IStep
{
    public StepDescription Description { get; } = new("test.outside", StepGroup.Outside, new("外部", "Outside"), new("外部", "Outside"), new("外部", "Outside")) { External = true };

    public Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        steps.Tries++;
        steps.Done.Add(context.IdempotencyKey);
        if (steps.Fail is { } failure) throw new StepFailure(failure, new("run.outside", "test"));
        return Task.FromResult(StepResult.Done);
    }
}
