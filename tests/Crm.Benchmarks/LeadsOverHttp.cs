using System.Diagnostics;
using Crm.Testing;
using Dapper;

namespace Crm.Benchmarks;

/// <summary>Creating leads through HTTP one at a time, everything on: audit, timeline, event, start of the SOP; then a steady stream of them, and how soon the owner has the task.</summary>
internal static class LeadsOverHttp
{
    private const int Round = 400;

    public static async Task<IEnumerable<Figure>> RunAsync()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        await host.SetUpAsync();
        await host.PublishAsync("lead-assignment");
        await host.BecomeSalesManagerAsync();
        await SendAsync(host, 3000);
        await using var db = await Bare.OpenAsync(host.Database);
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var i = 0; i < 5; i++)
        {
            await QuietAsync(db);
            bare.Add(await Bare.InsertsAsync(db, Round));
            var (watch, processor) = (Stopwatch.StartNew(), host.Processor);
            await SendAsync(host, Round);
            ours.Add(Round / watch.Elapsed.TotalSeconds);
            Console.WriteLine($"leads over HTTP {ours[^1]:F0}/s, {(host.Processor - processor).TotalMilliseconds / Round:F2} ms of the host's processor each, bare inserts {bare[^1]:F0}/s");
        }
        var (mine, raw) = (Bare.Percentile(ours, 0.5), Bare.Percentile(bare, 0.5));
        Console.WriteLine($"leads over HTTP {mine:F0}/s, bare inserts {raw:F0}/s");
        await QuietAsync(db);
        var waits = await StreamAsync(host, db);
        return
        [
            new("create a lead through HTTP, one at a time, with audit, timeline, event and SOP start", $"{mine:F0}/s", $"{raw:F0} single-row INSERT transactions/s", $"{mine / raw:F2}", "at least 0.20"),
            new("from the lead to its owner's task at 50 leads a second", $"p50 {Bare.Percentile(waits, 0.5):F0} ms, p99 {Bare.Percentile(waits, 0.99):F0} ms", "", "", "p99 under 1,000 ms"),
        ];
    }

    private static async Task SendAsync(HostProcess host, int n)
    {
        for (var i = 0; i < n; i++) await host.SendAsync(HttpMethod.Post, "leads", new { name = $"线索{i}", phone = "13800001234", company = "试验公司", source = "webForm", score = i % 100 });
    }

    private static async Task<List<double>> StreamAsync(HostProcess host, Microsoft.Data.Sqlite.SqliteConnection db)
    {
        var before = await db.ExecuteScalarAsync<byte[]>("SELECT MAX(id) FROM leads_lead");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var sending = new List<Task>();
        for (var i = 0; i < 750 && await timer.WaitForNextTickAsync(); i++) sending.Add(host.SendAsync(HttpMethod.Post, "leads", new { name = $"流{i}", phone = "13800001234", source = "webForm" }));
        await Task.WhenAll(sending);
        await QuietAsync(db);
        return [.. await db.QueryAsync<double>("SELECT (julianday(t.created_at) - julianday(l.created_at)) * 86400000.0 FROM leads_lead l JOIN workflows_task t ON t.record_id = l.id WHERE l.id > @before", new { before })];
    }

    private static Task QuietAsync(Microsoft.Data.Sqlite.SqliteConnection db) =>
        HostProcess.UntilAsync(async () => await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM leads_lead l WHERE NOT EXISTS (SELECT 1 FROM workflows_task t WHERE t.record_id = l.id)") == 0, "the SOPs to catch up");
}
