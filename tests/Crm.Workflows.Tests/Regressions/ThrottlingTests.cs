using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Quotas;
using Crm.Workflows.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: throttling that drops what comes too fast.</summary>
internal sealed class ThrottlingTests
{
    [Test]
    public async Task What_comes_faster_than_the_quota_starts_later_and_all_of_it_even_when_the_host_changes()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", """[{"kind":"created"}]""", """[{"id":"say","kind":"test.count","inputs":{"what":{"path":"name"}}}]""");
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<QuotaBook>().AddAsync(new("greet", null, "minute", 5), default));
        for (var i = 0; i < 40; i++) await company.DealAsync($"{i}");
        for (var minute = 0; minute < 10; minute++)
        {
            await using var host = company.Second();
            await host.WorkAsync();
            company.Acting.Done.Count.ShouldBeLessThanOrEqualTo(5 * (minute + 1));
            company.Time.Advance(TimeSpan.FromMinutes(1));
        }
        company.Acting.Done.Order().ShouldBe(Enumerable.Range(0, 40).Select(i => $"{i}").Order());
        (await company.RunsAsync()).ShouldAllBe(r => r.Status == Standing.Done);
    }

    [Test]
    public async Task A_held_start_whose_caller_gives_up_never_begins()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("inner", """[{"kind":"button","inputs":{"label":{"zh":"跑","en":"Run"}}}]""", """[{"id":"say","kind":"test.count","inputs":{"what":"inner"}}]""");
        await company.PublishAsync("outer", """[{"kind":"created"}]""", """[{"id":"call","kind":"call","inputs":{"sop":"inner"}}]""");
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<QuotaBook>().AddAsync(new("inner", null, "hour", 1), default));
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.DealAsync("乙");
        await company.WorkAsync();
        await company.MendAsync((await company.RunsAsync()).Single(r => r is { SopKey: "outer", Status: Standing.Waiting }).Id, "cancel");
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromHours(2));
        company.Acting.Done.ShouldBe(["inner"]);
        (await company.RunsAsync()).Count(r => r.Status == Standing.Cancelled).ShouldBe(2);
        (await company.CountAsync("workflows_held")).ShouldBe(0);
    }
}
