using System.Text.Json;
using Crm.Shared.Problems;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>What a draft must be to be kept, and to be published.</summary>
internal sealed class SopCheck(ActingSteps steps)
{
    /// <summary>A draft may be unfinished, but it has a key, a name, a record type and steps that can be read.</summary>
    public Sop Read(string key, JsonElement definition)
    {
        try
        {
            var sop = SopJson.Read(definition);
            return sop.Key == key ? sop : throw Problem.Invalid("key", "sop.otherKey", key);
        }
        catch (JsonException why)
        {
            throw Problem.Invalid(why.Path?.TrimStart('$', '.') ?? "", "sop.unreadable", why.Message);
        }
    }

    public Task PublishableAsync(string definition, CancellationToken ct)
    {
        var plan = new SopPlan(SopJson.Read(definition));
        foreach (var act in plan.Steps.OfType<Act>())
            if (steps.Find(act.ActKind) is null) throw Problem.Invalid(act.Id, "run.unknownStep", act.ActKind);
        return Task.CompletedTask;
    }
}
