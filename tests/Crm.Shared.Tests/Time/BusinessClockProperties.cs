using Crm.Shared.Time;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Shared.Tests.Time;

public sealed class BusinessClockProperties
{
    private static readonly Gen<IReadOnlyList<WorkStretch>> Stretches =
        from cuts in Gen.ListOf(Gen.Choose(0, 95), 4)
        let sorted = cuts.Distinct().Order().Select(quarter => TimeOnly.MinValue.AddMinutes(quarter * 15)).ToArray()
        select (IReadOnlyList<WorkStretch>)[.. sorted.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new WorkStretch(pair[0], pair[1]))];

    // Monday always works, so that there is working time and make-up days have hours. Zones with changes at 1, 2 and 0 o'clock, and one with half an hour.
    private static readonly Gen<CalendarRules> Rules =
        from zone in Gen.Elements("Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe")
        from monday in Stretches.Where(s => s.Count > 0)
        from others in Gen.ListOf(Gen.OneOf(Stretches, Gen.Constant<IReadOnlyList<WorkStretch>>([])), 6)
        from holidays in Days
        from makeUp in Days
        let week = Enum.GetValues<DayOfWeek>().Where(d => d != DayOfWeek.Monday).Zip(others).ToDictionary(p => p.First, p => p.Second)
        select new CalendarRules(zone, new Dictionary<DayOfWeek, IReadOnlyList<WorkStretch>>(week) { [DayOfWeek.Monday] = monday }, holidays, makeUp);

    private static Gen<IReadOnlySet<DateOnly>> Days =>
        Gen.ListOf(Gen.Choose(0, 400), 30).Select(days => (IReadOnlySet<DateOnly>)days.Select(d => new DateOnly(2026, 1, 1).AddDays(d)).ToHashSet());

    private static readonly Gen<DateTime> Instant = Gen.Choose(0, 60 * 24 * 380).Select(m => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(m));

    private static readonly Gen<BusinessDuration> Hours = Gen.Choose(0, 6000).Select(m => BusinessDuration.Hours(m / 60.0));

    private static readonly Gen<BusinessDuration> Any =
        from sign in Gen.Elements("", "-")
        from days in Gen.Choose(0, 20)
        from minutes in Gen.Choose(0, 2000)
        select BusinessDuration.Parse(true, $"{sign}P{days}DT{minutes}M")!;

    private static void ForAll<T>(Gen<T> gen, Action<T> test) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(gen.ToArbitrary(), test));

    [Test]
    public void What_starts_later_is_never_due_earlier() =>
        ForAll(from r in Rules from a in Instant from b in Instant from d in Any select (r, a, b, d), x =>
            BusinessClock.Add(x.r, x.a < x.b ? x.a : x.b, x.d).ShouldBeLessThanOrEqualTo(BusinessClock.Add(x.r, x.a < x.b ? x.b : x.a, x.d)));

    [Test]
    public void The_working_time_up_to_the_due_time_is_the_duration() =>
        ForAll(from r in Rules from a in Instant from d in Hours select (r, a, d), x =>
            BusinessClock.Between(x.r, x.a, BusinessClock.Add(x.r, x.a, x.d)).ShouldBe(x.d.Time));

    [Test]
    public void Backwards_mirrors_forwards() =>
        // Nothing before is nothing, and goes to where work begins.
        ForAll(from r in Rules from a in Instant from d in Hours where d.Time > TimeSpan.Zero select (r, a, d), x =>
        {
            var before = BusinessClock.Add(x.r, x.a, BusinessDuration.Parse(true, "-" + x.d.ToIso())!);
            before.ShouldBeLessThanOrEqualTo(x.a);
            BusinessClock.Between(x.r, before, x.a).ShouldBe(x.d.Time);
            BusinessClock.Between(x.r, x.a, before).ShouldBe(-x.d.Time);
        });

    [Test]
    public void A_due_time_is_in_working_time_or_at_its_end() =>
        ForAll(from r in Rules from a in Instant from d in Any select (r, a, d), x =>
        {
            var due = BusinessClock.Add(x.r, x.a, x.d);
            (BusinessClock.IsWorking(x.r, due) || BusinessClock.IsWorking(x.r, due.AddTicks(-1))).ShouldBeTrue($"{due:O}");
        });

    /// <summary>Read straight from the rules, not by the clock's own way of walking them.</summary>
    [Test]
    public void Nothing_is_due_on_a_day_that_the_rules_keep_free() =>
        ForAll(from r in Rules from a in Instant from d in Any select (r, a, d), x =>
        {
            var due = BusinessClock.Add(x.r, x.a, x.d);
            (Works(x.r, due) || Works(x.r, due.AddTicks(-1))).ShouldBeTrue($"{due:O}");
        });

    [Test]
    public void A_make_up_day_has_a_mondays_hours_be_it_a_sunday_or_a_holiday() =>
        ForAll(from r in Rules where r.MakeUpDays.Count > 0 from n in Gen.Choose(0, 1000) select (r: r with { Zone = "Asia/Shanghai" }, day: r.MakeUpDays.Order().ElementAt(n % r.MakeUpDays.Count)), x =>
        {
            foreach (var stretch in x.r.Hours[DayOfWeek.Monday])
                BusinessClock.IsWorking(x.r, x.day.ToDateTime(stretch.Start, DateTimeKind.Utc).AddHours(-8)).ShouldBeTrue($"{x.day} {stretch.Start}");
        });

    private static bool Works(CalendarRules rules, DateTime utc)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(rules.Zone)));
        return rules.MakeUpDays.Contains(day) || !rules.Holidays.Contains(day) && rules.Hours.TryGetValue(day.DayOfWeek, out var hours) && hours.Count > 0;
    }

    [Test]
    public void Working_time_adds_up() =>
        ForAll(from r in Rules from a in Instant from b in Instant from c in Instant select (r, a, b, c), x =>
            (BusinessClock.Between(x.r, x.a, x.b) + BusinessClock.Between(x.r, x.b, x.c)).ShouldBe(BusinessClock.Between(x.r, x.a, x.c)));

    [Test]
    public void The_explanation_gives_the_same_due_time() =>
        ForAll(from r in Rules from a in Instant from d in Any select (r, a, d), x =>
            BusinessClock.Explain(x.r, x.a, x.d).Utc.ShouldBe(BusinessClock.Add(x.r, x.a, x.d)));
}
