using System.Text.Json;
using Crm.Host.Tests.Architecture;

namespace Crm.Host.Tests.Scope;

/// <summary>One call that the API's document describes; the address is relative to <c>/api/v1/</c>.</summary>
/// <param name="Query">Names of its query parameters.</param>
/// <param name="Members">Of its JSON body; null where it takes none.</param>
internal sealed record Call(string Method, string Address, IReadOnlyList<string> Query, IReadOnlyList<string>? Members)
{
    public override string ToString() => $"{Method} {Address}";
}

/// <summary>The API as its checked-in document tells it.</summary>
internal static class Document
{
    private const string Before = "/api/v1/";

    public static IReadOnlyList<Call> Calls { get; } = Read();

    private static List<Call> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Code.Root, "docs", "openapi.json")));
        return [.. from path in document.RootElement.GetProperty("paths").EnumerateObject()
                   from method in path.Value.EnumerateObject()
                   where method.Name is "get" or "post" or "put" or "patch" or "delete"
                   select new Call(method.Name.ToUpperInvariant(), path.Name[Before.Length..], [.. Query(method.Value)], Members(document.RootElement, method.Value))];
    }

    private static IEnumerable<string> Query(JsonElement operation) => operation.TryGetProperty("parameters", out var all)
        ? all.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)
        : [];

    private static List<string>? Members(JsonElement root, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body) || !body.GetProperty("content").TryGetProperty("application/json", out var json)) return null;
        var schema = json.GetProperty("schema");
        foreach (var choice in schema.TryGetProperty("oneOf", out var choices) ? choices.EnumerateArray() : []) schema = choice;
        if (schema.TryGetProperty("$ref", out var name)) schema = root.GetProperty("components").GetProperty("schemas").GetProperty(name.GetString()!.Split('/')[^1]);
        return schema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(p => p.Name)] : [];
    }
}
