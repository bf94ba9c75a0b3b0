using System.Text;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Time;

namespace Crm.Shared.Records.Filters;

/// <summary>Writes a filter back to the JSON that <see cref="FilterParser"/> reads.</summary>
public static class FilterWriter
{
    public static string ToJson(Filter filter)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Stored.JsonWriter)) Write(writer, filter);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static void Write(Utf8JsonWriter writer, Filter filter)
    {
        writer.WriteStartObject();
        switch (filter)
        {
            case And and: Parts(writer, "and", and.Parts); break;
            case Or or: Parts(writer, "or", or.Parts); break;
            case Not not:
                writer.WritePropertyName("not");
                Write(writer, not.Part);
                break;
            case Condition condition: One(writer, condition); break;
        }
        writer.WriteEndObject();
    }

    private static void Parts(Utf8JsonWriter writer, string name, IReadOnlyList<Filter> parts)
    {
        writer.WriteStartArray(name);
        foreach (var part in parts) Write(writer, part);
        writer.WriteEndArray();
    }

    private static void One(Utf8JsonWriter writer, Condition condition)
    {
        writer.WriteString("field", condition.Path);
        writer.WriteString("op", FilterOps.Name(condition.Op));
        var arity = FilterOps.Arity(condition.Op);
        if (arity == 0) return;
        writer.WritePropertyName("value");
        if (arity != 1) writer.WriteStartArray();
        foreach (var value in condition.Values) Value(writer, condition.Field, value);
        if (arity != 1) writer.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter writer, Field field, FilterValue value)
    {
        switch (value)
        {
            case Literal { Value: DateTime utc }: writer.WriteStringValue(utc.ToString("yyyy-MM-ddTHH:mm:ss.fffZ")); break;
            case Literal { Value: DateOnly day }: writer.WriteStringValue(day.ToString("yyyy-MM-dd")); break;
            case Literal literal: JsonSerializer.Serialize(writer, literal.Value, literal.Value.GetType()); break;
            case Me: Relative(writer, "me", TimeSpan.Zero); break;
            case MyUnit: Relative(writer, "myUnit", TimeSpan.Zero); break;
            case Relative relative: Relative(writer, field.Type == FieldType.Date ? "today" : "now", relative.Offset); break;
            case Period { Days: 0 } period: writer.WriteStringValue(period.Name); break;
            case Period period:
                writer.WriteStartObject();
                writer.WriteNumber(period.Name, period.Days);
                writer.WriteEndObject();
                break;
        }
    }

    private static void Relative(Utf8JsonWriter writer, string word, TimeSpan offset)
    {
        writer.WriteStartObject();
        writer.WriteString("$", word);
        if (offset != TimeSpan.Zero) writer.WriteString("plus", IsoDuration.Format(offset.Days, offset - TimeSpan.FromDays(offset.Days)));
        writer.WriteEndObject();
    }
}
