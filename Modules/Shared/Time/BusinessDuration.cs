using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Shared.Records;

namespace Crm.Shared.Time;

/// <summary>A stretch of time, either of working time or of plain calendar time. JSON has one member:
/// <list type="bullet">
/// <item><c>{"business":"PT1H"}</c>: hours, minutes and seconds that lie within working time.</item>
/// <item><c>{"business":"P3D"}</c>: working days: the same local time on the third working day, moved into its working hours.</item>
/// <item><c>{"plain":"P3D"}</c>: calendar days (same local time) and elapsed hours.</item>
/// </list>
/// Days come first, then the time. A minus in front counts backwards. Business time takes no weeks.</summary>
[JsonConverter(typeof(BusinessDurationConverter))]
public sealed record BusinessDuration
{
    private const int MaxDays = 1000;
    private static readonly TimeSpan MaxTime = TimeSpan.FromHours(5000);

    private BusinessDuration(bool business, int days, TimeSpan time) => (Business, Days, Time) = (business, days, time);

    public bool Business { get; }
    public int Days { get; }
    public TimeSpan Time { get; }
    public bool Backwards => Days < 0 || Time < TimeSpan.Zero;

    /// <summary>Null where the text is no duration, or one of business time beyond 1,000 days or 5,000 hours.</summary>
    public static BusinessDuration? Parse(bool business, string iso)
    {
        if (!IsoDuration.TryParse(iso, out var days, out var time)) return null;
        if (business && (iso.Contains('W') || Math.Abs(days) > MaxDays || time.Duration() > MaxTime)) return null;
        return new(business, days, time);
    }

    /// <summary>Reads the JSON form; null where it is none.</summary>
    public static BusinessDuration? Parse(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.EnumerateObject().ToArray() is [{ Name: "business" or "plain", Value.ValueKind: JsonValueKind.String } only]
            ? Parse(only.Name == "business", only.Value.GetString()!)
            : null;

    public static BusinessDuration Hours(double hours) => new(true, 0, TimeSpan.FromHours(hours));
    public static BusinessDuration WorkingDays(int days) => new(true, days, TimeSpan.Zero);
    public static BusinessDuration Plain(TimeSpan time) => new(false, time.Days, time - TimeSpan.FromDays(time.Days));

    public string ToIso() => IsoDuration.Format(Days, Time);

    /// <summary>In words, without sign: 3 个工作日 2 小时工作时间.</summary>
    public Label InWords()
    {
        List<(long N, string Zh, string En)> parts = [];
        void Part(long n, string zh, string en) { if (n != 0) parts.Add((Math.Abs(n), zh, en)); }
        Part(Days, Business ? "个工作日" : "天", Business ? "working day" : "day");
        Part((long)Time.TotalHours, Business ? "个工作小时" : "小时", Business ? "working hour" : "hour");
        Part(Time.Minutes, Business ? "分钟（工作时间）" : "分钟", Business ? "working minute" : "minute");
        Part(Time.Seconds, Business ? "秒（工作时间）" : "秒", Business ? "working second" : "second");
        if (parts.Count == 0) parts.Add((0, "分钟", "minute"));
        return new(string.Join(' ', parts.Select(p => $"{p.N} {p.Zh}")), string.Join(' ', parts.Select(p => $"{p.N} {p.En}{(p.N == 1 ? "" : "s")}")));
    }

    public override string ToString() => $"{(Business ? "business" : "plain")} {ToIso()}";
}

internal sealed class BusinessDurationConverter : JsonConverter<BusinessDuration>
{
    public override BusinessDuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return BusinessDuration.Parse(document.RootElement) ?? throw new JsonException($"'{document.RootElement.GetRawText()}' is no duration.");
    }

    public override void Write(Utf8JsonWriter writer, BusinessDuration value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(value.Business ? "business" : "plain", value.ToIso());
        writer.WriteEndObject();
    }
}
