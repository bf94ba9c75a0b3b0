using Crm.Shared.Access;
using Crm.Workflows.Runtime.Sweeps;
using Crm.Workflows.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: two schedulers that overlap send a mail twice.</summary>
internal sealed class OverlapTests
{
    private const string Mail = """[{"id":"mail","kind":"mail","inputs":{"to":"customer@example.com","subject":"{{name}}","body":"{{name}}"}}]""";

    [Test]
    public async Task Hosts_that_work_side_by_side_write_each_mail_once()
    {
        await using var company = await Company.StartAsync();
        await using var other = company.Second();
        await company.PublishAsync("mails", """[{"kind":"created"}]""", Mail);
        for (var i = 0; i < 30; i++) await company.DealAsync($"{i}");
        await Task.WhenAll(company.WorkAsync(), other.WorkAsync());
        company.Told.Asked.ShouldBe(30, "not even asked for a second time");
        company.Told.Mails.Select(m => m.Subject).Order().ShouldBe(Enumerable.Range(0, 30).Select(i => $"{i}").Order());
    }

    [Test]
    public async Task Schedules_that_two_hosts_keep_at_once_start_each_run_once()
    {
        await using var company = await Company.StartAsync();
        await using var other = company.Second();
        await company.PublishAsync("daily", """[{"kind":"schedule","inputs":{"cron":"0 0 9 * * ?"}}]""", Mail);
        for (var i = 0; i < 5; i++) await company.DealAsync($"{i}");
        for (var day = 0; day < 3; day++)
        {
            foreach (var host in new[] { company, other }) await host.DoAsync(Actor.System, s => s.GetRequiredService<Sweeping>().EnqueueAsync(default));
            await Task.WhenAll(company.WorkAsync(), other.WorkAsync());
            // Both looked at the same stretch, and one that came late looks at it again.
            await other.DoAsync(Actor.System, s => s.GetRequiredService<Sweeping>().EnqueueAsync(default));
            await other.WorkAsync();
            company.Time.Advance(TimeSpan.FromDays(1));
        }
        company.Told.Mails.Count.ShouldBe(2 * 5);
        company.Told.Asked.ShouldBe(2 * 5);
    }
}
