using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Platform.Imports.Csv;

/// <summary>How the dates of a column are written.</summary>
internal enum DateFormat
{
    /// <summary>Year first: 2026-01-02, 2026/1/2, 20260102</summary>
    Iso,
    /// <summary>02-01-2026, 2/1/26</summary>
    DayFirst,
    /// <summary>01/02/2026</summary>
    MonthFirst,
    /// <summary>2026年1月2日</summary>
    Chinese,
}

/// <summary>One way to understand a text as a date.</summary>
/// <param name="Local">As written; at midnight where no time is.</param>
/// <param name="Offset">Distance from UTC where it is written.</param>
internal sealed record DateReading(DateFormat Format, DateTime Local, TimeSpan? Offset);

internal static partial class DateText
{
    /// <summary>Every way to understand the text; two where day and month may change places, none where it is no date.</summary>
    public static IReadOnlyList<DateReading> Readings(string text)
    {
        if (text.Length is < 6 or > 40 || !char.IsAsciiDigit(text[0]) || Form().Match(text) is not { Success: true } match) return [];
        string Group(string name) => match.Groups[name].Value;
        int Number(string name) => Group(name) is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

        if (Time(Number("h"), Number("m"), Number("s"), Group("half")) is not { } time) return [];
        if (match.Groups["f"].Success) time += TimeSpan.FromTicks((long)(double.Parse("0." + Group("f"), CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));
        var offset = Offset(Group("z"));
        var readings = new List<DateReading>(2);
        void Add(DateFormat format, int year, int month, int day)
        {
            if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return;
            readings.Add(new(format, new DateTime(year, month, day) + time, offset));
        }
        if (match.Groups["y"].Success) Add(Group("y1") == "年" ? DateFormat.Chinese : DateFormat.Iso, Number("y"), Number("mo"), Number("d"));
        else
        {
            var year = Group("y2").Length == 2 ? Number("y2") + (Number("y2") < 70 ? 2000 : 1900) : Number("y2");
            Add(DateFormat.DayFirst, year, Number("b"), Number("a"));
            Add(DateFormat.MonthFirst, year, Number("a"), Number("b"));
        }
        return readings;
    }

    private static TimeSpan? Time(int hour, int minute, int second, string half)
    {
        if (hour > 23 || minute > 59 || second > 59 || half.Length > 0 && hour > 12) return null;
        if (half.Length > 0) hour = hour % 12 + (half is "下午" || half.StartsWith("p", StringComparison.OrdinalIgnoreCase) ? 12 : 0);
        return new(hour, minute, second);
    }

    private static TimeSpan? Offset(string zone)
    {
        if (zone.Length == 0) return null;
        if (zone is "Z" or "z") return TimeSpan.Zero;
        var digits = zone[1..].Replace(":", "");
        var span = new TimeSpan(int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture), 0);
        return zone[0] == '-' ? -span : span;
    }

    [GeneratedRegex("""
        ^(?:(?<y>\d{4})(?<y1>[-/.年])\s?(?<mo>\d{1,2})[-/.月]\s?(?<d>\d{1,2})日? | (?<y>(?:19|20)\d\d)(?<mo>\d\d)(?<d>\d\d) | (?<a>\d{1,2})(?<sep>[-/.])(?<b>\d{1,2})\k<sep>(?<y2>\d{4}|\d\d))
        (?:(?:T|\s+|(?<=日))(?<half>上午|下午)?\s?(?<h>\d{1,2})[:：时](?<m>\d\d)分?(?:[:：]?(?<s>\d\d)(?:\.(?<f>\d{1,7}))?秒?)?\s?(?<half>[AaPp][Mm])?\s?(?<z>[Zz]|[+-]\d\d:?\d\d)?)?$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
