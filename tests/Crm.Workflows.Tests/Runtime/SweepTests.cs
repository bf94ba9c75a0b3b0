using Crm.Shared.Access;
using Crm.Workflows.Runtime.Sweeps;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

internal sealed class SweepTests
{
    private const string Say = """[{"id":"say","kind":"test.count","inputs":{"what":{"path":"name"}}}]""";

    private static async Task SweepAsync(Company company, TimeSpan after)
    {
        company.Time.Advance(after);
        await company.DoAsync(Actor.System, s => s.GetRequiredService<Sweeping>().EnqueueAsync(default));
        await company.WorkAsync();
    }

    [Test]
    public async Task A_schedule_starts_the_sop_for_each_record_that_its_filter_finds()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("daily", """[{"kind":"schedule","inputs":{"cron":"0 0 9 * * ?"},"filter":{"field":"amount","op":"gt","value":10}}]""", Say);
        await company.DealAsync("甲", null, ("amount", 100));
        await company.DealAsync("乙", null, ("amount", 1));
        await SweepAsync(company, TimeSpan.Zero);
        await SweepAsync(company, TimeSpan.FromHours(1));
        company.Acting.Done.ShouldBeEmpty();
        await SweepAsync(company, TimeSpan.FromHours(23));
        await SweepAsync(company, TimeSpan.FromMinutes(1));
        company.Acting.Done.ShouldBe(["甲"]);
    }

    [Test]
    public async Task A_schedule_missed_for_days_is_kept_once()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("daily", """[{"kind":"schedule","inputs":{"cron":"0 0 9 * * ?"}}]""", Say);
        await company.DealAsync("甲");
        await SweepAsync(company, TimeSpan.Zero);
        await SweepAsync(company, TimeSpan.FromDays(5));
        company.Acting.Done.ShouldBe(["甲"]);
    }

    [Test]
    public async Task A_date_of_the_record_starts_it_so_long_before_and_once()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("closing", """[{"kind":"dateField","inputs":{"field":"closes","offset":{"plain":"-P3D"}}}]""", Say);
        await company.DealAsync("甲", null, ("closes", "2026-03-10"));
        await company.DealAsync("乙", null, ("closes", "2026-05-10"));
        await SweepAsync(company, TimeSpan.Zero);
        await SweepAsync(company, TimeSpan.FromDays(4.9));
        company.Acting.Done.ShouldBeEmpty();
        await SweepAsync(company, TimeSpan.FromDays(0.1));
        await SweepAsync(company, TimeSpan.FromDays(1));
        company.Acting.Done.ShouldBe(["甲"]);
    }

    [Test]
    public async Task A_time_without_activity_starts_it_and_activity_puts_it_off()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("quiet", """[{"kind":"noActivity","inputs":{"for":{"plain":"P7D"}}}]""", Say);
        await company.DealAsync("甲");
        var busy = await company.DealAsync("乙");
        await SweepAsync(company, TimeSpan.Zero);
        company.Time.Advance(TimeSpan.FromDays(3));
        await company.ChangeAsync(busy.Id, "amount", 5);
        await SweepAsync(company, TimeSpan.FromDays(4.1));
        company.Acting.Done.ShouldBe(["甲"]);
        await SweepAsync(company, TimeSpan.FromDays(3));
        company.Acting.Done.ShouldBe(["甲", "乙"]);
        await SweepAsync(company, TimeSpan.FromDays(3));
        company.Acting.Done.Count.ShouldBe(2);
    }
}
