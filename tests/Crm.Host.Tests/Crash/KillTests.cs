using System.Globalization;
using Crm.Testing;
using Microsoft.Data.Sqlite;

namespace Crm.Host.Tests.Crash;

/// <summary>The real host is killed at random moments, its start among them, while leads arrive, are claimed and converted, files are imported, tasks are completed, quotes are submitted and decided, and mails and calls go out;
/// afterwards the tables, the mail server and the called server must show that nothing was lost or doubled. CRM_KILLS says how often instead.</summary>
public sealed class KillTests
{
    [Test]
    public Task A_host_killed_at_any_moment_loses_nothing_and_doubles_nothing() => KilledAsync(20);

    [Test, Explicit, Category("Torture")]
    public Task A_host_killed_a_thousand_times_loses_nothing_and_doubles_nothing() => KilledAsync(1000);

    private static async Task KilledAsync(int usually)
    {
        var kills = Environment.GetEnvironmentVariable("CRM_KILLS") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : usually;
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        await using var outside = new Outside();
        await using var host = new HostProcess(outside.Settings);
        await host.StartAsync();
        var load = await Load.PrepareAsync(host, outside);
        using (var stop = new CancellationTokenSource())
        {
            var going = load.RunAsync(random.Next(), stop.Token);
            for (var kill = 0; kill < kills; kill++)
            {
                await Task.Delay(random.Next(50, 900), CancellationToken.None);
                host.Kill();
                if (kill % 20 == 19) await TestContext.Progress.WriteLineAsync($"killed {kill + 1} times");
                // What the dead host had leased comes back in two minutes; nobody has to sit through them.
                await host.RestAsync(TimeSpan.FromMinutes(2));
                if (random.Next(4) > 0) await host.StartAsync();
                else host.Launch();
            }
            await stop.CancelAsync();
            await going;
        }
        await HostProcess.UntilAsync(() => Aftermath.IsQuietAsync(host), "the work to be done");
        host.Kill();
        await using var db = new SqliteConnection($"Data Source={host.Database}");
        await new Aftermath(db, outside, load).CheckAsync();
    }
}
