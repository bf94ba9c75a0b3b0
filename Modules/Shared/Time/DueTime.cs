using Crm.Shared.Records;
using NodaTime;

namespace Crm.Shared.Time;

/// <summary>Why a day is not worked.</summary>
public enum DayOff { WeeklyRest, Holiday }

/// <summary>Days in a row that were not counted, both included.</summary>
public sealed record SkippedDays(DateOnly From, DateOnly To, DayOff Why);

/// <summary>A due time and how it came about.</summary>
/// <param name="CountedFromUtc">Where counting began: later than the start where that lay outside working hours.</param>
/// <param name="MakeUpDays">Make-up working days that were counted though their weekday is off.</param>
/// <param name="Text">The whole of it in one sentence, local times.</param>
public sealed record DueTime(DateTime Utc, DateTime CountedFromUtc, IReadOnlyList<SkippedDays> Skipped, IReadOnlyList<DateOnly> MakeUpDays, Label Text)
{
    internal static DueTime Of(WorkingDays days, Instant asked, Instant counted, Instant due, BusinessDuration duration)
    {
        var (from, to) = (days.Local(Instant.Min(asked, due)).Date, days.Local(Instant.Max(asked, due)).Date);
        var between = duration.Business ? Enumerable.Range(0, Period.DaysBetween(from, to) + 1).Select(from.PlusDays).ToArray() : [];
        var skipped = Ranges(between.Select(day => (day, days.WhyOff(day))));
        DateOnly[] makeUp = [.. between.Where(d => days.IsMakeUp(d) && days.WhyOff(d) is null).Select(d => d.ToDateOnly())];
        var text = Sentence(days.Local(asked), days.Local(counted), days.Local(due), duration, skipped, makeUp);
        return new(due.ToDateTimeUtc(), counted.ToDateTimeUtc(), skipped, makeUp, text);
    }

    private static List<SkippedDays> Ranges(IEnumerable<(LocalDate Day, DayOff? Why)> days)
    {
        var ranges = new List<SkippedDays>();
        foreach (var (local, why) in days)
        {
            if (why is null) continue;
            var day = local.ToDateOnly();
            if (ranges.Count > 0 && ranges[^1] is var last && last.Why == why && last.To.AddDays(1) == day) ranges[^1] = last with { To = day };
            else ranges.Add(new(day, day, why.Value));
        }
        return ranges;
    }

    private static Label Sentence(LocalDateTime asked, LocalDateTime counted, LocalDateTime due, BusinessDuration duration, List<SkippedDays> skipped, DateOnly[] makeUp)
    {
        var words = duration.InWords();
        var (zh, en) = (new List<string>(), new List<string>());
        zh.Add($"{Minute(asked)} 起{(duration.Backwards ? "往前" : "")} {words.Zh}，为 {Minute(due)}");
        en.Add($"{words.En} {(duration.Backwards ? "before" : "after")} {Minute(asked)} is {Minute(due)}");
        if (counted != asked)
        {
            zh.Add($"不在工作时间，从 {Minute(counted)} 起算");
            en.Add($"outside working hours, counted from {Minute(counted)}");
        }
        if (skipped.Count > 0)
        {
            zh.Add("跳过 " + Listed(skipped, s => $"{Span(s)}（{(s.Why == DayOff.Holiday ? "节假日" : "休息日")}）", "、", "等"));
            en.Add("skipped " + Listed(skipped, s => $"{Span(s)} ({(s.Why == DayOff.Holiday ? "holiday" : "rest day")})", ", ", " and more"));
        }
        if (makeUp.Length > 0)
        {
            zh.Add("调休上班日 " + Listed(makeUp, Day, "、", "等"));
            en.Add("worked on make-up days " + Listed(makeUp, Day, ", ", " and more"));
        }
        return new(string.Join("；", zh) + "。", string.Join("; ", en) + ".");
    }

    // A sentence is for reading: the whole list stands in the record.
    private static string Listed<T>(IReadOnlyList<T> items, Func<T, string> text, string comma, string more) =>
        string.Join(comma, items.Take(6).Select(text)) + (items.Count > 6 ? more : "");

    private static string Span(SkippedDays skipped) => skipped.From == skipped.To ? Day(skipped.From) : $"{Day(skipped.From)}–{Day(skipped.To)}";
    private static string Day(DateOnly day) => day.ToString("MM-dd");
    private static string Minute(LocalDateTime at) => at.ToDateTimeUnspecified().ToString("yyyy-MM-dd HH:mm");
}
