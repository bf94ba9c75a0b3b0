using System.Globalization;
using System.Text.Json;
using Crm.Shared.Records;

namespace Crm.Shared.Data;

/// <summary>Field values between memory, columns and the JSON column of custom fields.</summary>
public static class FieldStorage
{
    /// <summary>Where both engines store alike; dialects take dates and booleans first.</summary>
    internal static object ToColumn(Field field, object value) => field.Type switch
    {
        FieldType.Reference => Stored.Id((Guid)value),
        FieldType.Decimal or FieldType.Money => Stored.Decimal((decimal)value),
        FieldType.MultiSelect => JsonSerializer.Serialize((IReadOnlyList<string>)value, Stored.Json),
        _ => value,
    };

    public static object FromColumn(Field field, object stored) => field.Type switch
    {
        FieldType.Reference => Stored.Id((byte[])stored),
        FieldType.Decimal or FieldType.Money => Stored.Decimal(Convert.ToInt64(stored, CultureInfo.InvariantCulture)),
        FieldType.Integer => Convert.ToInt64(stored, CultureInfo.InvariantCulture),
        FieldType.MultiSelect => JsonSerializer.Deserialize<string[]>((string)stored)!,
        FieldType.Boolean => stored as bool? ?? Convert.ToInt64(stored, CultureInfo.InvariantCulture) != 0,
        FieldType.DateTime => stored is string text ? Stored.Time(text) : DateTime.SpecifyKind((DateTime)stored, DateTimeKind.Utc),
        FieldType.Date => stored is string day ? Stored.Date(day) : DateOnly.FromDateTime((DateTime)stored),
        _ => stored,
    };

    /// <summary>The value as it stands in a JSON document of ours: custom fields, changes.</summary>
    public static object ToJson(Field field, object value) => field.Type switch
    {
        FieldType.Reference => ((Guid)value).ToString(),
        FieldType.Decimal or FieldType.Money => Stored.Decimal((decimal)value),
        FieldType.Boolean => (bool)value ? 1 : 0,
        FieldType.Date => Stored.Date((DateOnly)value),
        FieldType.DateTime => Stored.Time((DateTime)value),
        _ => value,
    };

    public static object? FromJson(Field field, JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : field.Type switch
    {
        FieldType.Reference => Guid.Parse(value.GetString()!),
        FieldType.Decimal or FieldType.Money => Stored.Decimal(value.GetInt64()),
        FieldType.Integer => value.GetInt64(),
        FieldType.Boolean => value.GetInt64() != 0,
        FieldType.Date => Stored.Date(value.GetString()!),
        FieldType.DateTime => Stored.Time(value.GetString()!),
        FieldType.MultiSelect => value.EnumerateArray().Select(v => v.GetString()!).ToArray(),
        FieldType.Lines => value.GetRawText(),
        _ => value.GetString(),
    };
}
