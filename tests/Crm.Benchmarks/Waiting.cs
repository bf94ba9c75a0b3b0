using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Testing;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Benchmarks;

/// <summary>The real host beside a million runs that wait for their time: what they cost to keep, how late due ones are taken while 200 a second fall due,
/// and how soon a person who completes a task sees the next one meanwhile.</summary>
internal static class Waiting
{
    private const int Many = 1_000_000;
    private const int ASecond = 200;
    private const int Few = 20 * ASecond;
    private const int Tasks = 60;

    public static async Task<IEnumerable<Figure>> RunAsync()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        await host.SetUpAsync();
        await PublishAsync(host, "patient", "等", [new { id = "wait", kind = "wait", inputs = new { until = new { @in = new { plain = "P300D" } } } }]);
        await PublishAsync(host, "chain", "接", [Ask("first"), Ask("second")]);
        var lead = (await host.SendAsync(HttpMethod.Post, "leads", new { name = "等", phone = "13800001234" })).GetProperty("id").GetString();
        for (var i = 0; i < Tasks * 2; i++) await host.SendAsync(HttpMethod.Post, "leads", new { name = "接", phone = "13800001234" });
        await using var db = await Bare.OpenAsync(host.Database);
        await HostProcess.UntilAsync(async () => await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM workflows_run WHERE status = 1") == Tasks * 2 + 1, "all runs to wait");
        var run = Stored.Id((await db.ExecuteScalarAsync<byte[]>("SELECT id FROM workflows_run WHERE sop_key = 'patient'"))!);

        await DueAsync(db, await Copies.OfRunAsync(db, run, Few));
        var memory = host.WorkingSet;
        var before = await Copies.BytesAsync(db);
        var ids = await Copies.OfRunAsync(db, run, Many);
        var bytes = (await Copies.BytesAsync(db) - before) / Many;
        Console.WriteLine($"a waiting run takes {bytes:F0} bytes");
        host.Kill();
        await host.StartAsync();
        var nexts = CompleteAsync(host, db);
        var late = await DueAsync(db, ids.Where((_, i) => i % (Many / Few / 2) == 0).Take(Few * 2));
        var grown = host.WorkingSet;
        var next = await nexts;
        Console.WriteLine($"due work late p99 {Bare.Percentile(late, 0.99):F0} ms; next task p99 {Bare.Percentile(next, 0.99):F0} ms; memory {memory >> 20} MiB, {grown >> 20} MiB");
        return
        [
            new("a run that waits for a timer, of a million: control row, history and timer with their indexes", $"{bytes:F0} bytes", "", "", "at most 2,048 bytes"),
            new($"from due time to done, {ASecond} a second falling due among a million", $"p50 {Bare.Percentile(late, 0.5):F0} ms, p99 {Bare.Percentile(late, 0.99):F0} ms", "", "", "p99 under 1,000 ms"),
            new("working set of the host after this, and after the same with no other run waiting", $"{grown >> 20} MiB", $"{memory >> 20} MiB without", $"{(double)grown / memory:F2}", "does not grow with their number"),
            new($"from a completed task to the next, {ASecond} runs a second going on", $"p50 {Bare.Percentile(next, 0.5):F0} ms, p99 {Bare.Percentile(next, 0.99):F0} ms", "", "", "p99 under 300 ms"),
        ];
    }

    /// <summary>Lets runs fall due one after another, and waits until all have ended; how many milliseconds after its time each did.</summary>
    private static async Task<List<double>> DueAsync(SqliteConnection db, IEnumerable<Guid> runs)
    {
        var due = DateTime.UtcNow.AddSeconds(8);
        var times = runs.Select((id, i) => (Id: id, Due: due.AddMilliseconds(i * 1000.0 / ASecond))).ToList();
        using (var transaction = db.BeginTransaction())
        {
            foreach (var (id, at) in times) await db.ExecuteAsync("UPDATE shared_work SET due_at = @at WHERE kind = 'workflows.turn' AND item_key = @key", new { at = Stored.Time(at), key = $"{id:N}/copy" }, transaction);
            transaction.Commit();
        }
        await HostProcess.UntilAsync(async () => DateTime.UtcNow > times[^1].Due && await db.ExecuteScalarAsync<long>("SELECT status FROM workflows_run WHERE id = @id", new { id = Stored.Id(times[^1].Id) }) == 3, "all runs to end");
        var late = new List<double>();
        foreach (var (id, at) in times)
        {
            var ended = DateTime.Parse((await db.ExecuteScalarAsync<string>("SELECT ended_at FROM workflows_run WHERE id = @id", new { id = Stored.Id(id) }))!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            late.Add((ended - at).TotalMilliseconds);
        }
        return late;
    }

    /// <summary>Completes tasks one by one; milliseconds from sending that to the next task standing in the database.</summary>
    private static async Task<List<double>> CompleteAsync(HostProcess host, SqliteConnection db)
    {
        await using var reading = await Bare.OpenAsync(db.DataSource);
        var waits = new List<double>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        // While the runs fall due: those begin eight seconds from now.
        for (var skipped = 0; skipped < 20; skipped++) await timer.WaitForNextTickAsync();
        for (var i = 0; i < Tasks && await timer.WaitForNextTickAsync(); i++)
        {
            var task = await reading.QueryFirstAsync<(byte[] Id, byte[] Run)>("SELECT id, run_id FROM workflows_task WHERE status = 0 AND sop_key = 'chain' AND step_at LIKE 'first%'");
            var watch = Stopwatch.StartNew();
            await host.SendAsync(HttpMethod.Post, $"tasks/{Stored.Id(task.Id)}/complete", new { outcome = "done" });
            while (await reading.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM workflows_task WHERE run_id = @run AND status = 0", new { run = task.Run }) == 0) await Task.Delay(1);
            waits.Add(watch.Elapsed.TotalMilliseconds);
        }
        return waits;
    }

    private static object Ask(string id) => new
    {
        id,
        kind = "task",
        inputs = new { assignee = new { by = "initiator" }, title = id, outcomes = new[] { new { key = "done", label = new { zh = "完成", en = "Done" } } } },
    };

    private static Task PublishAsync(HostProcess host, string key, string named, object[] steps) => host.PublishAsync(key, JsonSerializer.SerializeToElement(new
    {
        key,
        name = new { zh = key, en = key },
        record = "lead",
        triggers = new[] { new { kind = "created", filter = new { field = "name", op = "eq", value = named } } },
        steps,
    }));
}
