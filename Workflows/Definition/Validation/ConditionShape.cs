using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Takes the leaves of other roots out of a condition, so that the filter parser can check the rest in its place.</summary>
internal static class ConditionShape
{
    private static JsonNode Nothing => new JsonObject { ["and"] = new JsonArray() };

    /// <summary>The condition with outputs and items left out; a filter over the record.</summary>
    public static JsonElement OverRecord(JsonElement condition) =>
        JsonSerializer.SerializeToElement(Only(JsonSerializer.SerializeToNode(condition), field => !Conditions.IsOutput(field) && !Conditions.IsItem(field), field => field));

    /// <summary>The leaves over the for-each record, as a filter over it.</summary>
    public static JsonElement? OverItem(JsonElement condition) =>
        JsonSerializer.SerializeToElement(Only(JsonSerializer.SerializeToNode(condition), Conditions.IsItem, field => field["item.".Length..]));

    private static JsonNode? Only(JsonNode? node, Func<string, bool> keep, Func<string, string> name)
    {
        if (node is not JsonObject part) return node?.DeepClone();
        if (part["field"] is JsonValue value && value.TryGetValue<string>(out var field))
        {
            if (!keep(field)) return Nothing;
            var leaf = part.DeepClone().AsObject();
            leaf["field"] = name(field);
            return leaf;
        }
        var copy = part.DeepClone().AsObject();
        foreach (var key in (string[])["and", "or"])
            if (part[key] is JsonArray parts) copy[key] = new JsonArray([.. parts.Select(p => Only(p, keep, name))]);
        if (part.TryGetPropertyValue("not", out var not)) copy["not"] = Only(not, keep, name);
        return copy;
    }
}
