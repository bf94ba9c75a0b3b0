using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Workflows.Contracts;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using Crm.Workflows.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: runs stuck after a restart. Here the host that brought a run to its wait is gone; another goes on.</summary>
internal sealed class RestartTests
{
    private static async Task AfterRestartAsync(string step, Func<Company, Guid, Task> wake, FailureClass? fails = null)
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("inner", """[{"kind":"button","inputs":{"label":{"zh":"跑","en":"Run"}}}]""", """[{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"PT1H"}}}}]""");
        await company.PublishAsync("waits", """[{"kind":"created"}]""", "[" + step + """,{"id":"after","kind":"test.count","inputs":{"what":"after"}}]""");
        company.Acting.Fail = fails;
        Guid deal;
        await using (var dies = company.Second())
        {
            deal = (await dies.DealAsync("甲")).Id;
            await dies.WorkAsync();
        }
        company.Acting.Done.ShouldNotContain("after");
        company.Acting.Fail = null;
        await using var next = company.Second();
        await wake(next, deal);
        await next.WorkAsync();
        company.Acting.Done.ShouldContain("after");
        (await next.RunsAsync()).ShouldAllBe(r => r.Status == Standing.Done);
    }

    [Test]
    public Task A_run_that_waits_for_time_goes_on() =>
        AfterRestartAsync("""{"id":"w","kind":"wait","inputs":{"until":{"in":{"plain":"P2D"}}}}""", (company, _) => company.WaitAsync(TimeSpan.FromDays(3)));

    [Test]
    public Task A_run_that_waits_for_an_event_goes_on() =>
        AfterRestartAsync("""{"id":"w","kind":"waitFor","inputs":{"events":[{"id":"won","on":{"kind":"stageEntered","inputs":{"to":"won"}}}]}}""", (company, deal) => company.ChangeAsync(deal, "stage", "won"));

    [Test]
    public Task A_run_that_waits_for_a_task_goes_on() =>
        AfterRestartAsync("""{"id":"w","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x"}}""", async (company, _) =>
        {
            var task = (await company.QueryAsync<Guid>("SELECT id FROM workflows_task")).ShouldHaveSingleItem();
            await company.DoAsync(Crew.ActorOf(Crew.Rep), s => s.GetRequiredService<TaskActs>().CompleteAsync(task, new("done", [], []), default));
        });

    [Test]
    public Task A_run_that_waits_for_an_approval_goes_on() =>
        AfterRestartAsync("""{"id":"w","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"superior"}}]}}""", async (company, _) =>
        {
            var approval = (await company.QueryAsync<Guid>("SELECT id FROM workflows_approval")).ShouldHaveSingleItem();
            await company.DoAsync(Crew.ActorOf(Crew.Lead), s => s.GetRequiredService<ApprovalActs>().DoAsync(approval, "approve", ActBody.Empty, default));
        });

    [Test]
    public Task A_run_that_waits_for_another_sop_goes_on() =>
        AfterRestartAsync("""{"id":"w","kind":"call","inputs":{"sop":"inner"}}""", (company, _) => company.WaitAsync(TimeSpan.FromHours(2)));

    [Test]
    public Task A_run_that_waits_to_try_again_goes_on() =>
        AfterRestartAsync("""{"id":"w","kind":"test.fail"}""", (company, _) => company.WaitAsync(TimeSpan.FromMinutes(1)), FailureClass.Transient);

    [Test]
    public async Task After_an_outage_what_people_wait_for_goes_before_the_timers_that_are_overdue_and_these_come_some_at_a_time()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("waits", """[{"kind":"created","filter":{"field":"amount","op":"eq","value":1}}]""", """[{"id":"w","kind":"wait","inputs":{"until":{"in":{"plain":"PT1H"}}}},{"id":"say","kind":"test.count","inputs":{"what":"timer"}}]""");
        await company.PublishAsync("now", """[{"kind":"created","filter":{"field":"amount","op":"eq","value":2}}]""", """[{"id":"say","kind":"test.count","inputs":{"what":"person"}}]""");
        for (var i = 0; i < 100; i++) await company.DealAsync("甲", null, ("amount", 1));
        await company.WorkAsync();
        company.Time.Advance(TimeSpan.FromHours(5));
        await using var next = company.Second();
        await next.DealAsync("乙", null, ("amount", 2));
        await next.RoundAsync();
        company.Acting.Done[0].ShouldBe("person");
        company.Acting.Done.Count.ShouldBeLessThan(100);
        await next.WorkAsync();
        company.Acting.Done.Count(d => d == "timer").ShouldBe(100);
    }

    [Test]
    public async Task Work_that_a_dead_host_had_taken_outside_comes_back_by_itself()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("calls", """[{"kind":"created"}]""", """[{"id":"out","kind":"test.outside"}]""");
        await company.DealAsync("甲");
        await company.DoAsync(Actor.System, s => s.GetRequiredService<Shared.Work.WorkRunner>().RunInsideAsync(default));
        // Claimed by one that died before it called anybody.
        await company.DoAsync(Actor.System, s => s.GetRequiredService<Session>().ExecuteAsync("UPDATE shared_work SET fence = fence + 1, attempts = 1, due_at = @until", new { until = company.Time.GetUtcNow().UtcDateTime.AddMinutes(2) }, default));
        await company.WorkAsync();
        company.Acting.Done.ShouldBeEmpty();
        await company.WaitAsync(TimeSpan.FromMinutes(3));
        company.Acting.Done.Count.ShouldBe(1);
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
    }
}
