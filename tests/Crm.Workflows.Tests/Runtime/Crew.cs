using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Shared.Settings;
using Crm.Shared.Time;

namespace Crm.Workflows.Tests.Runtime;

/// <summary>The people of the small company that these tests are about.</summary>
internal sealed class Crew : IDirectory, IActors
{
    public static readonly Guid Root = Id(1), East = Id(2);
    public static readonly Guid Boss = Id(11), Lead = Id(12), Rep = Id(13), Other = Id(14), Admin = Id(15);

    private static readonly Person[] People =
    [
        Who(Boss, "王总", Root, "salesDirector"), Who(Lead, "陈经理", East, "salesManager"), Who(Rep, "李销售", East, "rep"), Who(Other, "赵销售", East, "rep"),
        Who(Admin, "管理员", Root, BuiltInRole.Administrator),
    ];

    private static readonly Unit[] Units = [new(Root, "总部", null, Boss, [Root], null), new(East, "华东", Root, Lead, [Root, East], "east")];

    public static IReadOnlyList<Guid> All { get; } = [Boss, Lead, Rep, Other, Admin];

    public List<Absence> Absences { get; } = [];

    public ValueTask<DirectoryView> ReadAsync(CancellationToken ct) => new(new DirectoryView(People, Units, Absences));

    public ValueTask<Actor?> ForUserAsync(Guid userId, CancellationToken ct) => new(ActorOf(userId));
    public ValueTask<Actor?> ForSessionAsync(Guid userId, string stamp, CancellationToken ct) => new(ActorOf(userId));

    public static Actor ActorOf(Guid id) => new()
    {
        UserId = id,
        UnitId = People.First(p => p.Id == id).UnitId,
        Name = People.First(p => p.Id == id).Name,
        Unlimited = id == Admin,
        Permissions = new HashSet<string> { "deal.read", "deal.create", "deal.update", "deal.delete" },
        Scopes = new Dictionary<string, DataScope> { ["*"] = DataScope.All },
    };

    private static Guid Id(byte n) => new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, n);

    private static Person Who(Guid id, string name, Guid unit, string role) => new(id, name, $"{role}@example.com", unit, [role], role, true, "zh");
}

/// <summary>Keeps what people were told, once per key as the real one does.</summary>
internal sealed class Told : INotifier, ILive, IMailer
{
    private readonly HashSet<string> keys = [];

    public List<(Guid User, Notice Notice)> Notices { get; } = [];
    public List<Mail> Mails { get; } = [];
    /// <summary>How often mail was asked for, with repetitions.</summary>
    public int Asked { get; private set; }

    public void Forget()
    {
        keys.Clear();
        Notices.Clear();
        Mails.Clear();
    }

    public Task NotifyAsync(IReadOnlyCollection<Guid> users, Notice notice, CancellationToken ct)
    {
        foreach (var user in users)
            if (keys.Add($"{user}/{notice.DedupeKey}")) Notices.Add((user, notice));
        return Task.CompletedTask;
    }

    /// <summary>Whose notices of what count as read.</summary>
    public List<(Guid User, string About)> Settled { get; } = [];

    public Task SettleAsync(Guid user, string about, CancellationToken ct)
    {
        Settled.Add((user, about));
        return Task.CompletedTask;
    }

    public void Tell(IReadOnlyCollection<Guid> users, LiveHint hint)
    {
    }

    public void TellReaders(LiveHint hint, IReadOnlyList<Belonging>? whose = null)
    {
    }

    public Task<bool> EnqueueAsync(string key, Mail mail, CancellationToken ct)
    {
        Asked++;
        if (!keys.Add("mail/" + key)) return Task.FromResult(false);
        Mails.Add(mail);
        return Task.FromResult(true);
    }
}

/// <summary>Nine to six, Monday to Friday, in Shanghai unless told otherwise.</summary>
internal sealed class Office : ICalendarSource
{
    private static readonly WorkStretch[] Day = [new(new(9, 0), new(18, 0))];

    public string Zone { get; set; } = "Asia/Shanghai";
    public HashSet<DateOnly> Holidays { get; } = [];

    public ValueTask<CalendarRules> ForAsync(Guid? unitId, CancellationToken ct) => new(new CalendarRules(
        Zone,
        Enum.GetValues<DayOfWeek>().ToDictionary(d => d, d => (IReadOnlyList<WorkStretch>)(d is DayOfWeek.Saturday or DayOfWeek.Sunday ? [] : Day)),
        Holidays,
        new HashSet<DateOnly>()));
}

/// <summary>What the company has set.</summary>
internal sealed class Settings : ISettings
{
    public Dictionary<string, object?> Values { get; } = [];

    public ValueTask<object?> ReadAsync(string key, CancellationToken ct) => new(Values.GetValueOrDefault(key));
}

/// <summary>A clock that stands still until moved.</summary>
internal sealed class SettableTime(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    /// <summary>How far it goes on each time it is read: with a millisecond no two ids are of one instant, so that they sort alike in every repetition.</summary>
    public TimeSpan Tick { get; set; }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref ticks, Tick.Ticks), TimeSpan.Zero);
    public override long GetTimestamp() => Interlocked.Read(ref ticks);
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
    public void Set(DateTimeOffset to) => Interlocked.Exchange(ref ticks, to.UtcTicks);
}
