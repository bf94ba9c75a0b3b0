using Crm.Workflows.Tests.Runtime;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: a change fires twice, or never.</summary>
internal sealed class FiringTests
{
    private const string Won = """[{"kind":"stageEntered","inputs":{"to":"won"}},{"kind":"updated","inputs":{"fields":["stage"]}}]""";
    private const string Say = """[{"id":"say","kind":"test.count","inputs":{"what":{"path":"name"}}}]""";

    [Test]
    public async Task A_change_that_meets_two_triggers_while_two_hosts_work_fires_once()
    {
        await using var company = await Company.StartAsync();
        await using var other = company.Second();
        await company.PublishAsync("won", Won, Say);
        for (var i = 0; i < 20; i++) await company.ChangeAsync((await company.DealAsync($"{i}")).Id, "stage", "won");
        await Task.WhenAll(company.WorkAsync(), other.WorkAsync());
        company.Acting.Done.Order().ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}").Order());
    }

    [Test]
    public async Task A_change_fires_on_a_host_that_never_heard_of_the_sop_before()
    {
        await using var company = await Company.StartAsync();
        await using var other = company.Second();
        var deal = await other.DealAsync("甲");
        await company.PublishAsync("won", Won, Say);
        await other.ChangeAsync(deal.Id, "stage", "won");
        await other.WorkAsync();
        company.Acting.Done.ShouldBe(["甲"]);
    }

    [Test]
    public async Task Saving_what_stood_already_fires_nothing()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("won", Won, Say);
        var deal = await company.DealAsync("甲");
        await company.ChangeAsync(deal.Id, "stage", "new");
        (await company.RunsAsync()).ShouldBeEmpty();
    }
}
