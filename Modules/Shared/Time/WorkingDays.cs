using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace Crm.Shared.Time;

/// <summary>Calendar rules as a line of working spans, walked in either direction.</summary>
internal sealed class WorkingDays
{
    // Long enough for every duration that is allowed on a calendar that works a day a week.
    private const int Horizon = 60_000;
    // A local time that the clocks skip is where they go on; one they show twice is the first.
    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly CalendarRules rules;
    private readonly DateTimeZone zone;

    public WorkingDays(CalendarRules rules)
    {
        this.rules = rules;
        zone = DateTimeZoneProviders.Tzdb[rules.Zone];
        if (rules.Hours.Values.All(stretches => stretches.Count == 0)) throw new ArgumentException("The calendar has no working hours.", nameof(rules));
    }

    public LocalDateTime Local(Instant at) => at.InZone(zone).LocalDateTime;

    public Instant At(LocalDateTime local) => zone.ResolveLocal(local, Resolver).ToInstant();

    public DayOff? WhyOff(LocalDate day)
    {
        if (IsMakeUp(day)) return Stretches(day).Count > 0 ? null : DayOff.WeeklyRest;
        if (rules.Hours.GetValueOrDefault(Weekday(day)) is not { Count: > 0 }) return DayOff.WeeklyRest;
        return rules.Holidays.Contains(day.ToDateOnly()) ? DayOff.Holiday : null;
    }

    public bool IsMakeUp(LocalDate day) => rules.MakeUpDays.Contains(day.ToDateOnly());

    /// <summary>Working spans from the one that holds the instant or follows it onwards, or from it backwards.</summary>
    public IEnumerable<(Instant Start, Instant End)> Spans(Instant from, bool backwards)
    {
        var day = Local(from).Date;
        for (var i = 0; i < Horizon; i++, day = day.PlusDays(backwards ? -1 : 1))
        {
            var spans = Spans(day);
            foreach (var span in backwards ? spans.Reverse() : spans)
                if (backwards ? span.Start < from : span.End > from) yield return span;
        }
        throw new InvalidOperationException($"The calendar has too little working time around {from}.");
    }

    /// <summary>The n-th working day after a day, or before it where n is negative.</summary>
    public LocalDate Nth(LocalDate day, int n)
    {
        for (var walked = 0; n != 0; walked++)
        {
            if (walked > Horizon) throw new InvalidOperationException($"The calendar has too few working days around {day}.");
            day = day.PlusDays(Math.Sign(n));
            if (WhyOff(day) is null) n -= Math.Sign(n);
        }
        return day;
    }

    /// <summary>The local time on that working day; between stretches the start of the next, after the last its end.</summary>
    public Instant Within(LocalDate day, LocalTime time)
    {
        var at = At(day + time);
        var spans = Spans(day).ToArray();
        foreach (var (start, end) in spans)
            if (at < end) return Instant.Max(at, start);
        return spans[^1].End;
    }

    private IEnumerable<(Instant Start, Instant End)> Spans(LocalDate day) =>
        from stretch in Stretches(day)
        let start = At(day + LocalTime.FromTimeOnly(stretch.Start))
        let end = At(stretch.End == TimeOnly.MinValue ? day.PlusDays(1).AtMidnight() : day + LocalTime.FromTimeOnly(stretch.End))
        where start < end
        select (start, end);

    private IReadOnlyList<WorkStretch> Stretches(LocalDate day)
    {
        var makeUp = IsMakeUp(day);
        if (!makeUp && rules.Holidays.Contains(day.ToDateOnly())) return [];
        return rules.Hours.GetValueOrDefault(makeUp ? DayOfWeek.Monday : Weekday(day)) ?? [];
    }

    private static DayOfWeek Weekday(LocalDate day) => day.DayOfWeek.ToDayOfWeek();
}
