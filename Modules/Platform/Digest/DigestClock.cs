using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Time;
using Crm.Shared.Work;

namespace Crm.Platform.Digest;

/// <summary>When somebody's digest is due. One timer a person, from day to day; whether the day is worked is asked when it has come.</summary>
internal sealed class DigestClock(WorkQueue queue, IDirectory people, ICalendarSource calendars, TimeProvider time)
{
    public const string WorkKind = "digest";

    internal sealed record Work(Guid User);

    /// <summary>A day of the reader's calendar.</summary>
    internal sealed record Day(DateOnly Date, DateTime Begins, DateTime Ends, bool Worked);

    public Task ClearAsync(Guid user, CancellationToken ct) => queue.CancelAsync(WorkKind, Key(user), ct);

    /// <summary>The next time the clock strikes this hour.</summary>
    public async Task SetAsync(Guid user, int hour, CancellationToken ct)
    {
        var today = await TodayAsync(user, ct);
        var zone = await ZoneAsync(user, ct);
        var at = At(zone, today.Date, hour);
        if (at <= time.UtcNow()) at = At(zone, today.Date.AddDays(1), hour);
        await queue.EnqueueAsync(WorkKind, Key(user), new Work(user), Lane.Bulk, at, ct);
    }

    public async Task<Day> TodayAsync(Guid user, CancellationToken ct)
    {
        var rules = await RulesAsync(user, ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(rules.Zone);
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(time.UtcNow(), zone));
        var (begins, ends) = (At(zone, date, 0), At(zone, date.AddDays(1), 0));
        return new(date, begins, ends, BusinessClock.Between(rules, begins, ends) > TimeSpan.Zero);
    }

    /// <summary>An hour that the clock skips in spring is the one after it.</summary>
    private static DateTime At(TimeZoneInfo zone, DateOnly date, int hour)
    {
        var local = date.ToDateTime(new TimeOnly(hour, 0));
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }

    private async Task<TimeZoneInfo> ZoneAsync(Guid user, CancellationToken ct) => TimeZoneInfo.FindSystemTimeZoneById((await RulesAsync(user, ct)).Zone);

    private async ValueTask<CalendarRules> RulesAsync(Guid user, CancellationToken ct) => await calendars.ForAsync((await people.ReadAsync(ct)).Person(user)?.UnitId, ct);

    private static string Key(Guid user) => user.ToString("N");
}
