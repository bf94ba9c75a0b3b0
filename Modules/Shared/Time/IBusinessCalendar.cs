namespace Crm.Shared.Time;

/// <summary>Working hours of an org unit and the year's holidays and make-up working days.</summary>
/// <param name="Zone">IANA id; days begin here.</param>
/// <param name="Hours">Working stretches of each weekday, local time, in order, not overlapping.</param>
/// <param name="Holidays">Days off though their weekday works.</param>
/// <param name="MakeUpDays">Days worked though their weekday is off (调休); Monday's hours apply.</param>
public sealed record CalendarRules(
    string Zone,
    IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkStretch>> Hours,
    IReadOnlySet<DateOnly> Holidays,
    IReadOnlySet<DateOnly> MakeUpDays);

/// <summary>A stretch of working time within one day: start included, end excluded. An end of 00:00 is the midnight that closes the day.</summary>
public sealed record WorkStretch(TimeOnly Start, TimeOnly End);

/// <summary>Gives the calendar rules that apply to an org unit; its nearest ancestor's where it has none.</summary>
public interface ICalendarSource
{
    ValueTask<CalendarRules> ForAsync(Guid? unitId, CancellationToken ct);
}
