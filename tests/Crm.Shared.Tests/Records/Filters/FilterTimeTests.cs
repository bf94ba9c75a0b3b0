using Crm.Shared.Records.Filters;

namespace Crm.Shared.Tests.Records.Filters;

public sealed class FilterTimeTests
{
    // 2026-11-22 00:30 in Shanghai, a Sunday; still Saturday in UTC.
    private static readonly FilterContext Context = new(null, null, new(2026, 11, 21, 16, 30, 0, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    private static object[] Within(string field, string value) =>
        [.. FilterTime.Resolve((Condition)FilterParser.Parse($$"""{"field":"{{field}}","op":"within","value":{{value}}}""", World.Deal, World.Catalogue), Context)];

    [TestCase("\"today\"", "2026-11-22", "2026-11-23")]
    [TestCase("\"yesterday\"", "2026-11-21", "2026-11-22")]
    [TestCase("\"tomorrow\"", "2026-11-23", "2026-11-24")]
    [TestCase("\"thisWeek\"", "2026-11-16", "2026-11-23")]
    [TestCase("\"lastWeek\"", "2026-11-09", "2026-11-16")]
    [TestCase("\"nextWeek\"", "2026-11-23", "2026-11-30")]
    [TestCase("\"thisMonth\"", "2026-11-01", "2026-12-01")]
    [TestCase("\"lastMonth\"", "2026-10-01", "2026-11-01")]
    [TestCase("\"nextMonth\"", "2026-12-01", "2027-01-01")]
    [TestCase("\"thisQuarter\"", "2026-10-01", "2027-01-01")]
    [TestCase("\"lastQuarter\"", "2026-07-01", "2026-10-01")]
    [TestCase("\"thisYear\"", "2026-01-01", "2027-01-01")]
    [TestCase("\"lastYear\"", "2025-01-01", "2026-01-01")]
    [TestCase("{\"last\":7}", "2026-11-16", "2026-11-23")]
    [TestCase("{\"next\":7}", "2026-11-22", "2026-11-29")]
    public void A_period_runs_from_its_first_day_to_the_day_after_its_last(string value, string from, string to) =>
        Within("bDate", value).ShouldBe([DateOnly.Parse(from), DateOnly.Parse(to)]);

    [Test]
    public void Days_begin_in_the_zone_of_the_context() =>
        Within("bDateTime", "\"today\"").ShouldBe([new DateTime(2026, 11, 21, 16, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 22, 16, 0, 0, DateTimeKind.Utc)]);

    [Test]
    public void A_day_whose_midnight_is_skipped_begins_after_the_gap() =>
        FilterTime.StartOfDay(new(2024, 9, 8), TimeZoneInfo.FindSystemTimeZoneById("America/Santiago")).ShouldBe(new DateTime(2024, 9, 8, 4, 0, 0));

    [Test]
    public void A_day_whose_midnight_comes_twice_begins_with_the_first() =>
        FilterTime.StartOfDay(new(2024, 11, 3), TimeZoneInfo.FindSystemTimeZoneById("America/Havana")).ShouldBe(new DateTime(2024, 11, 3, 4, 0, 0));
}
