using Crm.Workflows.Runtime;
using Crm.Workflows.Tests.Runtime;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: an SOP that sets itself off, for ever.</summary>
internal sealed class SelfTriggeringTests
{
    [Test]
    public async Task Two_sops_that_set_each_other_off_end_as_an_incident_that_names_both()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("ping", """[{"kind":"updated","inputs":{"fields":["score"]}}]""", """[{"id":"a","kind":"updateFields","inputs":{"fields":{"amount":{"path":"score"}}}}]""");
        await company.PublishAsync("pong", """[{"kind":"updated","inputs":{"fields":["amount"]}}]""", """[{"id":"b","kind":"score","inputs":{"add":1}}]""");
        var deal = await company.DealAsync("甲");
        await company.ChangeAsync(deal.Id, "score", 1);
        await company.WorkAsync();
        var runs = await company.RunsAsync();
        runs.Count.ShouldBe(11);
        runs.Count(r => r.Status == Standing.Incident).ShouldBe(1);
        (await company.QueryAsync<string>("SELECT message FROM workflows_incident")).ShouldHaveSingleItem().ShouldContain("ping → pong → ping");
        (await company.CountAsync("shared_work")).ShouldBe(0);
    }

    [Test]
    public async Task An_sop_that_writes_what_it_waits_for_does_not_wake_itself_twice()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("echo", """[{"kind":"created"}]""", """
            [{"id":"both","kind":"parallel","paths":[
                {"id":"p1","steps":[{"id":"w","kind":"waitFor","inputs":{"events":[{"id":"e","on":{"kind":"updated","inputs":{"fields":["score"]}}}]}},{"id":"say","kind":"test.count","inputs":{"what":"heard"}}]},
                {"id":"p2","steps":[{"id":"up","kind":"score","inputs":{"add":1}},{"id":"up2","kind":"score","inputs":{"add":1}}]}]}]
            """);
        await company.DealAsync("甲");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["heard"]);
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
    }
}
