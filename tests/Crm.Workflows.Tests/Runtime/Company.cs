using System.Text.Json;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Shared.Settings;
using Crm.Shared.Time;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Runs;
using Crm.Workflows.Runtime.Sops;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

/// <summary>A host of the engine on a real database with a settable clock and one record type of its own: deals. A second host may share the database.</summary>
internal sealed class Company : IAsyncDisposable
{
    private readonly string folder;
    private readonly bool owner;
    private readonly ServiceProvider services;

    public string ConnectionString => $"Data Source={Path.Combine(folder, "crm.db")}";
    public SettableTime Time { get; }
    public Crew Crew { get; }
    public Told Told { get; }
    public Office Office { get; }
    public Steps Acting { get; }
    public Settings Settings { get; } = new();

    private Company(Company? other, Action<IServiceCollection>? more)
    {
        owner = other is null;
        folder = other?.folder ?? Path.Combine(Path.GetTempPath(), "crm-runtime-" + Guid.NewGuid().ToString("N"));
        // A Monday, ten in the morning in Shanghai.
        Time = other?.Time ?? new(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));
        (Crew, Told, Office, Acting) = (other?.Crew ?? new(), other?.Told ?? new(), other?.Office ?? new(), other?.Acting ?? new());
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddShared(new CrmOptions { DataFolder = folder, Work = false, AllowedHosts = { "127.0.0.1" } }, WorkflowsSetup.Assembly);
        collection.AddWorkflows();
        collection.AddSingleton<IRecordTypes, Types>();
        collection.AddSingleton<IDirectory>(Crew).AddSingleton<IActors>(Crew).AddSingleton<ICalendarSource>(Office);
        collection.AddSingleton<ISettings>(Settings);
        collection.AddSingleton<INotifier>(Told).AddSingleton<ILive>(Told).AddSingleton<IMailer>(Told);
        collection.AddSingleton(Acting).AddScoped<IStep, CountStep>().AddScoped<IStep, FailStep>().AddScoped<IStep, OutsideStep>();
        more?.Invoke(collection);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    /// <param name="more">More services, or others in place of the usual.</param>
    public static async Task<Company> StartAsync(Action<IServiceCollection>? more = null)
    {
        var company = new Company(null, more);
        await company.services.GetRequiredService<Migrator>().MigrateAsync(default);
        await company.DoAsync(Actor.System, async s =>
        {
            var session = s.GetRequiredService<Session>();
            await session.ExecuteAsync("""
                CREATE TABLE t_deal (id BLOB PRIMARY KEY, version INTEGER NOT NULL, custom TEXT, created_at TEXT, created_by_id BLOB, updated_at TEXT, updated_by_id BLOB, deleted_at TEXT,
                    owner_id BLOB, unit_id BLOB, name TEXT, stage TEXT, amount INTEGER, discount INTEGER, score INTEGER, tags TEXT, closes TEXT, next_at TEXT, parent_deal_id BLOB, approver_id BLOB)
                """, null, default);
        });
        return company;
    }

    /// <summary>Another host on the same database and clock; also what is there after this one died.</summary>
    public Company Second(Action<IServiceCollection>? more = null) => new(this, more);

    public async Task<T> DoAsync<T>(Actor actor, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(actor);
        return await work(scope.ServiceProvider);
    }

    public Task DoAsync(Actor actor, Func<IServiceProvider, Task> work) => DoAsync(actor, async s =>
    {
        await work(s);
        return 0;
    });

    /// <summary>One round of work; false where nothing was due.</summary>
    public async Task<bool> RoundAsync()
    {
        var runner = services.GetRequiredService<WorkRunner>();
        return await runner.RunInsideAsync(default) + await runner.RunOutsideAsync(default) > 0;
    }

    /// <summary>Works until nothing is due.</summary>
    public Task<int> WorkAsync() => services.GetRequiredService<WorkRunner>().RunAllDueAsync(default);

    public Task WaitAsync(TimeSpan time)
    {
        Time.Advance(time);
        return WorkAsync();
    }

    /// <summary>Publishes an SOP about deals.</summary>
    public Task<int> PublishAsync(string key, string triggers, string steps, string record = "deal") => DoAsync(Crew.ActorOf(Crew.Admin), async s =>
    {
        var book = s.GetRequiredService<SopBook>();
        using var json = JsonDocument.Parse($$"""{"key":"{{key}}","name":{"zh":"{{key}}","en":"{{key}}"},"record":"{{record}}","triggers":{{triggers}},"steps":{{steps}}}""");
        await book.PutAsync(key, json.RootElement, null, default);
        return await book.PublishAsync(key, null, default);
    });

    public Task<Record> DealAsync(string name, Guid? by = null, params (string Key, object? Value)[] more) => DoAsync(Crew.ActorOf(by ?? Crew.Rep), s =>
        s.GetRequiredService<IRecords>().CreateAsync("deal", more.Append(("name", name)).ToDictionary(p => p.Item1, p => p.Item2), WriteOptions.None, default));

    public Task<Record> ChangeAsync(Guid deal, string field, object? value, Guid? by = null) => DoAsync(Crew.ActorOf(by ?? Crew.Rep), s =>
        s.GetRequiredService<IRecords>().UpdateAsync("deal", deal, new Dictionary<string, object?> { [field] = value }, WriteOptions.None, default));

    /// <summary>The administrator mends a run: retry, skip or cancel.</summary>
    public Task MendAsync(Guid run, string how) => DoAsync(Crew.ActorOf(Crew.Admin), s =>
    {
        var (acts, body) = (s.GetRequiredService<RunActs>(), new MendBody(null, null, null, null));
        return how switch { "retry" => acts.RetryAsync(run, body, default), "skip" => acts.SkipAsync(run, body, default), _ => acts.CancelAsync(run, body, default) };
    });

    public Task<Record> ReadAsync(Guid deal) => DoAsync(Actor.System, async s => (await s.GetRequiredService<IRecords>().FindAsync("deal", deal, default))!);

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args = null) => DoAsync(Actor.System, s => s.GetRequiredService<Session>().QueryAsync<T>(sql, args, default));

    public async Task<long> CountAsync(string from, object? args = null) => (await QueryAsync<long>($"SELECT COUNT(*) FROM {from}", args))[0];

    public Task<IReadOnlyList<Run>> RunsAsync() => QueryAsync<Run>($"SELECT {Run.Columns} FROM workflows_run ORDER BY id");

    public async Task<Run> RunAsync() => (await RunsAsync()).ShouldHaveSingleItem();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (!owner) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, true);
    }

    private sealed class Types : IRecordTypes
    {
        IEnumerable<RecordType> IRecordTypes.Types =>
        [
            new("deal", "deals", "t_deal", new("商机", "Deal"))
            {
                Fields =
                [
                    new("name", FieldType.Text, new("名称", "Name")) { Required = true },
                    new("stage", FieldType.Select, new("阶段", "Stage")) { Default = "new", Options = [new("new", new("新", "New")), new("quote", new("报价", "Quote")), new("won", new("赢单", "Won"))] },
                    new("amount", FieldType.Money, new("金额", "Amount")),
                    new("discount", FieldType.Decimal, new("折扣", "Discount")),
                    new("score", FieldType.Integer, new("评分", "Score")) { Max = 100 },
                    new("tags", FieldType.MultiSelect, new("标签", "Tags")) { Options = [new("key", new("重点", "Key")), new("cold", new("冷", "Cold"))] },
                    new("closes", FieldType.Date, new("截止", "Closes")),
                    new("nextAt", FieldType.DateTime, new("下次", "Next")),
                    new("parentDeal", FieldType.Reference, new("上级商机", "Parent")) { References = "deal" },
                    new("approver", FieldType.Reference, new("审批人", "Approver")) { References = "user" },
                ],
            },
            new("user", "users", "platform_user", new("用户", "User")) { External = true, Fields = [new("name", FieldType.Text, new("姓名", "Name"))] },
            new("unit", "units", "platform_unit", new("部门", "Unit")) { External = true, Fields = [new("name", FieldType.Text, new("名称", "Name"))] },
        ];
    }
}
