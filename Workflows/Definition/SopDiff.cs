using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Workflows.Definition;

internal enum StepDifference { Added, Removed, Changed, Moved }

/// <summary>How a step differs between two versions.</summary>
/// <param name="Inputs">For a changed step: the members that differ, <c>inputs.due</c>, <c>paths.p1.when</c>.</param>
internal sealed record StepDiff(string Step, StepDifference Difference, IReadOnlyList<string> Inputs);

/// <summary>Compares two versions of an SOP step by step; a step that moved and changed is listed twice.</summary>
internal static class SopDiff
{
    public static IReadOnlyList<StepDiff> Compare(Sop before, Sop after)
    {
        var (old, now) = (new SopPlan(before), new SopPlan(after));
        var kept = now.Steps.Select(s => s.Id).Where(id => old.Find(id) is not null).ToHashSet();
        var differences = old.Steps.Where(s => !kept.Contains(s.Id)).Select(s => new StepDiff(s.Id, StepDifference.Removed, []));
        foreach (var step in now.Steps)
            if (!kept.Contains(step.Id)) differences = differences.Append(new(step.Id, StepDifference.Added, []));
            else
            {
                if (Place(old, step.Id, kept) != Place(now, step.Id, kept)) differences = differences.Append(new(step.Id, StepDifference.Moved, []));
                var changed = Changed(Own(old[step.Id]), Own(step), 0);
                if (changed.Count > 0) differences = differences.Append(new(step.Id, StepDifference.Changed, changed));
            }
        return [.. differences];
    }

    /// <summary>Block and the nearest step before it that both versions have.</summary>
    private static (string?, string, string?) Place(SopPlan plan, string id, HashSet<string> kept)
    {
        var block = plan.BlockOf(id);
        var before = block.Steps.TakeWhile(s => s.Id != id).LastOrDefault(s => kept.Contains(s.Id));
        return (block.Owner?.Id, block.Way, before?.Id);
    }

    /// <summary>The step without the steps inside it.</summary>
    public static JsonObject Own(Step step)
    {
        var json = JsonSerializer.SerializeToNode(step, SopJson.Options)!.AsObject();
        foreach (var list in (string[])["steps", "else", "timedOut"]) json.Remove(list);
        if (json["paths"] is JsonArray paths)
            json["paths"] = new JsonObject(paths.Select(p =>
            {
                var way = p!.DeepClone().AsObject();
                way.Remove("steps");
                return KeyValuePair.Create(way["id"]!.GetValue<string>(), (JsonNode?)way);
            }));
        return json;
    }

    /// <param name="within">How many levels of objects are still told member by member.</param>
    private static List<string> Changed(JsonObject before, JsonObject after, int within)
    {
        var changed = new List<string>();
        foreach (var key in before.Select(m => m.Key).Union(after.Select(m => m.Key)))
        {
            var (old, now) = (before[key], after[key]);
            if (JsonNode.DeepEquals(old, now)) continue;
            var further = key switch { "paths" => 2, "inputs" => 1, _ => within };
            if (further > 0 && old is JsonObject o && now is JsonObject n) changed.AddRange(Changed(o, n, further - 1).Select(c => $"{key}.{c}"));
            else changed.Add(key);
        }
        return changed;
    }
}
