using Crm.Shared.Access;
using Crm.Shared.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Shared.Data;

/// <summary>Does something by the very code that does it in earnest, at a time of its own, in a transaction that is never committed: nothing is written,
/// and what would be sent or done later stays with the rehearsal. While it lasts it holds what it wrote, so it is to be short.</summary>
public sealed class Rehearsals(IServiceScopeFactory scopes, TimeProvider time)
{
    public async Task<T> RunAsync<T>(Actor actor, DateTime startUtc, Func<IServiceProvider, Rehearsal, Task<T>> play, CancellationToken ct)
    {
        if (time is not HostClock clock) throw new InvalidOperationException("Rehearsals need the host's clock.");
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(actor);
        var rehearsal = new Rehearsal(clock.Rehearse(startUtc));
        return await scope.ServiceProvider.GetRequiredService<Session>().RehearseAsync(rehearsal, () => play(scope.ServiceProvider, rehearsal), ct);
    }
}
