using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;

namespace Crm.Host.Demo;

/// <summary>The people of the demo company and the doors they work through: the product's own services, at the demo's time.</summary>
internal sealed class DemoOffice(IServiceProvider services, DemoClock clock, TimeZoneInfo zone)
{
    public Dictionary<string, Guid> People { get; } = [];
    public Dictionary<string, Guid> Units { get; } = [];
    public Dictionary<string, Guid> Products { get; } = [];
    /// <summary>Reps' ids by branch.</summary>
    public ILookup<string, Guid> Reps { get; set; } = Array.Empty<string>().ToLookup(x => x, _ => Guid.Empty);
    public DemoClock Clock => clock;
    public TimeZoneInfo Zone => zone;

    /// <summary>Does several things in one commit, each as its own person at its own time.</summary>
    public async Task TogetherAsync(IEnumerable<Deed> deeds, bool sops, CancellationToken ct)
    {
        await services.GetRequiredService<Freshness>().EnsureAsync(ct);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Session>().InTransactionAsync(async () =>
        {
            foreach (var deed in deeds)
            {
                clock.MoveTo(deed.At);
                await ActAsync(scope.ServiceProvider, deed, sops, ct);
            }
        }, ct);
    }

    public async Task WorkAsync(CancellationToken ct) => await services.GetRequiredService<WorkRunner>().RunAllDueAsync(ct);

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> read)
    {
        await using var scope = services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<Session>());
    }

    public async Task WriteAsync(Func<Session, Task> write)
    {
        await using var scope = services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<Session>();
        await session.InTransactionAsync(() => write(session), default);
    }

    private static async Task ActAsync(IServiceProvider services, Deed deed, bool sops, CancellationToken ct)
    {
        var actor = deed.By is { } user ? await services.GetRequiredService<IActors>().ForUserAsync(user, ct) ?? Actor.System : Actor.System;
        using (services.GetRequiredService<CurrentActor>().As(actor with { Source = Source.Demo, StartsSops = sops }))
            await deed.Do(services, services.GetRequiredService<IRecords>());
    }
}

/// <summary>Something one person of the demo company does at a time.</summary>
internal sealed record Deed(DateTime At, Guid? By, Func<IServiceProvider, IRecords, Task> Do);
