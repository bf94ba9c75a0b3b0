using System.Text.Json;

namespace Crm.Workflows.Definition;

/// <summary>The SOPs that come with the product: each usable as it is, and a start for one's own.</summary>
internal static class ShippedSops
{
    private const string Folder = "sops/";

    public static IReadOnlyList<string> Keys { get; } =
        [.. typeof(ShippedSops).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..^".json".Length]).Order(StringComparer.Ordinal)];

    public static JsonElement Read(string key)
    {
        using var stream = typeof(ShippedSops).Assembly.GetManifestResourceStream($"{Folder}{key}.json") ?? throw new KeyNotFoundException($"No shipped SOP '{key}'.");
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
