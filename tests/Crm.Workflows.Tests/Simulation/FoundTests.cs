using Crm.Workflows.Definition;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.Runtime;
using Crm.Workflows.Tests.People;
using Crm.Workflows.Tests.Runtime;

namespace Crm.Workflows.Tests.Simulation;

/// <summary>What the simulation found, each by itself.</summary>
internal sealed class FoundTests
{
    [Test]
    public async Task A_run_that_is_over_leaves_no_incident_about_a_task_that_was_late()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("late", """[{"kind":"created"}]""", """[{"id":"t","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x","due":{"in":{"plain":"P1D"}},"escalations":[{"after":{"plain":"PT0M"},"do":"superior"}]}}]""");
        // Nobody is above the one at the top.
        await company.DealAsync("甲", Crew.Boss);
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromDays(2));
        (await company.CountAsync("workflows_incident WHERE closed_at IS NULL")).ShouldBe(1);
        await company.MendAsync((await company.RunAsync()).Id, "cancel");
        (await company.CountAsync("workflows_incident WHERE closed_at IS NULL")).ShouldBe(0);
    }

    [Test]
    public async Task Cancelling_a_called_sop_before_it_began_tells_its_caller()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("inner", """[{"kind":"button","inputs":{"label":{"zh":"跑","en":"Run"}}}]""", """[{"id":"say","kind":"test.count","inputs":{"what":"inner"}}]""");
        await company.PublishAsync("outer", """[{"kind":"created"}]""", """[{"id":"call","kind":"call","inputs":{"sop":"inner"}},{"id":"say","kind":"test.count","inputs":{"what":{"template":"{{steps.call.outcome}}"}}}]""");
        await company.DealAsync("甲");
        await company.RoundAsync();
        await company.MendAsync((await company.RunsAsync()).Single(r => r is { SopKey: "inner", State: null }).Id, "cancel");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["cancelled"]);
        (await company.RunsAsync()).Select(r => r.Status).ShouldBe([Standing.Done, Standing.Cancelled], ignoreOrder: true);
    }

    [Test]
    public void A_seat_that_comes_to_the_one_asked_for_an_opinion_of_it_is_theirs_to_decide()
    {
        var sit = Sit.Of(ApprovalMode.Any, null, [Sit.A]);
        sit.Do(new ApprovalDo.Delegate(Sit.A, null, Sit.B, null));
        sit.Do(new ApprovalDo.Substitute(1, Sit.B, null, new("why.back")));
        sit.State.OpenSeats.ShouldHaveSingleItem().Approver.ShouldBe(Sit.B);
        sit.Approve(Sit.B).State.Status.ShouldBe(ApprovalStatus.Approved);
    }
}
