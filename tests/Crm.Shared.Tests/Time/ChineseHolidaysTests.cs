using System.Globalization;
using Crm.Shared.Time;

namespace Crm.Shared.Tests.Time;

public sealed class ChineseHolidaysTests
{
    private static HolidayYear Year(int year) => ChineseHolidays.Read().Single(y => y.Year == year);
    private static DateOnly[] Days(int year, string name) => [.. Year(year).Holidays.Single(h => h.Name.En == name).Days];

    private static DateOnly Lunar(int year, int month, int day)
    {
        var calendar = new ChineseLunisolarCalendar();
        var leap = calendar.GetLeapMonth(year);
        return DateOnly.FromDateTime(calendar.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
    }

    [Test]
    public void Days_of_a_year_lie_in_it_and_no_day_is_both_off_and_worked()
    {
        foreach (var year in ChineseHolidays.Read())
        {
            var off = year.Holidays.SelectMany(h => h.Days).ToArray();
            var worked = year.Holidays.SelectMany(h => h.MakeUp).ToArray();
            off.Concat(worked).ShouldAllBe(d => d.Year == year.Year);
            off.ShouldBeUnique();
            off.Intersect(worked).ShouldBeEmpty();
            worked.ShouldAllBe(d => d.DayOfWeek == DayOfWeek.Saturday || d.DayOfWeek == DayOfWeek.Sunday);
        }
    }

    [Test]
    public void The_announced_year_has_33_days_off_for_13_statutory_days()
    {
        var year = Year(2026);
        year.Announced.ShouldBeTrue();
        year.Holidays.Sum(h => h.Days.Count).ShouldBe(33);
        year.Holidays.Sum(h => h.MakeUp.Count).ShouldBe(6);
        // Every weekday off beyond the statutory days is worked on a weekend; a statutory day on a weekend gives a weekday off.
        year.Holidays.SelectMany(h => h.Days).Count(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ShouldBe(13 + 6);
    }

    [Test]
    public void Next_years_statutory_days_follow_the_lunar_calendar()
    {
        var newYear = Lunar(2027, 1, 1);
        Days(2027, "Spring Festival").ShouldBe([newYear.AddDays(-1), newYear, newYear.AddDays(1), newYear.AddDays(2)]);
        Days(2027, "Dragon Boat Festival").ShouldBe([Lunar(2027, 5, 5)]);
        Days(2027, "Mid-Autumn Festival").ShouldBe([Lunar(2027, 8, 15)]);
        Year(2027).Announced.ShouldBeFalse();
        Year(2027).Holidays.Sum(h => h.Days.Count).ShouldBe(13);
        Year(2027).Holidays.SelectMany(h => h.MakeUp).ShouldBeEmpty();
    }
}
