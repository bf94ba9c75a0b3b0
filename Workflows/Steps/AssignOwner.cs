using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition.Described;

namespace Crm.Workflows.Steps;

/// <summary>Gives the record to the first person the rule finds, and says why.</summary>
internal sealed class AssignOwner(IRecords records, ICatalogueSource catalogue, IPeople people, IDirectory directory, Texts texts) : IStep
{
    public StepDescription Description => Acting.AssignOwner;

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var rule = inputs.Read<PeopleRule>("to") ?? throw new StepFailure(FailureClass.Configuration, new("run.nobody"));
        var target = await StepTools.TargetAsync(records, catalogue, context, inputs, ct);
        if (await people.FindAsync(rule, context, $"{context.SopKey}/{context.StepId}", ct) is not [var found, ..]) throw new StepFailure(FailureClass.Configuration, new("run.nobody"));
        await records.UpdateAsync(target.Type.Key, target.Id, new Dictionary<string, object?> { ["owner"] = found.User }, StepTools.Write(context), ct);
        var (name, why) = ((await directory.ReadAsync(ct)).Person(found.User)?.Name ?? "", found.Why.In(texts));
        return new()
        {
            Outputs = new JsonObject { ["owner"] = found.User.ToString() },
            Why = new Message("run.assigned", name, why).In(texts),
        };
    }
}
