using System.Globalization;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Platform.Imports;

/// <summary>Why a row did not land: kept as codes, told in the reader's language with the names of fields.</summary>
internal static class ErrorReasons
{
    public static IReadOnlyList<FieldError> Of(Problem problem) => problem.Errors.Count > 0 ? problem.Errors : [new("", problem.Code, [.. problem.Args])];

    public static string Write(IReadOnlyList<FieldError> errors) => JsonSerializer.Serialize(errors.Select(e => new Reason(e.Field, e.Code,
        [.. e.Args.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture))])), Stored.Json);

    public static string[] Cells(string json) => JsonSerializer.Deserialize<string[]>(json, Stored.Json)!;

    public static string Tell(string reasons, RecordType? type, Catalogue catalogue, Texts texts, string locale)
    {
        var english = locale.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var said = JsonSerializer.Deserialize<Reason[]>(reasons, Stored.Json)!.Select(r =>
        {
            var text = texts.Get(locale, r.Code, r.Args);
            var name = type is null || r.Field.Length == 0 ? r.Field : NameOf(type, catalogue, r.Field, locale);
            return name.Length == 0 ? text : $"{name}{(english ? ": " : "：")}{text}";
        }).ToArray();
        // One sentence of them all.
        return string.Join(english ? "; " : "；", [.. said.SkipLast(1).Select(s => s.TrimEnd('。', '.')), .. said.TakeLast(1)]);
    }

    // lines.product and lines[0].product alike.
    private static string NameOf(RecordType type, Catalogue catalogue, string path, string locale)
    {
        var names = new List<string>();
        foreach (var part in path.Split('.'))
        {
            var field = type.Find(part.Split('[')[0]);
            names.Add(field?.Label.In(locale) ?? part);
            if (field is { Type: FieldType.Lines, References: { } line }) type = catalogue[line];
        }
        return string.Join(" ", names);
    }

    private sealed record Reason(string Field, string Code, string?[] Args);
}
