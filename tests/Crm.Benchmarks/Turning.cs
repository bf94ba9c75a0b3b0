using System.Diagnostics;
using Crm.Shared.Data;
using Crm.Shared.Work;
using Crm.Testing;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Benchmarks;

/// <summary>The engine alone, in this process: runs that wake one after another, and whole runs of ten steps. Everything is persisted, history included.</summary>
internal static class Turning
{
    private const int Leads = 2000;
    private const int Waits = 6;
    private const int HistoryRows = 2_000_000;

    public static async Task<IEnumerable<Figure>> RunAsync()
    {
        await using var crm = await TestCrm.StartAsync(options => options.Settings["Crm:Database:Synchronous"] = "FULL");
        await crm.RunAsync(async services =>
        {
            var session = services.GetRequiredService<Session>();
            var records = services.GetRequiredService<Crm.Shared.Records.IRecords>();
            for (var i = 0; i < Leads; i += 200)
                await session.InTransactionAsync(async () =>
                {
                    for (var n = i; n < i + 200; n++)
                        await records.CreateAsync("lead", new Dictionary<string, object?> { ["name"] = $"线索{n}", ["phone"] = "13800001234", ["score"] = (long)(n % 100) }, Crm.Shared.Records.WriteOptions.AsFeature(), default);
                }, default);
        });
        var wait = Enumerable.Range(0, Waits * 3 + 1).Select(i => new { id = $"w{i}", kind = "wait", inputs = new { until = new { @in = new { plain = "PT1H" } } } });
        await PublishAsync(crm, "waiting", wait);
        await SweepAsync(crm);
        await using var db = await Bare.OpenAsync(Path.Combine(crm.Database.Folder, "crm.db"));
        // A host that has just started compiles what it runs; that is no part of a turn.
        await TurnsAsync(crm, db);
        var (mine, raw, cost) = await TurnsAsync(crm, db);
        Console.WriteLine($"turns {mine:F0}/s, bare inserts {raw:F0}/s, {cost:F3} ms of processor each");
        await GrowHistoryAsync(db);
        var (_, _, later) = await TurnsAsync(crm, db);
        Console.WriteLine($"with {HistoryRows:N0} rows of history {later:F3} ms of processor each");
        await crm.Admin.PostJson("sops/waiting/retire", new { }, 200);
        var runs = await TenStepsAsync(crm, db);
        return
        [
            new("turns of waiting runs (timer, state, history, next timer)", $"{mine:F0}/s", $"{raw:F0} single-row INSERT transactions/s", $"{mine / raw:F2}", "at least 1"),
            new($"the same beside {HistoryRows:N0} rows of history", $"{later:F3} ms of processor a turn", $"{cost:F3} ms with little history", $"{later / cost:F2}", "at most 1.10"),
            .. runs,
        ];
    }

    private static async Task<(double Ours, double Bare, double Cost)> TurnsAsync(TestCrm crm, SqliteConnection db)
    {
        var (ours, bare, cost) = (new List<double>(), new List<double>(), new List<double>());
        // Not in between: what another process writes empties the page cache of ours, and no other process writes beside a host.
        for (var i = 0; i < Waits; i++) bare.Add(await Bare.InsertsAsync(db, Leads));
        for (var i = 0; i < Waits; i++)
        {
            crm.Time.Advance(TimeSpan.FromHours(1));
            var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var turns = await crm.RunDueAsync();
            ours.Add(turns / watch.Elapsed.TotalSeconds);
            cost.Add(Cpu(cpu) / turns);
            if (turns != Leads) throw new InvalidOperationException($"{turns} turns instead of {Leads}.");
        }
        return (Bare.Percentile(ours, 0.5), Bare.Percentile(bare, 0.5), Bare.Percentile(cost, 0.5));
    }

    private static async Task GrowHistoryAsync(SqliteConnection db)
    {
        var run = Stored.Id((await db.ExecuteScalarAsync<byte[]>("SELECT run_id FROM workflows_history ORDER BY run_id LIMIT 1"))!);
        var rows = await db.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM workflows_history WHERE run_id = @run", new { run = Stored.Id(run) });
        await Copies.OfHistoryAsync(db, run, HistoryRows / rows);
    }

    /// <summary>Started by a schedule over all leads, which is in the time too: a branch of two ways twice, a parallel of two, three changes of the record, two notices, a note on its timeline.</summary>
    private static async Task<IEnumerable<Figure>> TenStepsAsync(TestCrm crm, SqliteConnection db)
    {
        object Act(string id, string kind, object inputs) => new { id, kind, inputs };
        object Path(string id, object? when, params object[] steps) => when is null ? new { id, label = new { zh = id, en = id }, steps } : new { id, label = new { zh = id, en = id }, when, steps };
        var low = new { field = "score", op = "lt", value = 50 };
        var high = new { field = "score", op = "gte", value = 50 };
        var steps = new object[]
        {
            new { id = "size", kind = "branch", inputs = new { match = "first" }, paths = new[] { Path("high", high, Act("more", "score", new { field = "score", add = 1 })), Path("low", low, Act("less", "score", new { field = "score", add = -1 })) } },
            Act("tell", "notify", new { to = new { by = "role", role = "administrator" }, title = new { zh = "{{name}} 已评分", en = "{{name}} scored" } }),
            new
            {
                id = "both", kind = "parallel", inputs = new { join = "all" },
                paths = new[] { Path("left", null, Act("firm", "updateFields", new { fields = new { company = "试验公司" } })), Path("right", null, Act("tellToo", "notify", new { to = new { by = "role", role = "administrator" }, title = new { zh = "{{name}}", en = "{{name}}" } })) },
            },
            new { id = "again", kind = "branch", inputs = new { match = "first" }, paths = new[] { Path("stillLow", low, Act("industry", "updateFields", new { fields = new { title = "经理" } })), Path("stillHigh", high, Act("industry2", "updateFields", new { fields = new { title = "总监" } })) } },
            Act("log", "createActivity", new { kind = "note", subject = new { zh = "{{name}} 已处理", en = "{{name}} done" } }),
            Act("end", "end", new { }),
        };
        await PublishAsync(crm, "ten", steps);
        await AskAsync(crm);
        await crm.RunDueAsync();
        var (rates, bare) = (new List<double>(), new List<double>());
        Task<long> EndedAsync() => crm.ValueAsync<long>("SELECT COUNT(*) FROM workflows_run WHERE sop_key = 'ten' AND status = 3");
        var ended = await EndedAsync();
        // The first sweeps are for the compiler.
        for (var sweep = 0; sweep < 7; sweep++)
        {
            crm.Time.Advance(TimeSpan.FromDays(1));
            await AskAsync(crm);
            bare.Add(await Bare.InsertsAsync(db, Leads));
            var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await crm.RunDueAsync();
            rates.Add(Leads / watch.Elapsed.TotalSeconds);
            Console.WriteLine($"runs of ten steps {rates[^1]:F0}/s, {Cpu(cpu) / Leads:F3} ms of processor each");
            if (await EndedAsync() != ended + (sweep + 1) * Leads) throw new InvalidOperationException("Not every run has ended: " + await crm.ValueAsync<string>("SELECT message FROM workflows_incident"));
        }
        var (rate, raw) = (Bare.Percentile(rates[3..], 0.5), Bare.Percentile(bare[3..], 0.5));
        return [new("runs of ten steps with branches and a parallel, started and ended", $"{rate:F0}/s", $"{raw:F0} single-row INSERT transactions/s", $"{rate / raw:F2}", "at least 1,000/s")];
    }

    private static async Task PublishAsync(TestCrm crm, string key, IEnumerable<object> steps)
    {
        await crm.Admin.PutJson($"sops/{key}", new { key, name = new { zh = key, en = key }, record = "lead", triggers = new[] { new { kind = "schedule", inputs = new { cron = "0 0 0 * * ?" } } }, steps }, 200);
        await crm.Admin.PostJson($"sops/{key}/publish", new { note = "" }, 200);
    }

    private static async Task SweepAsync(TestCrm crm)
    {
        await AskAsync(crm);
        await crm.RunDueAsync();
        crm.Time.Advance(TimeSpan.FromDays(1));
        await AskAsync(crm);
        await crm.RunDueAsync();
    }

    private static double Cpu(TimeSpan before) => (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;

    private static Task AskAsync(TestCrm crm) => crm.RunAsync(services => services.GetRequiredService<WorkQueue>().EnqueueAsync("workflows.sweep", "all", new { }, Lane.Normal, null, default));
}
