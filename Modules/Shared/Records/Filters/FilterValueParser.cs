using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Time;

namespace Crm.Shared.Records.Filters;

/// <summary>Turns one JSON value of a condition into the CLR type of its field, or into a relative value.</summary>
internal sealed partial class FilterValueParser(Field field, FilterOp op, string path)
{
    private const int MaxText = 1000;
    private const decimal MaxDecimal = long.MaxValue / 10_000;

    public FilterOp Op => op;
    /// <summary>What people call the field.</summary>
    public Label Name => @field.Label;

    public static string TypeName(Field field) => JsonNamingPolicy.CamelCase.ConvertName(field.Type.ToString());

    public Problem Bad(string at) => Problem.Invalid(at, "filter.badValue", path, FilterOps.Name(op), TypeName(field));

    public FilterValue Parse(JsonElement json, string at) =>
        (op == FilterOp.Within ? PeriodOf(json)
        : json.ValueKind == JsonValueKind.Object ? RelativeOf(json)
        : LiteralOf(json) is { } value ? new Literal(value) : null) ?? throw Bad(at);

    private object? LiteralOf(JsonElement json) => (field.Type, json.ValueKind) switch
    {
        (FieldType.Integer, JsonValueKind.Number) => json.TryGetInt64(out var n) ? n : null,
        (FieldType.Decimal or FieldType.Money, JsonValueKind.Number) =>
            json.TryGetDecimal(out var n) && decimal.Round(n, 4) == n && Math.Abs(n) <= MaxDecimal ? n : null,
        (FieldType.Boolean, JsonValueKind.True or JsonValueKind.False) => json.GetBoolean(),
        (_, JsonValueKind.String) => OfText(json),
        _ => null,
    };

    private object? OfText(JsonElement json)
    {
        string text;
        try { text = json.GetString()!; }
        catch (InvalidOperationException) { return null; } // half of a surrogate pair
        return field.Type switch
        {
            FieldType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null,
            FieldType.DateTime => Instant(text),
            FieldType.Reference => Guid.TryParseExact(text, "D", out var id) ? id : null,
            FieldType.Select or FieldType.MultiSelect => field.Options.Count == 0 || field.Options.Any(o => o.Key == text) ? text : null,
            FieldType.Email => Plain(text.ToLowerInvariant()),
            _ => field.IsText ? Plain(text) : null,
        };
    }

    // Stored text is trimmed, and engines differ on trailing spaces: an exact comparison asks for what can be there.
    private string? Plain(string text)
    {
        if (op is not (FilterOp.Contains or FilterOp.StartsWith)) text = text.Trim();
        return text.Length is > 0 and <= MaxText && !text.Contains('\0') ? text : null;
    }

    private static object? Instant(string text) =>
        ZonedTime().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? Stored.Whole(time.UtcDateTime)
            : null;

    private FilterValue? RelativeOf(JsonElement json)
    {
        if (Word(json, "$") is not { } word) return null;
        var plus = Word(json, "plus");
        if (json.EnumerateObject().Count() != (plus is null ? 1 : 2)) return null;
        return (word, field.Type) switch
        {
            ("me", FieldType.Reference) when field.References == "user" && plus is null => new Me(),
            ("myUnit", FieldType.Reference) when field.References == "unit" && plus is null => new MyUnit(),
            ("now", FieldType.DateTime) => Offset(plus) is { } offset ? new Relative(offset) : null,
            ("today", FieldType.Date) => Offset(plus) is { } offset && offset.Ticks % TimeSpan.TicksPerDay == 0 ? new Relative(offset) : null,
            _ => null,
        };
    }

    private static Period? PeriodOf(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String) return FilterTime.IsPeriod(json.GetString()!) ? new(json.GetString()!) : null;
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().ToArray() is not [{ Name: "last" or "next" } only]) return null;
        return only.Value.ValueKind == JsonValueKind.Number && only.Value.TryGetInt32(out var days) && days is >= 1 and <= 36_600
            ? new(only.Name, days)
            : null;
    }

    private static string? Word(JsonElement json, string name) =>
        json.TryGetProperty(name, out var word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;

    private static TimeSpan? Offset(string? iso) =>
        iso is null ? TimeSpan.Zero
        : IsoDuration.TryParse(iso, out var days, out var time) ? TimeSpan.FromDays(days) + time
        : null;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex ZonedTime();
}
