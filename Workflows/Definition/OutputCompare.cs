using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Workflows.Definition;

/// <summary>The filter grammar's comparisons over JSON values: what steps hand on has no field type. Empty values compare as in filters.</summary>
internal static class OutputCompare
{
    public static IReadOnlyList<string> Ops { get; } = ["eq", "ne", "gt", "gte", "lt", "lte", "between", "in", "notIn", "contains", "startsWith", "empty", "notEmpty"];

    public static bool Holds(JsonNode? actual, string op, JsonNode? wanted) => op switch
    {
        "empty" => Empty(actual),
        "notEmpty" => !Empty(actual),
        "ne" => !Same(actual, wanted),
        "notIn" => !Any(wanted, w => Same(actual, w)),
        _ when Empty(actual) => false,
        "eq" => Same(actual, wanted),
        "in" => Any(wanted, w => Same(actual, w)),
        "contains" => actual is JsonArray list ? list.Any(item => Same(item, wanted)) : Text(actual).Contains(Text(wanted), StringComparison.OrdinalIgnoreCase),
        "startsWith" => Text(actual).StartsWith(Text(wanted), StringComparison.OrdinalIgnoreCase),
        "gt" => Order(actual, wanted) > 0,
        "gte" => Order(actual, wanted) >= 0,
        "lt" => Order(actual, wanted) < 0,
        "lte" => Order(actual, wanted) <= 0,
        "between" => wanted is JsonArray { Count: 2 } ends && Order(actual, ends[0]) >= 0 && Order(actual, ends[1]) <= 0,
        _ => throw new JsonException($"Unknown comparison '{op}'."),
    };

    private static bool Empty(JsonNode? node) => node is null || node is JsonArray { Count: 0 } || node is JsonValue && Text(node).Length == 0;

    private static bool Any(JsonNode? wanted, Func<JsonNode?, bool> holds) => wanted is JsonArray list ? list.Any(holds) : holds(wanted);

    private static bool Same(JsonNode? a, JsonNode? b) =>
        Empty(a) || Empty(b) ? Empty(a) && Empty(b)
        : Number(a) is { } x && Number(b) is { } y ? x == y
        : string.Equals(Text(a), Text(b), StringComparison.OrdinalIgnoreCase);

    /// <summary>Numbers by value; everything else as text, which orders ISO dates and times. Null when one is empty.</summary>
    private static int? Order(JsonNode? a, JsonNode? b) =>
        Empty(a) || Empty(b) ? null
        : Number(a) is { } x && Number(b) is { } y ? x.CompareTo(y)
        : string.CompareOrdinal(Text(a), Text(b));

    private static decimal? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : node?.ToJsonString() ?? "";
}
