using Crm.Host.Live;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Host.Tests.Live;

internal sealed class HintExchangeTests
{
    [Test]
    public async Task What_one_host_tells_reaches_the_pages_of_another_once()
    {
        await using var crm = await TestCrm.StartAsync();
        var (here, there) = (new Host(crm), new Host(crm));
        var user = Guid.NewGuid();
        var page = there.Open(new Actor { UserId = user });
        var hint = new LiveHint("task", null, Guid.NewGuid(), "created");

        here.Hub.Tell([user], hint);
        await here.Exchange.ExchangeAsync(default);
        await there.Exchange.ExchangeAsync(default);
        (await page.TakeAsync(TimeSpan.Zero, default)).ShouldBe([hint]);

        await there.Exchange.ExchangeAsync(default);
        (await page.TakeAsync(TimeSpan.Zero, default)).ShouldBeEmpty();
    }

    [Test]
    public async Task Data_scope_holds_for_what_comes_from_other_hosts_too()
    {
        await using var crm = await TestCrm.StartAsync();
        var (here, there) = (new Host(crm), new Host(crm));
        var user = Guid.NewGuid();
        var page = there.Open(new Actor { UserId = user, Permissions = new HashSet<string> { "lead.read" }, Scopes = new Dictionary<string, DataScope> { ["*"] = DataScope.Own } });
        LiveHint theirs = new("record", "lead", Guid.NewGuid(), "updated"), mine = theirs with { Id = Guid.NewGuid() };

        here.Hub.TellReaders(theirs, [new(Guid.NewGuid(), null)]);
        here.Hub.TellReaders(mine, [new(user, null)]);
        await here.Exchange.ExchangeAsync(default);
        await there.Exchange.ExchangeAsync(default);
        (await page.TakeAsync(TimeSpan.Zero, default)).ShouldBe([mine]);
    }

    private sealed class Host
    {
        public Host(TestCrm crm)
        {
            var catalogue = crm.Services.GetRequiredService<ICatalogueSource>();
            var services = new ServiceCollection().AddSingleton(p => new LiveHub(Exchange!, catalogue)).BuildServiceProvider();
            Exchange = new HintExchange(crm.Database.Dialect(), new Ids(TimeProvider.System), TimeProvider.System, services, NullLogger<HintExchange>.Instance) { Alone = false };
            Hub = services.GetRequiredService<LiveHub>();
        }

        public LiveConnection Open(Actor actor) => Hub.Open(new(actor, new([], [], [])));

        public HintExchange Exchange { get; }
        public LiveHub Hub { get; }
    }
}
