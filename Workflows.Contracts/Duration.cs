using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Workflows.Contracts;

public enum DurationUnit { Minutes, Hours, Days, Weeks, BusinessMinutes, BusinessHours, BusinessDays }

/// <summary>A length of time as people write it, in clock or business time: JSON <c>"3 businessDays"</c>, <c>"-2 hours"</c>.</summary>
[JsonConverter(typeof(DurationConverter))]
public readonly record struct Duration(int Amount, DurationUnit Unit)
{
    /// <summary>Runs in working hours only; the business calendar turns it into a time.</summary>
    public bool IsBusiness => Unit >= DurationUnit.BusinessMinutes;

    /// <summary>Length in clock time; for business minutes and hours their working length. Business days have none.</summary>
    public TimeSpan Length => Unit switch
    {
        DurationUnit.Minutes or DurationUnit.BusinessMinutes => TimeSpan.FromMinutes(Amount),
        DurationUnit.Hours or DurationUnit.BusinessHours => TimeSpan.FromHours(Amount),
        DurationUnit.Days => TimeSpan.FromDays(Amount),
        DurationUnit.Weeks => TimeSpan.FromDays(7L * Amount),
        _ => throw new InvalidOperationException("A business day has no fixed length."),
    };

    public static bool TryParse([NotNullWhen(true)] string? text, out Duration duration)
    {
        duration = default;
        var parts = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var amount, var unit]) return false;
        if (!int.TryParse(amount, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) || Math.Abs((long)count) > 1_000_000) return false;
        if (!char.IsLower(unit[0]) || !Enum.TryParse<DurationUnit>(unit, ignoreCase: true, out var kind) || !Enum.IsDefined(kind)) return false;
        duration = new(count, kind);
        return true;
    }

    public override string ToString() =>
        $"{Amount.ToString(CultureInfo.InvariantCulture)} {JsonNamingPolicy.CamelCase.ConvertName(Unit.ToString())}";
}

internal sealed class DurationConverter : JsonConverter<Duration>
{
    public override Duration Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Duration.TryParse(reader.GetString(), out var duration)
            ? duration
            : throw new JsonException("Expected a duration such as \"3 businessDays\".");

    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
