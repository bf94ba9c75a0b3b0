using System.Text.Json;

namespace Crm.Workflows.Definition;

/// <summary>The SOPs that come with the product: each usable as it is, and a start for one's own.</summary>
internal static class ShippedSops
{
    private const string Folder = "sops/";

    /// <summary>From the lead to the next sale, in the order of the work; together they lead a whole company.</summary>
    public static IReadOnlyList<string> Path { get; } = ["lead-assignment", "first-contact", "proposal-quote", "negotiation-contract", "delivery-care"];

    /// <summary>What a company runs that takes all of it: the path, and what goes with quotes. The single return visit is part of <c>delivery-care</c> already.</summary>
    public static IReadOnlyList<string> Together { get; } = [.. Path, "quote-approval", "follow-up"];

    public static IReadOnlyList<string> Keys { get; } =
        [.. typeof(ShippedSops).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..^".json".Length]).Order(StringComparer.Ordinal)];

    public static JsonElement Read(string key)
    {
        using var stream = typeof(ShippedSops).Assembly.GetManifestResourceStream($"{Folder}{key}.json") ?? throw new KeyNotFoundException($"No shipped SOP '{key}'.");
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
