using System.Text.Json;
using Crm.Shared.Records;

namespace Crm.Shared.Time;

/// <summary>One public holiday of a year: its days off and the days worked in exchange (调休).</summary>
public sealed record PublicHoliday(Label Name, IReadOnlyList<DateOnly> Days, IReadOnlyList<DateOnly> MakeUp);

/// <summary>A year's public holidays.</summary>
/// <param name="Announced">False while only the statutory days are known: bridge and make-up days are still to come.</param>
/// <param name="Source">Who says so.</param>
public sealed record HolidayYear(int Year, bool Announced, Label Source, IReadOnlyList<PublicHoliday> Holidays);

/// <summary>The holidays of mainland China that the product ships with (<c>Time/chinese-holidays.json</c>); calendars start from them and are edited afterwards.</summary>
public static class ChineseHolidays
{
    public const string Zone = "Asia/Shanghai";

    public static IReadOnlyList<HolidayYear> Read()
    {
        using var stream = typeof(ChineseHolidays).Assembly.GetManifestResourceStream("time/chinese-holidays.json")!;
        return JsonSerializer.Deserialize<HolidayYear[]>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>Monday to Friday, 9:00 to 12:00 and 13:00 to 18:00, with all shipped holidays.</summary>
    public static CalendarRules OfficeHours()
    {
        WorkStretch[] day = [new(new(9, 0), new(12, 0)), new(new(13, 0), new(18, 0))];
        var holidays = Read().SelectMany(y => y.Holidays).ToArray();
        return new(Zone,
            Enum.GetValues<DayOfWeek>().ToDictionary(d => d, d => (IReadOnlyList<WorkStretch>)(d is DayOfWeek.Saturday or DayOfWeek.Sunday ? [] : day)),
            holidays.SelectMany(h => h.Days).ToHashSet(),
            holidays.SelectMany(h => h.MakeUp).ToHashSet());
    }
}
