using Crm.Shared.Access;
using Crm.Shared.Records.Filters;
using Crm.Shared.Work;

namespace Crm.Workflows.Runtime.Quotas;

internal enum QuotaPer { Minute, Hour, Day }

/// <summary>At most so many starts in each minute, hour or day: of an SOP, of all SOPs for a unit's records, or of an SOP for a unit's records. Units below count in.</summary>
internal sealed record Quota(Guid Id, string? SopKey, Guid? UnitId, QuotaPer Per, int Most)
{
    public bool Concerns(Run run, DirectoryView view) =>
        (SopKey is null || SopKey == run.SopKey) && (UnitId is not { } unit || view.Unit(run.UnitId)?.Path.Contains(unit) == true);

    /// <summary>Number of the window that a time lies in; the days are the company's.</summary>
    public long WindowOf(DateTime utc, TimeZoneInfo zone) => Per == QuotaPer.Day
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone)).DayNumber
        : (utc - DateTime.UnixEpoch).Ticks / Length.Ticks;

    public DateTime BeginOf(long window, TimeZoneInfo zone) => Per == QuotaPer.Day
        ? FilterTime.StartOfDay(DateOnly.FromDayNumber((int)window), zone)
        : DateTime.UnixEpoch + Length * window;

    private TimeSpan Length => Per == QuotaPer.Minute ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1);

    /// <summary>A fifth of each window is kept for starts that people wait for: they go ahead of an import that filled the rest.</summary>
    public int Room(Lane lane) => lane == Lane.People ? Most : Most - Most / 5;
}

/// <summary>What of a quota is used, and what is promised to those that wait. Windows are numbered.</summary>
/// <param name="UsedIn">The last window in which something started.</param>
/// <param name="PeopleIn">The last window that was promised to people's work.</param>
/// <param name="RestIn">The last window that was promised to the rest.</param>
internal sealed record QuotaUse(long UsedIn, int Used, long PeopleIn, int People, long RestIn, int Rest)
{
    public static QuotaUse None { get; } = new(0, 0, 0, 0, 0, 0);

    public int UsedNow(long window) => UsedIn == window ? Used : 0;

    /// <summary>Whether one more may start now. Who was not promised a place goes behind those who were.</summary>
    public bool Fits(long window, Lane lane, int room, bool promised)
    {
        var (last, given) = lane == Lane.People ? (PeopleIn, People) : (RestIn, Rest);
        return UsedNow(window) + (promised || last < window ? 0 : given) < room && (promised || last <= window);
    }

    public QuotaUse Take(long window) => this with { UsedIn = window, Used = UsedNow(window) + 1 };

    /// <summary>The first later window that has a place not yet promised to work of its kind. A promise is kept or renewed, never dropped.</summary>
    public (QuotaUse Use, long Window) Promise(long window, Lane lane, int room)
    {
        var (last, given) = lane == Lane.People ? (PeopleIn, People) : (RestIn, Rest);
        if (last <= window) (last, given) = (window + 1, 0);
        if (given >= room) (last, given) = (last + 1, 0);
        return (lane == Lane.People ? this with { PeopleIn = last, People = given + 1 } : this with { RestIn = last, Rest = given + 1 }, last);
    }

    /// <summary>The rule changed: who waits asks again.</summary>
    public QuotaUse Forget() => this with { PeopleIn = 0, People = 0, RestIn = 0, Rest = 0 };
}
