using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Which outputs of other steps a step reads.</summary>
internal static class Reads
{
    /// <summary>Paths that begin with <c>steps.</c>, with their place below the step.</summary>
    public static IEnumerable<(string Output, string Path)> Of(Step step) => step switch
    {
        Branch branch => branch.Paths.SelectMany((way, i) => way.When is { } when ? In(JsonSerializer.SerializeToNode(when), $"paths[{i}].when") : []),
        Repeat repeat => In(JsonSerializer.SerializeToNode(repeat.Until), "inputs.until"),
        _ => In(JsonSerializer.SerializeToNode<Step>(step, SopJson.Options)!["inputs"], "inputs"),
    };

    private static IEnumerable<(string Output, string Path)> In(JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject inner:
                foreach (var (key, member) in inner)
                    foreach (var read in In(member, $"{path}.{key}")) yield return read;
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    foreach (var read in In(list[i], $"{path}[{i}]")) yield return read;
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                if (text.StartsWith("steps.", StringComparison.Ordinal) && !text.Contains(' ')) yield return (text, path);
                else
                    foreach (var name in Templates.Names(text).Where(n => n.StartsWith("steps.", StringComparison.Ordinal))) yield return (name, path);
                break;
        }
    }

    /// <summary>Outcomes that a step can have; null when its kind has none.</summary>
    public static IReadOnlyCollection<string>? Outcomes(Step step, StepCatalogue steps) => step switch
    {
        TaskStep { Outcomes: [] } => ["done"],
        TaskStep task => [.. task.Outcomes.Select(o => o.Key)],
        WaitFor wait => [.. wait.Events.Select(e => e.Id), "already", "timedOut"],
        _ => steps.Find(step.Kind)?.Outcomes is { Count: > 0 } outcomes ? [.. outcomes.Select(o => o.Key)] : null,
    };

    public static bool Has(Step step, string output, StepCatalogue steps) => output.Split('.') switch
    {
        ["outcome"] => Outcomes(step, steps) is not null,
        ["answers", var key] => step is TaskStep task && task.Form.Any(f => f.Key == key),
        ["answers"] => step is TaskStep,
        [var key, ..] => steps.Find(step.Kind)?.Outputs.Any(o => o.Key == key) == true,
        _ => false,
    };
}
