using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Shared.Tests;

/// <summary>The kernel alone on a fresh SQLite file, with three small record types of its own.</summary>
internal sealed class Kernel : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "crm-kernel-" + Guid.NewGuid().ToString("N"));
    private readonly ServiceProvider services;

    public static readonly Guid Boss = Guid.CreateVersion7(), Rep = Guid.CreateVersion7(), Other = Guid.CreateVersion7();
    public static readonly Guid Root = Guid.CreateVersion7(), East = Guid.CreateVersion7(), West = Guid.CreateVersion7();

    public SettableTime Time { get; } = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
    public string Folder => folder;
    public IServiceProvider Services => services;
    public WorkRunner Runner => services.GetRequiredService<WorkRunner>();

    private Kernel(Action<IServiceCollection>? more)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddShared(new CrmOptions { DataFolder = folder, Work = false }, typeof(Kernel).Assembly);
        collection.AddSingleton<IRecordTypes, Types>();
        collection.AddSingleton<IDirectory, People>();
        more?.Invoke(collection);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public static async Task<Kernel> StartAsync(Action<IServiceCollection>? more = null)
    {
        var kernel = new Kernel(more);
        await kernel.services.GetRequiredService<Migrator>().MigrateAsync(default);
        await kernel.RunAsync(async (s, _) =>
        {
            const string system = "id BLOB PRIMARY KEY, version INTEGER NOT NULL, custom TEXT, created_at TEXT, created_by_id BLOB, updated_at TEXT, updated_by_id BLOB, deleted_at TEXT";
            var session = s.GetRequiredService<Session>();
            await session.ExecuteAsync($"CREATE TABLE t_firm ({system}, number TEXT, owner_id BLOB, unit_id BLOB, name TEXT, phone TEXT, size INTEGER, revenue INTEGER, tags TEXT, kind TEXT, founded TEXT)", null, default);
            await session.ExecuteAsync($"CREATE TABLE t_offer ({system}, firm_id BLOB, name TEXT, total INTEGER)", null, default);
            await session.ExecuteAsync("CREATE TABLE t_offer_line (parent_id BLOB, position INTEGER, what TEXT, quantity INTEGER, PRIMARY KEY (parent_id, position)) WITHOUT ROWID", null, default);
        });
        return kernel;
    }

    public static Actor ActorOf(Guid user, Guid unit, DataScope scope) => new()
    {
        UserId = user,
        UnitId = unit,
        Name = "测试",
        Permissions = new HashSet<string> { "firm.read", "firm.create", "firm.update", "firm.delete", "offer.read", "offer.create", "offer.update" },
        Scopes = new Dictionary<string, DataScope> { ["*"] = scope },
    };

    /// <summary>A scope of its own, as a request has, acting as the system unless told otherwise.</summary>
    public async Task<T> RunAsync<T>(Func<IServiceProvider, IRecords, Task<T>> work, Actor? actor = null)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(actor ?? Actor.System);
        return await work(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IRecords>());
    }

    public Task RunAsync(Func<IServiceProvider, IRecords, Task> work, Actor? actor = null) =>
        RunAsync(async (s, r) =>
        {
            await work(s, r);
            return 0;
        }, actor);

    public Task<Record> FirmAsync(string name, Guid? owner = null, params (string Key, object? Value)[] more) => RunAsync((_, r) =>
        r.CreateAsync("firm", more.Append(("name", name)).Append(("owner", owner)).ToDictionary(p => p.Item1, p => p.Item2), WriteOptions.None, default));

    public Task<long> CountAsync(string sql, object? args = null) => RunAsync(async (s, _) => await s.GetRequiredService<Session>().FirstAsync<long>(sql, args, default));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, true);
    }

    private sealed class People : IDirectory
    {
        private static readonly DirectoryView View = new(
            [Who(Boss, "王总", Root), Who(Rep, "李销售", East), Who(Other, "赵销售", West)],
            [new(Root, "总部", null, Boss, [Root], null), new(East, "华东", Root, null, [Root, East], null), new(West, "西部", Root, null, [Root, West], null)],
            []);

        public ValueTask<DirectoryView> ReadAsync(CancellationToken ct) => new(View);

        private static Person Who(Guid id, string name, Guid unit) => new(id, name, name + "@example.com", unit, ["rep"], null, true, "zh");
    }

    private sealed class Types : IRecordTypes
    {
        IEnumerable<RecordType> IRecordTypes.Types =>
        [
            new("firm", "firms", "t_firm", new("公司", "Firm"))
            {
                NumberPrefix = "F",
                UnownedVisible = true,
                Fields =
                [
                    new("name", FieldType.Text, new("名称", "Name")) { Required = true, Searchable = true, MaxLength = 40 },
                    new("phone", FieldType.Phone, new("电话", "Phone")) { Sensitive = true },
                    new("size", FieldType.Integer, new("人数", "Size")) { Min = 0, Max = 1_000_000 },
                    new("revenue", FieldType.Money, new("收入", "Revenue")),
                    new("tags", FieldType.MultiSelect, new("标签", "Tags")) { Options = [new("a", new("甲", "A")), new("b", new("乙", "B"))] },
                    new("kind", FieldType.Select, new("类型", "Kind")) { Default = "small", Options = [new("small", new("小", "Small")), new("big", new("大", "Big"))] },
                    new("founded", FieldType.Date, new("成立", "Founded")),
                ],
            },
            new("offer", "offers", "t_offer", new("方案", "Offer"))
            {
                Owned = false,
                ScopeVia = "firm",
                TimelineOn = ["firm"],
                Fields =
                [
                    new("firm", FieldType.Reference, new("公司", "Firm")) { Required = true, References = "firm" },
                    new("name", FieldType.Text, new("名称", "Name")) { Required = true },
                    new("total", FieldType.Money, new("合计", "Total")) { ReadOnly = true },
                    new("lines", FieldType.Lines, new("明细", "Lines")) { References = "offerLine" },
                ],
            },
            new("offerLine", "offerLines", "t_offer_line", new("明细", "Line"))
            {
                IsLine = true,
                HasApi = false,
                Fields =
                [
                    new("what", FieldType.Text, new("内容", "What")) { Required = true },
                    new("quantity", FieldType.Decimal, new("数量", "Quantity")) { Default = 1m },
                ],
            },
            new("user", "users", "platform_user", new("用户", "User")) { External = true, Fields = [new("name", FieldType.Text, new("姓名", "Name"))] },
            new("unit", "units", "platform_unit", new("部门", "Unit")) { External = true, Fields = [new("name", FieldType.Text, new("名称", "Name"))] },
        ];
    }
}

/// <summary>A clock that stands still until moved.</summary>
internal sealed class SettableTime(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
