using System.Text.Json;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Time;

namespace Crm.Platform.Calendars;

/// <summary>Working hours of one unit.</summary>
internal sealed record Hours(string Zone, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkStretch>> Week);

/// <summary>All working hours and holidays, kept in memory. Holidays are those shipped, year by year replaced by what was edited.</summary>
internal sealed class CalendarPicture(CrmOptions options) : IRefreshable
{
    public const string StampName = "calendar";
    private volatile Picture current = new(new Dictionary<Guid, Hours>(), ChineseHolidays.Read());

    internal sealed record Picture(IReadOnlyDictionary<Guid, Hours> Units, IReadOnlyList<HolidayYear> Years)
    {
        public IReadOnlySet<DateOnly> DaysOff { get; } = Years.SelectMany(y => y.Holidays).SelectMany(h => h.Days).ToHashSet();
        public IReadOnlySet<DateOnly> MakeUpDays { get; } = Years.SelectMany(y => y.Holidays).SelectMany(h => h.MakeUp).ToHashSet();
    }

    /// <summary>Of units that have no others: Monday to Friday, nine to twelve and half past one to six, where the company is.</summary>
    public Hours Usual { get; } = new(options.TimeZone, Enum.GetValues<DayOfWeek>().ToDictionary(d => d, d => (IReadOnlyList<WorkStretch>)
        (d is DayOfWeek.Saturday or DayOfWeek.Sunday ? [] : [new(new(9, 0), new(12, 0)), new(new(13, 30), new(18, 0))])));

    public string Stamp => StampName;
    public Picture Current => current;

    public async Task LoadAsync(Session session, CancellationToken ct) => current = await ReadAsync(session, ct);

    public static async Task<Picture> ReadAsync(Session session, CancellationToken ct)
    {
        var units = await session.QueryAsync<UnitRow>("SELECT unit_id, zone, hours FROM platform_calendar", null, ct);
        var edited = (await session.QueryAsync<YearRow>("SELECT calendar_year, announced, days FROM platform_holidays", null, ct)).ToDictionary(y => y.CalendarYear, y => y.Read());
        return new(units.ToDictionary(u => u.UnitId, u => u.Read()), [.. ChineseHolidays.Read().Where(y => !edited.ContainsKey(y.Year)).Concat(edited.Values).OrderBy(y => y.Year)]);
    }

    private sealed class UnitRow
    {
        public Guid UnitId { get; init; }
        public string Zone { get; init; } = "";
        public string Hours { get; init; } = "";
        public Hours Read() => new(Zone, JsonSerializer.Deserialize<Dictionary<DayOfWeek, IReadOnlyList<WorkStretch>>>(Hours, Stored.Json)!);
    }

    private sealed class YearRow
    {
        public int CalendarYear { get; init; }
        public bool Announced { get; init; }
        public string Days { get; init; } = "";
        public HolidayYear Read() => new(CalendarYear, Announced, new("本公司", "This company"), JsonSerializer.Deserialize<PublicHoliday[]>(Days, Stored.Json)!);
    }
}

/// <summary>The rules of a unit: its own hours, its nearest ancestor's, or the usual ones.</summary>
internal sealed class CalendarSource(CalendarPicture shared, CalendarChanges changes, Freshness freshness, Session session, IDirectory people) : ICalendarSource
{
    public async ValueTask<CalendarRules> ForAsync(Guid? unitId, CancellationToken ct)
    {
        var picture = await PictureAsync(ct);
        var (hours, _) = Find(picture, (await people.ReadAsync(ct)).Unit(unitId));
        return new(hours.Zone, hours.Week, picture.DaysOff, picture.MakeUpDays);
    }

    public async ValueTask<CalendarPicture.Picture> PictureAsync(CancellationToken ct)
    {
        if (changes.Pending) return await CalendarPicture.ReadAsync(session, ct);
        await freshness.EnsureAsync(ct);
        return shared.Current;
    }

    /// <summary>With the unit whose hours they are, null for the usual ones.</summary>
    public (Hours Hours, Guid? From) Find(CalendarPicture.Picture picture, Unit? unit)
    {
        foreach (var id in unit?.Path.Reverse() ?? [])
            if (picture.Units.TryGetValue(id, out var hours)) return (hours, id);
        return (shared.Usual, null);
    }
}

/// <summary>Whether the present transaction has changed calendars; see <see cref="People.DirectoryChanges"/>.</summary>
internal sealed class CalendarChanges(Session session, Freshness freshness)
{
    private bool raised;

    public bool Pending => raised &= session.InTransaction;

    public async Task RaiseAsync(CancellationToken ct)
    {
        await freshness.RaiseAsync(session, CalendarPicture.StampName, ct);
        raised = session.InTransaction;
    }
}
