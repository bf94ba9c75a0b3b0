using Crm.Shared.Time;

namespace Crm.Shared.Tests.Time;

public sealed class BusinessClockTests
{
    private static readonly CalendarRules Office = ChineseHolidays.OfficeHours();

    // Local time in Shanghai, UTC+8 all year.
    private static DateTime At(string local) => DateTime.SpecifyKind(DateTime.Parse(local).AddHours(-8), DateTimeKind.Utc);
    private static string Local(DateTime utc) => utc.AddHours(8).ToString("yyyy-MM-dd HH:mm");
    private static BusinessDuration Business(string iso) => BusinessDuration.Parse(true, iso)!;
    private static string Add(string from, string iso) => Local(BusinessClock.Add(Office, At(from), Business(iso)));

    [TestCase("2026-11-23 09:30", "PT1H", "2026-11-23 10:30")]
    [TestCase("2026-11-23 11:30", "PT1H", "2026-11-23 13:30", TestName = "Lunch is not working time")]
    [TestCase("2026-11-23 17:00", "PT1H", "2026-11-23 18:00", TestName = "What fills the day is due at closing")]
    [TestCase("2026-11-23 17:30", "PT1H", "2026-11-24 09:30")]
    [TestCase("2026-11-20 17:30", "PT1H", "2026-11-23 09:30", TestName = "Weekends are skipped")]
    [TestCase("2026-11-21 03:00", "PT1H", "2026-11-23 10:00", TestName = "What arrives at a weekend counts from Monday's opening")]
    [TestCase("2026-09-30 17:30", "PT1H", "2026-10-08 09:30", TestName = "National Day is skipped")]
    [TestCase("2026-10-09 17:30", "PT1H", "2026-10-10 09:30", TestName = "A make-up Saturday is worked")]
    [TestCase("2026-11-23 18:00", "PT0S", "2026-11-24 09:00")]
    [TestCase("2026-11-23 10:00", "PT40H", "2026-11-30 10:00")]
    [TestCase("2026-11-23 10:00", "-PT1H", "2026-11-23 09:00")]
    [TestCase("2026-11-23 09:00", "-PT1H", "2026-11-20 17:00")]
    public void Working_hours(string from, string duration, string due) => Add(from, duration).ShouldBe(due);

    [TestCase("2026-11-23 10:15", "P3D", "2026-11-26 10:15")]
    [TestCase("2026-11-19 10:15", "P3D", "2026-11-24 10:15", TestName = "Days off do not count as working days")]
    [TestCase("2026-11-20 20:00", "P1D", "2026-11-24 09:00", TestName = "After hours counts as the next opening")]
    [TestCase("2026-02-13 16:00", "P1D", "2026-02-14 16:00", TestName = "The make-up Saturday before Spring Festival is a working day")]
    [TestCase("2026-02-13 16:00", "P2D", "2026-02-24 16:00", TestName = "Spring Festival is skipped as a whole")]
    [TestCase("2026-11-23 10:30", "P1DT2H", "2026-11-24 13:30")]
    [TestCase("2026-11-23 10:00", "-P1D", "2026-11-20 10:00")]
    public void Working_days(string from, string duration, string due) => Add(from, duration).ShouldBe(due);

    [Test]
    public void A_day_with_shorter_hours_moves_the_time_into_them()
    {
        var rules = Office with { Hours = new Dictionary<DayOfWeek, IReadOnlyList<WorkStretch>>(Office.Hours) { [DayOfWeek.Friday] = [new(new(10, 0), new(12, 0))] } };
        string Next(string thursday) => Local(BusinessClock.Add(rules, At(thursday), Business("P1D")));
        Next("2026-11-19 09:10").ShouldBe("2026-11-20 10:00");
        Next("2026-11-19 11:00").ShouldBe("2026-11-20 11:00");
        Next("2026-11-19 17:00").ShouldBe("2026-11-20 12:00");
    }

    [Test]
    public void Plain_time_takes_no_notice_of_the_calendar() =>
        Local(BusinessClock.Add(Office, At("2026-09-30 17:30"), BusinessDuration.Parse(false, "P3DT1H")!)).ShouldBe("2026-10-03 18:30");

    [Test]
    public void Plain_days_keep_the_local_time_when_clocks_change()
    {
        var berlin = Office with { Zone = "Europe/Berlin" };
        BusinessClock.Add(berlin, new(2026, 3, 28, 9, 0, 0, DateTimeKind.Utc), BusinessDuration.Parse(false, "P1D")!)
            .ShouldBe(new DateTime(2026, 3, 29, 8, 0, 0, DateTimeKind.Utc));
    }

    [Test]
    public void A_night_shift_loses_the_hour_that_the_clocks_skip()
    {
        var all = Enum.GetValues<DayOfWeek>().ToDictionary(d => d, _ => (IReadOnlyList<WorkStretch>)[new(new(0, 0), new(6, 0))]);
        var berlin = new CalendarRules("Europe/Berlin", all, new HashSet<DateOnly>(), new HashSet<DateOnly>());
        TimeSpan Worked(DateTime utc) => BusinessClock.Between(berlin, utc.AddHours(-6), utc.AddHours(18));
        Worked(new(2026, 3, 28)).ShouldBe(TimeSpan.FromHours(6));
        Worked(new(2026, 3, 29)).ShouldBe(TimeSpan.FromHours(5));
        Worked(new(2026, 10, 25)).ShouldBe(TimeSpan.FromHours(7));
    }

    [Test]
    public void Midnight_may_close_a_day()
    {
        var round = Enum.GetValues<DayOfWeek>().ToDictionary(d => d, _ => (IReadOnlyList<WorkStretch>)[new(new(0, 0), new(0, 0))]);
        var always = new CalendarRules("Asia/Shanghai", round, new HashSet<DateOnly>(), new HashSet<DateOnly>());
        BusinessClock.Add(always, At("2026-11-20 20:00"), Business("PT100H")).ShouldBe(At("2026-11-20 20:00").AddHours(100));
    }

    [Test]
    public void A_calendar_without_working_hours_is_refused() =>
        Should.Throw<ArgumentException>(() => BusinessClock.Add(Office with { Hours = new Dictionary<DayOfWeek, IReadOnlyList<WorkStretch>>() }, At("2026-11-20 20:00"), Business("PT1H")));

    [Test]
    public void A_due_time_tells_what_was_skipped_and_why()
    {
        var due = BusinessClock.Explain(Office, At("2026-09-30 19:00"), Business("P3D"));
        Local(due.Utc).ShouldBe("2026-10-12 09:00");
        Local(due.CountedFromUtc).ShouldBe("2026-10-08 09:00");
        due.Skipped.ShouldBe([new(new(2026, 10, 1), new(2026, 10, 2), DayOff.Holiday), new(new(2026, 10, 3), new(2026, 10, 4), DayOff.WeeklyRest),
            new(new(2026, 10, 5), new(2026, 10, 7), DayOff.Holiday), new(new(2026, 10, 11), new(2026, 10, 11), DayOff.WeeklyRest)]);
        due.MakeUpDays.ShouldBe([new DateOnly(2026, 10, 10)]);
        due.Text.Zh.ShouldBe("2026-09-30 19:00 起 3 个工作日，为 2026-10-12 09:00；不在工作时间，从 2026-10-08 09:00 起算；"
            + "跳过 10-01–10-02（节假日）、10-03–10-04（休息日）、10-05–10-07（节假日）、10-11（休息日）；调休上班日 10-10。");
        due.Text.En.ShouldBe("3 working days after 2026-09-30 19:00 is 2026-10-12 09:00; outside working hours, counted from 2026-10-08 09:00; "
            + "skipped 10-01–10-02 (holiday), 10-03–10-04 (rest day), 10-05–10-07 (holiday), 10-11 (rest day); worked on make-up days 10-10.");
    }
}
