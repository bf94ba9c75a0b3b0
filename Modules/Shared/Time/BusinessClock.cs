using NodaTime;

namespace Crm.Shared.Time;

/// <summary>Counts time by calendar rules. Pure. All instants are UTC. A calendar without any working hours is refused with <see cref="ArgumentException"/>.</summary>
public static class BusinessClock
{
    /// <summary>The instant a duration after (or before) another. Working time that ends exactly with the working day is due then, not the next morning;
    /// what starts outside working hours counts from the next working moment.</summary>
    public static DateTime Add(CalendarRules rules, DateTime utc, BusinessDuration duration) => Add(new(rules), At(utc), duration).Due.ToDateTimeUtc();

    /// <summary>Working time between two instants; negative where the second comes first.</summary>
    public static TimeSpan Between(CalendarRules rules, DateTime fromUtc, DateTime toUtc)
    {
        var (from, to) = (At(fromUtc), At(toUtc));
        if (to < from) return -Between(rules, toUtc, fromUtc);
        var sum = Duration.Zero;
        foreach (var (start, end) in new WorkingDays(rules).Spans(from, backwards: false))
        {
            if (start >= to) break;
            sum += Instant.Min(end, to) - Instant.Max(start, from);
        }
        return sum.ToTimeSpan();
    }

    public static bool IsWorking(CalendarRules rules, DateTime utc) =>
        new WorkingDays(rules).Spans(At(utc), backwards: false).First().Start <= At(utc);

    /// <summary>As <see cref="Add"/>, with what was skipped and why.</summary>
    public static DueTime Explain(CalendarRules rules, DateTime utc, BusinessDuration duration)
    {
        var days = new WorkingDays(rules);
        var (counted, due) = Add(days, At(utc), duration);
        return DueTime.Of(days, At(utc), counted, due, duration);
    }

    private static (Instant Counted, Instant Due) Add(WorkingDays days, Instant at, BusinessDuration duration)
    {
        if (!duration.Business)
        {
            var moved = duration.Days == 0 ? at : days.At(days.Local(at).PlusDays(duration.Days));
            return (at, moved + Duration.FromTimeSpan(duration.Time));
        }
        var start = AddTime(days, at, Duration.Zero, duration.Backwards);
        var due = start;
        if (duration.Days != 0)
        {
            var local = days.Local(start);
            due = days.Within(days.Nth(local.Date, duration.Days), local.TimeOfDay);
        }
        if (duration.Time != TimeSpan.Zero) due = AddTime(days, due, Duration.FromTimeSpan(duration.Time.Duration()), duration.Backwards);
        return (start, due);
    }

    private static Instant AddTime(WorkingDays days, Instant from, Duration left, bool backwards)
    {
        foreach (var (start, end) in days.Spans(from, backwards))
        {
            var begin = backwards ? Instant.Min(end, from) : Instant.Max(start, from);
            var available = backwards ? begin - start : end - begin;
            if (left <= available) return backwards ? begin - left : begin + left;
            left -= available;
        }
        throw new InvalidOperationException("The spans of a calendar do not end.");
    }

    private static Instant At(DateTime utc) => Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
