using System.Globalization;
using System.Text.Json;

namespace Crm.Shared.Data;

/// <summary>How values lie at rest, the same on both engines wherever it can be.</summary>
public static class Stored
{
    public const string TimeFormat = "yyyy-MM-dd HH:mm:ss.fff";
    public const string DateFormat = "yyyy-MM-dd";
    public const long Scale = 10_000;
    public const int IdBytes = 16;

    public static byte[] Id(Guid id) => id.ToByteArray(bigEndian: true);
    public static byte[]? Id(Guid? id) => id is { } known ? Id(known) : null;
    public static Guid Id(byte[] bytes) => new(bytes, bigEndian: true);

    /// <summary>The greatest id of a millisecond: ids begin with their time.</summary>
    public static Guid LastId(DateTime utc)
    {
        var bytes = new byte[IdBytes];
        Array.Fill(bytes, (byte)0xff);
        var ms = new DateTimeOffset(utc).ToUnixTimeMilliseconds();
        for (var i = 5; i >= 0; i--, ms >>= 8) bytes[i] = (byte)ms;
        return Id(bytes);
    }

    /// <summary>Ten-thousandths; a fifth decimal is rounded half away from zero, as money is.</summary>
    public static long Decimal(decimal value) => (long)Math.Round(value * Scale, MidpointRounding.AwayFromZero);
    public static decimal Decimal(long stored) => stored / (decimal)Scale;

    public static string Time(DateTime utc) => utc.ToString(TimeFormat, CultureInfo.InvariantCulture);
    public static DateTime Time(string text) => DateTime.SpecifyKind(DateTime.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    public static string Date(DateOnly day) => day.ToString(DateFormat, CultureInfo.InvariantCulture);
    public static DateOnly Date(string text) => DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Milliseconds are all that both engines keep; whoever compares later needs the same value from the start.</summary>
    public static DateTime Whole(DateTime utc) => new(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    public static DateTime UtcNow(this TimeProvider time) => Whole(time.GetUtcNow().UtcDateTime);

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The same for what is written piece by piece.</summary>
    public static readonly JsonWriterOptions JsonWriter = new() { Encoder = Json.Encoder };
}
