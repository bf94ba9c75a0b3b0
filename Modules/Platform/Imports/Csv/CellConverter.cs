using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Platform.Imports.Csv;

/// <summary>How the cells of one column become values of one field.</summary>
/// <param name="Format">Null: only dates that can be understood in one way.</param>
/// <param name="Options">Texts of the file by option key, beside keys and labels.</param>
/// <param name="Zone">Where times without offset were written.</param>
internal sealed record ColumnRule(Field Field, DateFormat? Format, IReadOnlyDictionary<string, string> Options, TimeZoneInfo Zone);

/// <summary>Turns a cell into the CLR type of its field (<see cref="FieldType"/>), or says why it cannot. Whether the value is allowed is the record service's to say.</summary>
internal static class CellConverter
{
    private static readonly string[] Yes = ["是", "有", "对", "真", "√", "yes", "y", "true", "t", "1", "on"];
    private static readonly string[] No = ["否", "无", "没有", "错", "假", "×", "no", "n", "false", "f", "0", "off"];
    private static readonly string[] Nothing = ["null", "n/a", "#n/a", "-", "--"];

    /// <summary>An empty cell is null without error. A reference that is no id stays text for the caller to look up.</summary>
    public static (object? Value, FieldError? Error) Convert(ColumnRule rule, string cell)
    {
        var field = rule.Field;
        if (string.IsNullOrWhiteSpace(cell)) return (null, null);
        var text = CellText.Clean(cell);
        if (!field.IsText && Nothing.Contains(text, StringComparer.OrdinalIgnoreCase)) return (null, null);
        (object?, FieldError?) Bad(string code) => (null, new(field.Key, code, cell.Trim()));

        switch (field.Type)
        {
            case FieldType.Text or FieldType.LongText: return (CellText.Unmarked(cell), null);
            case FieldType.Email: return (text.ToLowerInvariant(), null);
            case FieldType.Phone: return (Phone(text), null);
            case FieldType.Url: return (text.Contains("://") ? text : $"https://{text}", null);
            case FieldType.Integer:
                if (!NumberText.TryParse(text, out var whole)) return Bad("import.badNumber");
                return whole == decimal.Truncate(whole) && Math.Abs(whole) <= long.MaxValue ? ((long)whole, null) : Bad("import.notWhole");
            case FieldType.Decimal or FieldType.Money:
                return NumberText.TryParse(text, out var number) ? (decimal.Round(number, 4, MidpointRounding.AwayFromZero), null) : Bad("import.badNumber");
            case FieldType.Boolean:
                if (Yes.Contains(text, StringComparer.OrdinalIgnoreCase)) return (true, null);
                return No.Contains(text, StringComparer.OrdinalIgnoreCase) ? (false, null) : Bad("import.badBoolean");
            case FieldType.Date or FieldType.DateTime:
                var (date, code) = Date(rule, text);
                return code is null ? (date, null) : Bad(code);
            case FieldType.Select: return Option(rule, text) is { } key ? (key, null) : Bad("import.badOption");
            case FieldType.MultiSelect:
                var keys = text.Split([',', ';', '、', '|', '\n', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => Option(rule, t)).ToArray();
                return keys.Contains(null) ? Bad("import.badOption") : (keys.Distinct().ToArray(), null);
            case FieldType.Reference: return (Guid.TryParseExact(text, "D", out var id) ? id : CellText.Unmarked(cell), null);
            case FieldType.Json: return IsJson(cell) ? (cell.Trim(), null) : Bad("import.badJson");
            default: return Bad("import.notImportable");
        }
    }

    private static (object? Value, string? Code) Date(ColumnRule rule, string text)
    {
        var readings = DateText.Readings(text);
        var fitting = readings.Where(r => rule.Format is null || r.Format == rule.Format || r.Format is DateFormat.Iso or DateFormat.Chinese).ToArray();
        if (fitting.Length == 0) return (null, "import.badDate");
        if (fitting.DistinctBy(r => r.Local).Count() > 1) return (null, "import.ambiguousDate");
        var (local, offset) = (fitting[0].Local, fitting[0].Offset);
        if (rule.Field.Type == FieldType.Date) return (DateOnly.FromDateTime(local), null);
        var utc = offset is { } known ? DateTime.SpecifyKind(local - known, DateTimeKind.Utc) : FilterTime.ToUtc(local, rule.Zone);
        return (Stored.Whole(utc), null);
    }

    private static string? Option(ColumnRule rule, string text)
    {
        bool Same(string? other) => string.Equals(other, text, StringComparison.OrdinalIgnoreCase);
        return rule.Options.FirstOrDefault(o => Same(CellText.Clean(o.Key))).Value
            ?? rule.Field.Options.FirstOrDefault(o => Same(o.Key) || Same(o.Label.Zh) || Same(o.Label.En))?.Key;
    }

    // (010) 8888.1234 is what people mean by 010 8888-1234.
    private static string Phone(string text) => string.Join(' ', text.Replace('.', '-').Split([' ', '(', ')', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));

    private static bool IsJson(string cell)
    {
        try
        {
            using var document = JsonDocument.Parse(cell);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
