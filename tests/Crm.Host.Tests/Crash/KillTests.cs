using System.Globalization;
using System.Net;
using System.Text.Json;
using Crm.Testing;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Host.Tests.Crash;

/// <summary>The real host is killed at random moments while leads arrive and tasks are completed; afterwards the tables must show that nothing was lost or doubled.
/// CRM_KILLS sets how often.</summary>
public sealed class KillTests
{
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("CRM_KILLS") ?? "6", CultureInfo.InvariantCulture);

    [Test]
    public async Task A_host_killed_at_any_moment_loses_nothing_and_doubles_nothing()
    {
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}, {Kills} kills");
        var random = new Random(seed);
        await using var host = new HostProcess();
        await host.StartAsync();
        await host.SetUpAsync();
        await host.BecomeSalesManagerAsync();
        await host.PublishAsync("lead-assignment");

        using var stop = new CancellationTokenSource();
        var sent = 0;
        var senders = Enumerable.Range(0, 3).Select(n => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await SendLeadAsync(host, n * 1_000_000 + Interlocked.Increment(ref sent));
        })).ToArray();
        var worker = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await CompleteSomeAsync(host);
        });
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(200, 1500));
            host.Kill();
            await host.StartAsync();
        }
        await stop.CancelAsync();
        await Task.WhenAll(senders.Append(worker));
        // A killed host's claims come back when their lease ends, at the latest.
        await HostProcess.UntilAsync(() => NothingIsDueAsync(host), "the work to be done");
        host.Kill();
        await using var db = new SqliteConnection($"Data Source={host.Database}");
        await CheckAsync(db, sent);
    }

    private static async Task CheckAsync(SqliteConnection db, int sent)
    {
        (await NumberAsync(db, "SELECT COUNT(*) FROM leads_lead")).ShouldBe(sent, "each lead that was sent stands once");
        (await NumberAsync(db, "SELECT COUNT(DISTINCT external_id) FROM leads_lead")).ShouldBe(sent);
        (await NumberAsync(db, "SELECT COUNT(*) FROM leads_lead l WHERE (SELECT COUNT(*) FROM shared_change c WHERE c.record_id = l.id AND c.kind = 'created') <> 1")).ShouldBe(0, "each lead has one birth in the audit");
        (await NumberAsync(db, "SELECT COUNT(*) FROM leads_lead l WHERE (SELECT COUNT(*) FROM workflows_run r WHERE r.record_id = l.id AND r.sop_key = 'lead-assignment') <> 1")).ShouldBe(0, "each lead started its SOP exactly once");
        (await NumberAsync(db, "SELECT COUNT(*) FROM (SELECT run_id, step_at FROM workflows_task WHERE run_id IS NOT NULL GROUP BY run_id, step_at HAVING COUNT(*) > 1)")).ShouldBe(0, "a step gives its task once");
        (await NumberAsync(db, "SELECT COUNT(*) FROM leads_lead l WHERE NOT EXISTS (SELECT 1 FROM workflows_task t WHERE t.record_id = l.id)")).ShouldBe(0, "each lead's owner got a task");
        (await NumberAsync(db, "SELECT COUNT(*) FROM leads_lead WHERE owner_id IS NULL")).ShouldBe(0, "each lead has an owner");
        (await NumberAsync(db, "SELECT COUNT(*) FROM shared_work WHERE due_at IS NULL")).ShouldBe(0, "no work was given up");
        (await NumberAsync(db, "SELECT COUNT(*) FROM leads_lead") - await NumberAsync(db, "SELECT COUNT(DISTINCT number) FROM leads_lead")).ShouldBe(0, "no number was given twice");
    }

    /// <summary>As a careful program does: the same key until there is an answer.</summary>
    private static async Task SendLeadAsync(HostProcess host, int n)
    {
        var key = Guid.NewGuid().ToString();
        var lead = new { name = $"线索{n}", phone = "1380000" + (n % 10000).ToString("D4", CultureInfo.InvariantCulture), externalId = key };
        while (!await TryAsync(() => host.SendAsync(HttpMethod.Post, "leads", lead, key))) await Task.Delay(20);
    }

    private static async Task CompleteSomeAsync(HostProcess host)
    {
        JsonElement open = default;
        if (!await TryAsync(async () => open = await host.SendAsync(HttpMethod.Get, "tasks?mine=true&state=open&limit=20", null)))
        {
            await Task.Delay(20);
            return;
        }
        foreach (var task in open.GetProperty("items").EnumerateArray())
            await TryAsync(() => host.SendAsync(HttpMethod.Post, $"tasks/{task.GetProperty("id").GetString()}/complete", new { outcome = "invalid", answers = new { invalidReason = "noNeed" } }));
        await Task.Delay(50);
    }

    /// <summary>False where the host was away; a refusal by rule is an answer.</summary>
    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (RefusedException refused) when (refused.Status is HttpStatusCode.Conflict or HttpStatusCode.BadRequest)
        {
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or RefusedException)
        {
            return false;
        }
    }

    private static async Task<bool> NothingIsDueAsync(HostProcess host)
    {
        await using var db = new SqliteConnection($"Data Source={host.Database};Mode=ReadOnly");
        // What is due or leased lies within the length of a lease; timers lie further ahead.
        return await NumberAsync(db, "SELECT COUNT(*) FROM shared_work WHERE kind = 'workflows.turn' AND due_at <= strftime('%Y-%m-%d %H:%M:%f', 'now', '+3 minutes')") == 0
            && await NumberAsync(db, "SELECT COUNT(*) FROM leads_lead l WHERE NOT EXISTS (SELECT 1 FROM workflows_task t WHERE t.record_id = l.id)") == 0;
    }

    private static async Task<long> NumberAsync(SqliteConnection db, string sql) => await db.ExecuteScalarAsync<long>(sql);
}
