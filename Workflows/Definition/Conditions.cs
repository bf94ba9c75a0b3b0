using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Workflows.Definition;

/// <summary>One compared value of a decision, for the history.</summary>
/// <param name="Path">What was looked at: <c>discount</c>, <c>steps.contact.outcome</c>.</param>
/// <param name="Wanted">The condition's value as written.</param>
/// <param name="Actual">What it was, where known.</param>
internal sealed record ConditionCheck(string Path, string Op, JsonNode? Wanted, JsonNode? Actual, bool Met);

/// <summary>What a condition is held against.</summary>
internal interface IFacts
{
    /// <summary>Evaluates one leaf of the filter grammar over the run's record, with the field's present value for the explanation.</summary>
    (bool Met, JsonNode? Actual) Record(JsonElement leaf);

    /// <summary>The same over the record of the nearest for-each; the leaf's field comes without <c>item.</c>.</summary>
    (bool Met, JsonNode? Actual) Item(JsonElement leaf);

    /// <summary>Value of <c>steps.*</c> and <c>run.*</c> paths; null when not there.</summary>
    JsonNode? Output(string path);
}

/// <summary>Conditions of branches, loops and stages: the filter grammar (and, or, not, {field, op, value}) whose fields may also be
/// <c>steps.id.outcome</c>, <c>steps.id.answers.key</c>, <c>steps.id.output</c>, <c>item.field</c> and <c>run.initiator</c>.</summary>
internal static class Conditions
{
    /// <summary>Whether it holds, with every leaf that was looked at.</summary>
    public static (bool Met, IReadOnlyList<ConditionCheck> Checks) Evaluate(JsonElement condition, IFacts facts)
    {
        var checks = new List<ConditionCheck>();
        return (Holds(condition, facts, checks), checks);
    }

    /// <summary>All leaves with their JSON paths.</summary>
    public static IEnumerable<(JsonElement Leaf, string Path)> Leaves(JsonElement condition, string path)
    {
        if (condition.ValueKind != JsonValueKind.Object) yield break;
        if (condition.TryGetProperty("field", out _)) yield return (condition, path);
        foreach (var key in (string[])["and", "or"])
            if (condition.TryGetProperty(key, out var parts) && parts.ValueKind == JsonValueKind.Array)
                for (var i = 0; i < parts.GetArrayLength(); i++)
                    foreach (var leaf in Leaves(parts[i], $"{path}.{key}[{i}]")) yield return leaf;
        if (condition.TryGetProperty("not", out var part))
            foreach (var leaf in Leaves(part, $"{path}.not")) yield return leaf;
    }

    /// <summary>Field paths of the run's record, or of the for-each record, that the condition reads.</summary>
    public static IReadOnlySet<string> Paths(JsonElement condition, bool ofItem) =>
        Leaves(condition, "").Select(l => l.Leaf.GetProperty("field").GetString()!)
            .Where(f => !IsOutput(f) && IsItem(f) == ofItem)
            .Select(f => ofItem ? f["item.".Length..] : f).ToHashSet();

    public static bool IsOutput(string field) => field.StartsWith("steps.", StringComparison.Ordinal) || field.StartsWith("run.", StringComparison.Ordinal);

    public static bool IsItem(string field) => field.StartsWith("item.", StringComparison.Ordinal);

    private static bool Holds(JsonElement condition, IFacts facts, List<ConditionCheck> checks)
    {
        if (condition.TryGetProperty("and", out var all)) return all.EnumerateArray().All(part => Holds(part, facts, checks));
        if (condition.TryGetProperty("or", out var any)) return any.EnumerateArray().Any(part => Holds(part, facts, checks));
        if (condition.TryGetProperty("not", out var not)) return !Holds(not, facts, checks);

        var field = condition.GetProperty("field").GetString()!;
        var op = condition.GetProperty("op").GetString()!;
        var wanted = condition.TryGetProperty("value", out var value) ? JsonSerializer.SerializeToNode(value) : null;
        var (met, actual) = IsOutput(field) ? Compare(facts.Output(field), op, wanted)
            : IsItem(field) ? facts.Item(Inner(condition))
            : facts.Record(condition);
        checks.Add(new(field, op, wanted?.DeepClone(), actual?.DeepClone(), met));
        return met;
    }

    private static JsonElement Inner(JsonElement leaf)
    {
        var copy = JsonSerializer.SerializeToNode(leaf)!.AsObject();
        copy["field"] = leaf.GetProperty("field").GetString()!["item.".Length..];
        return JsonSerializer.SerializeToElement(copy);
    }

    private static (bool, JsonNode?) Compare(JsonNode? actual, string op, JsonNode? wanted) => (OutputCompare.Holds(actual, op, wanted), actual);
}
