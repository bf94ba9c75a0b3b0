using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows;

/// <summary>Small pieces of what the API answers.</summary>
internal static class Showing
{
    public static JsonObject? Person(DirectoryView view, Guid? id) => id is { } known ? new() { ["id"] = known.ToString(), ["name"] = view.Person(known)?.Name } : null;

    public static JsonObject? Record(string? type, Guid? id, string? name) =>
        type is null || id is not { } known ? null : new() { ["type"] = type, ["id"] = known.ToString(), ["name"] = name };

    public static JsonNode? Node(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), ContractJson.Options);

    public static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);

    /// <summary>A stored message in both languages.</summary>
    public static Label? Said(string? message, Texts texts) => message is null ? null : JsonSerializer.Deserialize<Message>(message, ContractJson.Options)!.In(texts);

    /// <summary>Camel case name of an enum's value, as the API says it.</summary>
    public static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static JsonObject Page(IEnumerable<JsonNode?> items, string? next) => new() { ["items"] = new JsonArray([.. items]), ["next"] = next };

    public static int Limit(int? limit) => limit is null ? 50 : limit is >= 1 and <= 200 ? limit.Value : throw Problem.Invalid("limit", "list.limit", 1, 200);

    /// <summary>Cursor of lists that are ordered by id.</summary>
    public static Guid? After(string? cursor) => cursor is null ? null : Guid.TryParse(cursor, out var id) ? id : throw Problem.Invalid("after", "list.cursor");
}
