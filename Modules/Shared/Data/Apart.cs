using Crm.Shared.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Shared.Data;

/// <summary>Marks an endpoint whose one request is many transactions: none is put around them, for they would wait for it.</summary>
public sealed class ManyTransactions;

/// <summary>Work that stands for itself within a larger whole.</summary>
public static class Apart
{
    /// <summary>How often a transaction that has to give way is tried before the one who asked is told.</summary>
    public const int Tries = 4;

    /// <summary>Does one of many in a scope, hence in a transaction, of its own; again where it had to give way to another's.</summary>
    public static async Task<T> ApartAsync<T>(this IServiceScopeFactory scopes, Actor actor, Func<IServiceProvider, Task<T>> work)
    {
        for (var time = 1; ; time++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(actor);
            try
            {
                return await work(scope.ServiceProvider);
            }
            catch (Exception why) when (time < Tries && scope.ServiceProvider.GetRequiredService<Dialect>().GaveWay(why))
            {
                // Whom it gave way to has gone on by now.
            }
        }
    }

    /// <inheritdoc cref="ApartAsync{T}"/>
    public static Task ApartAsync(this IServiceScopeFactory scopes, Actor actor, Func<IServiceProvider, Task> work) => scopes.ApartAsync(actor, async services =>
    {
        await work(services);
        return true;
    });
}
