using Crm.Host.Demo;
using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Settings;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Host.Tests.Commands;

/// <summary>The company that a first start in Development makes.</summary>
public sealed class DemoTests
{
    // A Sunday: nobody has worked since Friday.
    private static readonly DateTime Now = new(2026, 11, 22, 3, 0, 0, DateTimeKind.Utc);

    [Test]
    public async Task The_demo_company_is_as_large_as_promised_and_has_something_to_do_for_everybody()
    {
        await using var database = await TestDatabase.CreateAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddShared(database.Options, Composition.Modules);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<Migrator>().MigrateAsync(default);
        (await DemoCompany.CreateIfEmptyAsync(database.Options, Now, _ => { }, default)).ShouldBeTrue();
        (await DemoCompany.CreateIfEmptyAsync(database.Options, Now, _ => { }, default)).ShouldBeFalse();

        await using var scope = provider.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<Session>();
        Task<long> CountAsync(string from) => session.FirstAsync<long>($"SELECT COUNT(*) FROM {from}", null, default);
        (await CountAsync("platform_user")).ShouldBe(24);
        (await CountAsync("sales_product")).ShouldBe(12);
        (await CountAsync("leads_lead")).ShouldBe(1500);
        (await CountAsync("sales_customer")).ShouldBeInRange(280, 320);
        (await CountAsync("sales_opportunity")).ShouldBeInRange(380, 430);
        (await CountAsync("workflows_sop WHERE published > 0")).ShouldBeGreaterThanOrEqualTo(5);
        (await CountAsync("workflows_run WHERE status < 3")).ShouldBeGreaterThan(20);
        (await CountAsync("workflows_task WHERE status = 0")).ShouldBeGreaterThan(20);
        (await CountAsync("workflows_approval WHERE status = 0")).ShouldBeGreaterThanOrEqualTo(3, "each branch's manager has a quote to decide");
        (await CountAsync("sales_quote q WHERE q.status = 'pending' AND NOT EXISTS (SELECT 1 FROM workflows_approval a WHERE a.record_id = q.id AND a.status = 0)")).ShouldBe(0, "nothing waits for nobody");
        (await CountAsync("workflows_incident WHERE closed_at IS NULL")).ShouldBe(0);
        (await CountAsync("shared_work WHERE due_at IS NULL")).ShouldBe(0);

        await session.ExecuteAsync("UPDATE shared_stamp SET value = 1 WHERE name = 'demo'", null, default);
        (await Should.ThrowAsync<SettingException>(() => DemoCompany.CreateIfEmptyAsync(database.Options, Now, _ => { }, default))).Message.ShouldContain("broken off");
    }
}
