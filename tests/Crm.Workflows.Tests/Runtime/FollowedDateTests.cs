using Crm.Workflows.Runtime;

namespace Crm.Workflows.Tests.Runtime;

/// <summary>A wait until a date of a record moves with it.</summary>
public sealed class FollowedDateTests
{
    private const string Created = """[{"kind":"created"}]""";
    private const string UntilNext = """[{"id":"rest","kind":"wait","inputs":{"until":{"path":"nextAt"}}},{"id":"say","kind":"test.count"}]""";

    [Test]
    public async Task Put_off_the_run_waits_longer_and_its_history_says_why()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", Created, UntilNext);
        var deal = await company.DealAsync("甲", null, ("nextAt", company.Time.GetUtcNow().UtcDateTime.AddDays(2)));
        await company.WorkAsync();
        await company.ChangeAsync(deal.Id, "nextAt", company.Time.GetUtcNow().UtcDateTime.AddDays(5));
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromDays(3));
        company.Acting.Done.ShouldBeEmpty();
        await company.WaitAsync(TimeSpan.FromDays(2.1));
        company.Acting.Done.Count.ShouldBe(1);
        (await company.QueryAsync<string>("SELECT detail FROM workflows_history WHERE step = 'rest' AND kind = 2 ORDER BY seq"))[1].ShouldContain("所等的日期已改");
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
        (await company.CountAsync("workflows_subscription")).ShouldBe(0);
        (await company.CountAsync("shared_work")).ShouldBe(0);
    }

    [Test]
    public async Task Brought_forward_to_what_is_past_the_wait_is_over()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", Created, UntilNext);
        var deal = await company.DealAsync("甲", null, ("nextAt", company.Time.GetUtcNow().UtcDateTime.AddDays(20)));
        await company.WaitAsync(TimeSpan.FromDays(1));
        await company.ChangeAsync(deal.Id, "nextAt", company.Time.GetUtcNow().UtcDateTime.AddHours(-1));
        await company.WorkAsync();
        company.Acting.Done.Count.ShouldBe(1);
    }

    [Test]
    public async Task Emptied_the_time_stays()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", Created, UntilNext);
        var deal = await company.DealAsync("甲", null, ("nextAt", company.Time.GetUtcNow().UtcDateTime.AddDays(2)));
        await company.WorkAsync();
        await company.ChangeAsync(deal.Id, "nextAt", null);
        await company.WorkAsync();
        company.Acting.Done.ShouldBeEmpty();
        await company.WaitAsync(TimeSpan.FromDays(2.1));
        company.Acting.Done.Count.ShouldBe(1);
    }

    [Test]
    public async Task The_date_may_be_another_records_and_the_wait_for_an_event_may_end_by_it()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", """[{"kind":"created","filter":{"field":"parentDeal","op":"notEmpty"}}]""", """
            [{"id":"answer","kind":"waitFor","inputs":{"events":[{"id":"won","on":{"kind":"stageEntered","inputs":{"to":"won"}}}],"within":{"path":"parentDeal.nextAt"}},
              "timedOut":[{"id":"late","kind":"test.count","inputs":{"what":"late"}}]}]
            """);
        var whole = await company.DealAsync("整体", null, ("nextAt", company.Time.GetUtcNow().UtcDateTime.AddDays(2)));
        await company.DealAsync("部分", null, ("parentDeal", whole.Id));
        await company.WorkAsync();
        await company.ChangeAsync(whole.Id, "nextAt", company.Time.GetUtcNow().UtcDateTime.AddDays(9));
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromDays(5));
        company.Acting.Done.ShouldBeEmpty();
        await company.WaitAsync(TimeSpan.FromDays(5));
        company.Acting.Done.ShouldBe(["late"]);
        (await company.CountAsync("workflows_subscription")).ShouldBe(0);
    }

    [Test]
    public async Task A_run_that_is_cancelled_while_it_waits_follows_nothing_any_more()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", Created, UntilNext);
        await company.DealAsync("甲", null, ("nextAt", company.Time.GetUtcNow().UtcDateTime.AddDays(2)));
        await company.WorkAsync();
        (await company.CountAsync("workflows_subscription")).ShouldBe(1);
        await company.MendAsync((await company.RunAsync()).Id, "cancel");
        await company.WorkAsync();
        (await company.CountAsync("workflows_subscription")).ShouldBe(0);
    }

    [Test]
    public async Task A_date_that_was_missing_at_first_is_followed_from_the_retry_on()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", Created, UntilNext);
        var deal = await company.DealAsync("甲");
        await company.WorkAsync();
        (await company.RunAsync()).Status.ShouldBe(Standing.Incident);
        (await company.CountAsync("workflows_subscription")).ShouldBe(0);
        await company.ChangeAsync(deal.Id, "nextAt", company.Time.GetUtcNow().UtcDateTime.AddDays(2));
        await company.MendAsync((await company.RunAsync()).Id, "retry");
        await company.WorkAsync();
        await company.ChangeAsync(deal.Id, "nextAt", company.Time.GetUtcNow().UtcDateTime.AddDays(-1));
        await company.WorkAsync();
        company.Acting.Done.Count.ShouldBe(1);
    }
}
