using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.People.Approvals;

/// <summary>What was submitted the time before: in this approval before it was returned, or in the one before it.</summary>
internal static class Previous
{
    public static string Of(ApprovalRow row) => new JsonObject
    {
        ["at"] = Showing.Node(row.EndedAt ?? row.CreatedAt),
        ["state"] = Showing.Name(row.Status == ApprovalStatus.Open ? ApprovalStatus.Returned : row.Status),
        ["snapshot"] = JsonNode.Parse(row.Snapshot),
    }.ToJsonString(ContractJson.Options);

    /// <summary>Fields that differ, as the reader reads them: <c>[{field, label, before, after}]</c>.</summary>
    public static JsonArray Changes(JsonArray before, JsonArray after)
    {
        var old = before.OfType<JsonObject>().ToDictionary(Key);
        var now = after.OfType<JsonObject>().ToDictionary(Key);
        var keys = now.Keys.Concat(old.Keys.Where(k => !now.ContainsKey(k)));
        var changed = keys.Where(k => !JsonNode.DeepEquals(old.GetValueOrDefault(k)?["value"], now.GetValueOrDefault(k)?["value"]));
        return [.. changed.Select(k => (JsonNode)new JsonObject
        {
            ["field"] = k,
            ["label"] = (now.GetValueOrDefault(k) ?? old[k])["label"]?.DeepClone(),
            ["before"] = old.GetValueOrDefault(k)?["value"]?.DeepClone(),
            ["after"] = now.GetValueOrDefault(k)?["value"]?.DeepClone(),
        })];
    }

    private static string Key(JsonObject part) => part["field"]!.GetValue<string>();
}
