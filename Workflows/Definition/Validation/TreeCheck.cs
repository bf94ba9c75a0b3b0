using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Checks the shape of every step and of the lists of steps inside it.</summary>
internal sealed partial class TreeCheck(SopWorld world, InputCheck input, Report report)
{
    private const int MaxDepth = 12;
    // Ids become keys of rows, and not every database tells keys apart that differ only by case.
    private readonly HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);

    public void Check(JsonElement steps, string path, RecordType? item, int depth = 1)
    {
        if (steps.ValueKind != JsonValueKind.Array) report.Error(path, "sop.notList");
        else if (depth > MaxDepth) report.Error(path, "sop.tooDeep", MaxDepth);
        else
            for (var i = 0; i < steps.GetArrayLength(); i++) CheckStep(steps[i], $"{path}[{i}]", item, depth);
    }

    private void CheckStep(JsonElement step, string path, RecordType? item, int depth)
    {
        if (step.ValueKind != JsonValueKind.Object)
        {
            report.Error(path, "sop.notObject");
            return;
        }
        var (id, kind) = (SopValidator.Text(step, "id"), SopValidator.Text(step, "kind") ?? "");
        var description = world.Steps.Find(kind);
        var called = step.TryGetProperty("name", out var name) && SopValidator.IsLabel(name, plain: false) ? name.Deserialize<Label>(SopJson.Options) : null;
        using var _ = report.At(id, called, description);

        if (name.ValueKind != JsonValueKind.Undefined && called is null) report.Error($"{path}.name", "sop.badLabel");
        if (id is null || !Id().IsMatch(id)) report.Error($"{path}.id", "sop.badId");
        else if (!ids.Add(id)) report.Error($"{path}.id", "sop.doubleId", id);
        if (description is null)
        {
            report.Error($"{path}.kind", "sop.unknownKind", kind);
            return;
        }
        if (description.RecordTypes.Count > 0 && !description.RecordTypes.Contains(input.Type.Key)) report.Error($"{path}.kind", "sop.wrongRecordType", description.Label, input.Type.Label);

        var lists = Lists(kind);
        report.Members(step, path, ["id", "kind", "name", "inputs", .. lists]);
        var inputs = step.TryGetProperty("inputs", out var given) ? given : JsonSerializer.SerializeToElement(new { });
        var here = input.Inside(item);
        here.CheckAll(description.Inputs, inputs, $"{path}.inputs");
        if (inputs.ValueKind == JsonValueKind.Object) new StepCheck(world, here, report).Check(kind, step, inputs, path);

        var inner = kind == "forEach" && SopValidator.Text(inputs, "type") is { } type ? world.Catalogue.Find(type) : item;
        foreach (var list in lists)
            if (!step.TryGetProperty(list, out var held))
            {
                if (list is "paths" or "steps") report.Error($"{path}.{list}", "sop.noSteps");
            }
            else if (list == "paths") CheckWays(held, kind == "branch", here, $"{path}.paths", item, depth);
            else Check(held, $"{path}.{list}", inner, depth + 1);
    }

    private void CheckWays(JsonElement ways, bool conditions, InputCheck here, string path, RecordType? item, int depth)
    {
        if (ways.ValueKind != JsonValueKind.Array || ways.GetArrayLength() < (conditions ? 1 : 2))
        {
            report.Error(path, conditions ? "sop.noWays" : "sop.tooFewWays");
            return;
        }
        var seen = new HashSet<string> { "else" };
        for (var i = 0; i < ways.GetArrayLength(); i++)
        {
            var (way, at) = (ways[i], $"{path}[{i}]");
            if (way.ValueKind != JsonValueKind.Object)
            {
                report.Error(at, "sop.notObject");
                continue;
            }
            report.Members(way, at, conditions ? ["id", "label", "when", "steps"] : ["id", "label", "steps"]);
            if (SopValidator.Text(way, "id") is not { } id || !Id().IsMatch(id)) report.Error($"{at}.id", "sop.badId");
            else if (!seen.Add(id)) report.Error($"{at}.id", "sop.doubleId", id);
            if (way.TryGetProperty("label", out _) && !SopValidator.IsLabel(way, "label")) report.Error($"{at}.label", "sop.badLabel");
            if (conditions)
                if (way.TryGetProperty("when", out var when)) here.Check(new("when", InputType.Condition, new("条件", "Condition")), when, way, $"{at}.when");
                else report.Error($"{at}.when", "sop.required", new Label("条件", "Condition"));
            if (way.TryGetProperty("steps", out var steps)) Check(steps, $"{at}.steps", item, depth + 1);
            else report.Error($"{at}.steps", "sop.notList");
        }
    }

    private static IReadOnlyList<string> Lists(string kind) => kind switch
    {
        "branch" => ["paths", "else"],
        "parallel" => ["paths"],
        "forEach" or "repeat" => ["steps"],
        "waitFor" => ["timedOut"],
        _ => [],
    };

    [GeneratedRegex("^[a-z][A-Za-z0-9]{0,49}$")]
    private static partial Regex Id();
}
