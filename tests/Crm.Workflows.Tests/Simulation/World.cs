using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Workflows.Tests.Simulation;

/// <summary>The company under simulation: one database, two hosts that die and are replaced, and an observer that nothing happens to. Made once, emptied for each history.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly DateTimeOffset T0 = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    private static readonly string[] Tables =
    [
        "workflows_run", "workflows_history", "workflows_subscription", "workflows_incident", "workflows_task", "workflows_approval", "workflows_seat", "workflows_lock", "workflows_act",
        "workflows_rotation", "shared_work", "shared_change", "shared_timeline", "t_deal", "t_effect",
    ];

    private readonly Company observer;
    private readonly (Company Company, Faults Faults)[] hosts = new (Company, Faults)[2];

    private World(Company observer) => this.observer = observer;

    public Company Observer => observer;
    public SettableTime Time => observer.Time;
    public OutsideWorld Outside { get; } = new();
    public Dice Dice { get; } = new();
    public int Deaths { get; private set; }

    public Company Host(int n) => hosts[n].Company;

    public Faults FaultsOf(int n) => hosts[n].Faults;

    public static async Task<World> StartAsync()
    {
        World? world = null;
        var observer = await Company.StartAsync(services => Prepare(services, new Faults(), () => world!));
        world = new World(observer);
        await observer.DoAsync(Actor.System, s => s.GetRequiredService<Session>().ExecuteAsync(EffectStep.Table, null, default));
        foreach (var (key, triggers, steps) in Procedures.All)
            await observer.PublishAsync(key, triggers, steps.Replace("BOSS", Crew.Boss.ToString(), StringComparison.Ordinal)
                .Replace("LEAD", Crew.Lead.ToString(), StringComparison.Ordinal).Replace("OTHER", Crew.Other.ToString(), StringComparison.Ordinal));
        for (var n = 0; n < world.hosts.Length; n++) world.Boot(n);
        return world;
    }

    /// <summary>As if nothing had ever happened.</summary>
    public async Task ClearAsync()
    {
        await observer.DoAsync(Actor.System, s => s.GetRequiredService<Session>().ExecuteAsync("BEGIN; " + string.Concat(Tables.Select(t => $"DELETE FROM {t}; ")) + "COMMIT", null, default));
        Outside.Calls.Clear();
        Dice.Again();
        observer.Crew.Absences.Clear();
        observer.Told.Forget();
        observer.Acting.Fail = null;
        observer.Acting.Done.Clear();
        Time.Set(T0);
        Time.Tick = TimeSpan.FromMilliseconds(1);
        Deaths = 0;
        for (var n = 0; n < hosts.Length; n++) await HealAsync(n);
        foreach (var host in hosts) host.Faults.Disarm();
    }

    /// <summary>Kills a host at once.</summary>
    public async Task KillAsync(int n)
    {
        hosts[n].Faults.Die();
        await HealAsync(n);
    }

    /// <summary>Another host in place of a dead one.</summary>
    public async Task<bool> HealAsync(int n)
    {
        if (!hosts[n].Faults.Dead) return false;
        Deaths++;
        var dead = hosts[n].Company;
        Boot(n);
        await dead.DisposeAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (company, _) in hosts) await company.DisposeAsync();
        await observer.DisposeAsync();
    }

    private void Boot(int n)
    {
        var faults = new Faults();
        hosts[n] = (observer.Second(services => Prepare(services, faults, () => this)), faults);
    }

    private static void Prepare(IServiceCollection services, Faults faults, Func<World> world)
    {
        var inner = (Dialect)services.Single(s => s.ServiceType == typeof(Dialect)).ImplementationInstance!;
        services.Replace(ServiceDescriptor.Singleton<Dialect>(_ => new FaultyDialect(inner, faults)));
        services.Replace(ServiceDescriptor.Singleton<Random>(_ => world().Dice));
        services.AddSingleton(_ => world().Outside).AddScoped<IStep, EffectStep>().AddScoped<IStep, CallStep>();
    }
}
