using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Shared.Records;

/// <summary>Turns what came in (JSON or CLR) into a field's CLR value, or says why not.</summary>
public static partial class Values
{
    /// <summary>No number is further from zero: kept with four decimals in 64 bits.</summary>
    public const decimal Most = 900_000_000_000_000m;

    /// <summary>The value, null where empty; or an error for the path.</summary>
    public static (object? Value, FieldError? Error) Read(Field field, object? raw, string path)
    {
        try
        {
            if (raw is JsonElement element) raw = Plain(field, element);
            if (raw is string text && field.Type != FieldType.Json) raw = text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
            if (raw is null) return (null, null);
            return Convert(field, raw) is { } value ? Check(field, value, path) : (null, new(path, "field.type." + Code(field.Type)));
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException or InvalidOperationException or JsonException)
        {
            return (null, new(path, "field.type." + Code(field.Type)));
        }
    }

    public static bool Same(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (IReadOnlyList<string> x, IReadOnlyList<string> y) => x.SequenceEqual(y),
        (IReadOnlyList<IReadOnlyDictionary<string, object?>> x, IReadOnlyList<IReadOnlyDictionary<string, object?>> y) =>
            x.Count == y.Count && x.Zip(y).All(p => p.First.Keys.Union(p.Second.Keys).All(k => Same(p.First.GetValueOrDefault(k), p.Second.GetValueOrDefault(k)))),
        _ => a.Equals(b),
    };

    private static object? Plain(Field field, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when field.IsText => throw new FormatException(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDecimal(),
        // A reference may come back just as it was read.
        JsonValueKind.Object when field.Type == FieldType.Reference && json.TryGetProperty("id", out var id) => id.GetString(),
        JsonValueKind.Array when field.Type == FieldType.MultiSelect => json.EnumerateArray().Select(v => v.GetString() ?? "").ToArray(),
        _ when field.Type == FieldType.Json => json.GetRawText(),
        _ => throw new FormatException(),
    };

    private static object? Convert(Field field, object raw) => field.Type switch
    {
        FieldType.Integer => raw switch { long n => n, int n => (long)n, decimal d => Whole(d), string s => Whole(Number(s)), _ => null },
        FieldType.Decimal or FieldType.Money => raw switch { decimal d => Round(d), long n => (decimal)n, int n => (decimal)n, string s => Round(Number(s)), _ => null },
        FieldType.Boolean => raw switch { bool b => b, "true" => true, "false" => false, _ => null },
        FieldType.Date => raw switch { DateOnly d => d, string s => DateOnly.ParseExact(s, Stored.DateFormat, CultureInfo.InvariantCulture), _ => null },
        FieldType.DateTime => raw switch { DateTime t => Stored.Whole(t.Kind == DateTimeKind.Local ? t.ToUniversalTime() : t), DateTimeOffset t => Stored.Whole(t.UtcDateTime), string s when InstantPattern().IsMatch(s) => Stored.Whole(DateTimeOffset.Parse(s, CultureInfo.InvariantCulture).UtcDateTime), _ => null },
        FieldType.Reference => raw switch { Guid g => g, string s => Guid.Parse(s), _ => null },
        FieldType.MultiSelect => raw switch { IReadOnlyList<string> list => list.Distinct().ToArray(), string one => new[] { one }, _ => null },
        FieldType.Email => raw is string mail ? mail.ToLowerInvariant() : null,
        FieldType.Json => raw is string json ? JsonDocument.Parse(json).RootElement.GetRawText() : null,
        FieldType.Lines => null,
        _ => raw as string ?? (raw is long or decimal ? System.Convert.ToString(raw, CultureInfo.InvariantCulture) : null),
    };

    private static (object?, FieldError?) Check(Field field, object value, string path)
    {
        FieldError? error = value switch
        {
            string text when text.Contains('\0', StringComparison.Ordinal) => new(path, "field.type." + Code(field.Type)),
            string text when field.Type is not (FieldType.Json or FieldType.Select) && text.Length > Longest(field) => new(path, "field.tooLong", Longest(field), text.Length),
            string key when field.Type == FieldType.Select && field.Options.All(o => o.Key != key) => new(path, "field.option", key),
            IReadOnlyList<string> keys when keys.FirstOrDefault(k => field.Options.All(o => o.Key != k)) is { } unknown => new(path, "field.option", unknown),
            string mail when field.Type == FieldType.Email && !MailPattern().IsMatch(mail) => new(path, "field.type.email"),
            string phone when field.Type == FieldType.Phone && !PhonePattern().IsMatch(phone) => new(path, "field.type.phone"),
            string url when field.Type == FieldType.Url && !(Uri.TryCreate(url, UriKind.Absolute, out var u) && u.Scheme is "http" or "https") => new(path, "field.type.url"),
            decimal or long when field.Min is { } min && System.Convert.ToDecimal(value, CultureInfo.InvariantCulture) < min => new(path, "field.min", min),
            decimal or long when field.Max is { } max && System.Convert.ToDecimal(value, CultureInfo.InvariantCulture) > max => new(path, "field.max", max),
            decimal d when Math.Abs(d) > Most => new(path, "field.max", Most),
            _ => null,
        };
        return error is null ? (value, null) : (null, error);
    }

    public static int Longest(Field field) => field.Type == FieldType.LongText && field.MaxLength == 200 ? 10_000 : field.MaxLength;

    private static object? Whole(decimal d) => d == decimal.Truncate(d) ? (long)d : null;
    private static decimal Round(decimal d) => Math.Round(d, 4, MidpointRounding.AwayFromZero);
    private static string Code(FieldType type) => char.ToLowerInvariant(type.ToString()[0]) + type.ToString()[1..];

    /// <summary>Commas only where they part thousands: "1,5" is not fifteen.</summary>
    private static decimal Number(string text) =>
        text.Contains(',', StringComparison.Ordinal) && !ThousandsPattern().IsMatch(text)
            ? throw new FormatException()
            : decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")]
    private static partial Regex ThousandsPattern();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex InstantPattern();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex MailPattern();

    [GeneratedRegex(@"^\+?[0-9][0-9 ()\-]{3,29}$")]
    private static partial Regex PhonePattern();
}
