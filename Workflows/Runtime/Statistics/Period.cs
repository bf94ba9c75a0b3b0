using System.Globalization;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records.Filters;

namespace Crm.Workflows.Runtime.Statistics;

/// <summary>Whole days of the company, first and last included.</summary>
internal sealed record Period(DateOnly First, DateOnly Last, TimeZoneInfo Zone)
{
    /// <summary>Figures are counted from what is there, not kept: so far back, and no runs of that time are archived yet.</summary>
    public const int LongestDays = 92;
    private const int UsualDays = 30;

    public DateTime FromUtc => FilterTime.StartOfDay(First, Zone);
    public DateTime ToUtc => FilterTime.StartOfDay(Last.AddDays(1), Zone);

    /// <summary>Ids bear the time of their making: an id's index is an index of time.</summary>
    public Guid FirstId => IdAt(FromUtc);
    public Guid EndId => IdAt(ToUtc);

    public DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, Zone));

    /// <summary>The days asked for, else the last thirty.</summary>
    public static Period Read(string? from, string? to, DateTime now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        var last = Day("to", to) ?? today;
        var first = Day("from", from) ?? last.AddDays(1 - UsualDays);
        if (first > last) throw Problem.Invalid("from", "statistics.backwards");
        if (first < today.AddDays(1 - LongestDays)) throw Problem.Invalid("from", "statistics.tooOld", LongestDays);
        return new(first, last, zone);
    }

    private static DateOnly? Day(string field, string? text) => text is null ? null
        : DateOnly.TryParseExact(text, Stored.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw Problem.Invalid(field, "field.type.date");

    private static Guid IdAt(DateTime utc)
    {
        Span<byte> bytes = stackalloc byte[16];
        var since = (long)(utc - DateTime.UnixEpoch).TotalMilliseconds;
        for (var i = 5; i >= 0; i--, since >>= 8) bytes[i] = (byte)since;
        return new(bytes, bigEndian: true);
    }
}
