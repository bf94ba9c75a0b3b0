using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Crm.Shared.Records;

namespace Crm.Shared.Problems;

/// <summary>User-facing server texts by code, Chinese and English, from the embedded <c>texts/{area}.{zh|en}.json</c> of every module.</summary>
public sealed class Texts
{
    private readonly Dictionary<string, Dictionary<string, string>> byLocale = new() { ["zh"] = [], ["en"] = [] };

    public Texts(IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
            foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("texts/", StringComparison.Ordinal)))
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var locale = byLocale[name.EndsWith(".en.json", StringComparison.Ordinal) ? "en" : "zh"];
                foreach (var (code, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!) locale.Add(code, text);
            }
    }

    public IEnumerable<string> Codes(string locale) => byLocale[locale].Keys;

    /// <summary>The text in the locale (<c>zh</c> unless it starts with en), placeholders filled, labels in that language; the code itself where no text exists.</summary>
    public string Get(string locale, string code, params IReadOnlyList<object?> args) =>
        byLocale[locale.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh"].TryGetValue(code, out var text)
            ? args.Count == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, [.. args.Select(a => a is Label label ? label.In(locale) : a)])
            : code;
}
