using Crm.Host.Live;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Host.Tests.Live;

internal sealed class HintExchangeTests
{
    [Test]
    public async Task What_one_host_tells_reaches_the_pages_of_another_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var dialect = database.Dialect();
        await new Migrator(dialect, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(default);
        var (here, there) = (new Host(dialect), new Host(dialect));
        var user = Guid.NewGuid();
        var page = there.Hub.Open(new Actor { UserId = user });
        var hint = new LiveHint("task", null, Guid.NewGuid(), "created");

        here.Hub.Tell([user], hint);
        await here.Exchange.ExchangeAsync(default);
        await there.Exchange.ExchangeAsync(default);
        (await page.TakeAsync(TimeSpan.Zero, default)).ShouldBe([hint]);

        await there.Exchange.ExchangeAsync(default);
        (await page.TakeAsync(TimeSpan.Zero, default)).ShouldBeEmpty();
    }

    private sealed class Host
    {
        public Host(Dialect dialect)
        {
            var services = new ServiceCollection().AddSingleton(p => new LiveHub(Exchange!)).BuildServiceProvider();
            Exchange = new HintExchange(dialect, TimeProvider.System, services, NullLogger<HintExchange>.Instance) { Alone = false };
            Hub = services.GetRequiredService<LiveHub>();
        }

        public HintExchange Exchange { get; }
        public LiveHub Hub { get; }
    }
}
