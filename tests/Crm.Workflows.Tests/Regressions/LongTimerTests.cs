using Crm.Workflows.Runtime;
using Crm.Workflows.Tests.Runtime;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: a timer longer than 2^31 milliseconds, 24.8 days, fires at once or never.</summary>
internal sealed class LongTimerTests
{
    [TestCase(24.9), TestCase(25), TestCase(60), TestCase(400)]
    public async Task A_timer_fires_on_its_day_and_not_before_however_long_it_is(double days)
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", """[{"kind":"created"}]""", 
            $$$"""[{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"PT{{{days * 24 * 60:0}}}M"} } } },{"id":"say","kind":"test.count"}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromDays(days) - TimeSpan.FromMinutes(1));
        company.Acting.Done.ShouldBeEmpty();
        await using var restarted = company.Second();
        await restarted.WaitAsync(TimeSpan.FromMinutes(2));
        company.Acting.Done.Count.ShouldBe(1);
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
    }

    [Test]
    public async Task A_task_due_in_two_months_is_escalated_then()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", """[{"kind":"created"}]""", """[{"id":"t","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x","due":{"in":{"plain":"P60D"}},"escalations":[{"after":{"plain":"PT0M"},"do":"superior"}]}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromDays(59.9));
        (await company.QueryAsync<Guid>("SELECT assignee_id FROM workflows_task")).ShouldBe([Crew.Rep]);
        await company.WaitAsync(TimeSpan.FromDays(0.2));
        (await company.QueryAsync<Guid>("SELECT assignee_id FROM workflows_task")).ShouldBe([Crew.Lead]);
    }
}
