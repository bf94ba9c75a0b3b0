using System.Collections.Frozen;
using Crm.Shared.Data;

namespace Crm.Shared.Records.Filters;

/// <summary>Gives relative values their meaning, the same for both back ends. Days begin in the context's zone, weeks on Monday.</summary>
public static class FilterTime
{
    /// <summary>First day and the day after the last of each named period.</summary>
    private static readonly FrozenDictionary<string, Func<DateOnly, (DateOnly From, DateOnly To)>> Periods =
        new Dictionary<string, Func<DateOnly, (DateOnly, DateOnly)>>
        {
            ["today"] = day => Days(day, 1),
            ["yesterday"] = day => Days(day.AddDays(-1), 1),
            ["tomorrow"] = day => Days(day.AddDays(1), 1),
            ["thisWeek"] = day => Days(Monday(day), 7),
            ["lastWeek"] = day => Days(Monday(day).AddDays(-7), 7),
            ["nextWeek"] = day => Days(Monday(day).AddDays(7), 7),
            ["thisMonth"] = day => Months(First(day), 1),
            ["lastMonth"] = day => Months(First(day).AddMonths(-1), 1),
            ["nextMonth"] = day => Months(First(day).AddMonths(1), 1),
            ["thisQuarter"] = day => Months(Quarter(day), 3),
            ["lastQuarter"] = day => Months(Quarter(day).AddMonths(-3), 3),
            ["thisYear"] = day => Months(new(day.Year, 1, 1), 12),
            ["lastYear"] = day => Months(new(day.Year - 1, 1, 1), 12),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The named periods, as the page offers them.</summary>
    public static IEnumerable<string> PeriodNames => Periods.Keys;

    public static bool IsPeriod(string name) => Periods.ContainsKey(name);

    /// <summary>The values a condition compares with, in the CLR type of its field. A value nobody is there for (<see cref="Me"/> without
    /// a user) is left out. <see cref="FilterOp.Within"/> gives two: the start, included, and the end, excluded.</summary>
    public static IReadOnlyList<object> Resolve(Condition condition, FilterContext context)
    {
        var values = new List<object>(condition.Values.Count);
        foreach (var value in condition.Values)
            switch (value)
            {
                case Literal literal: values.Add(literal.Value); break;
                case Me when context.UserId is { } user: values.Add(user); break;
                case MyUnit when context.UnitId is { } unit: values.Add(unit); break;
                case Relative relative when condition.Field.Type == FieldType.Date: values.Add(Today(context).AddDays(relative.Offset.Days)); break;
                case Relative relative: values.Add(Stored.Whole(context.NowUtc + relative.Offset)); break;
                case Period period: values.AddRange(Bounds(period, condition.Field.Type, context)); break;
            }
        return values;
    }

    public static DateOnly Today(FilterContext context) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(context.NowUtc, DateTimeKind.Utc), context.Zone));

    /// <summary>The instant at which a day begins in a zone.</summary>
    public static DateTime StartOfDay(DateOnly day, TimeZoneInfo zone) => ToUtc(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>The instant of a local time. One that the clocks skip is where they go on; one they show twice is the first.</summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local)) local = new(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    private static IEnumerable<object> Bounds(Period period, FieldType type, FilterContext context)
    {
        var today = Today(context);
        var (from, to) = period.Name switch
        {
            "last" => Days(today.AddDays(1 - period.Days), period.Days),
            "next" => Days(today, period.Days),
            _ => Periods[period.Name](today),
        };
        return type == FieldType.Date ? [from, to] : [StartOfDay(from, context.Zone), StartOfDay(to, context.Zone)];
    }

    private static (DateOnly, DateOnly) Days(DateOnly from, int count) => (from, from.AddDays(count));
    private static (DateOnly, DateOnly) Months(DateOnly from, int count) => (from, from.AddMonths(count));
    private static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);
    private static DateOnly Quarter(DateOnly day) => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);
    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
