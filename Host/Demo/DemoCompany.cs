using Crm.Host.Live;
using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Settings;

namespace Crm.Host.Demo;

/// <summary>Fills an empty database with a believable company and its past year, made through the product's own commands by a clock that runs ahead.</summary>
internal static class DemoCompany
{
    private const string Domain = "xinghai.example";
    /// <summary>Raised at the beginning and at the end: once only tells of a company that is half made.</summary>
    private const string Making = "demo";

    /// <returns>Whether it made one: never where anybody exists already.</returns>
    public static async Task<bool> CreateIfEmptyAsync(CrmOptions options, DateTime nowUtc, Action<string> say, CancellationToken ct)
    {
        var clock = new DemoClock(nowUtc.AddDays(-366));
        await using var services = Services(options, clock);
        var office = new DemoOffice(services, clock, options.Zone);
        if (await office.ReadAsync(s => s.ReadStampAsync(Making, ct)) == 1)
            throw new SettingException($"The making of the demo company was broken off. Empty the database (the folder {options.DataFolder}, if none was set) and start again.");
        if (await office.ReadAsync(s => s.FirstAsync<long>("SELECT COUNT(*) FROM shared_change", null, ct)) > 0) return false;
        await office.WriteAsync(s => s.RaiseStampAsync(Making, ct));
        say("Making the demo company, once, in about half a minute...");
        var began = TimeProvider.System.GetTimestamp();
        var data = DemoData.Read();
        var random = new Random(2026);
        var names = new DemoNames(data, random);
        var setup = new DemoSetup(data, office, Domain);
        await setup.RunAsync(ct);
        var year = new DemoYear(data, office, names, random, nowUtc);
        var sops = new DemoSops(data, office, names, random, year);
        await year.RunAsync(() => sops.IntroduceAsync(ct), ct);
        await office.WriteAsync(s => s.RaiseStampAsync(Making, ct));
        say($"The demo company stands after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s.");
        return true;
    }

    /// <summary>Where it is and who can sign in.</summary>
    public static void Welcome(IEnumerable<string> urls, Action<string> say)
    {
        say($"Crm is at {string.Join(", ", urls)}. The demo company's people sign in with {DemoSetup.Password}:");
        foreach (var person in DemoData.Read().People.DistinctBy(p => p.Roles[0])) say($"  {person.Email}@{Domain}  {person.Name}  {person.Position}");
    }

    private static ServiceProvider Services(CrmOptions options, DemoClock clock)
    {
        var services = new ServiceCollection();
        services.AddLogging(log => log.AddConsole().SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton<TimeProvider>(clock);
        services.AddShared(options, Composition.Modules);
        services.AddModules();
        services.AddLive();
        return services.BuildServiceProvider();
    }
}
