using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Workflows.Runtime.Sops;
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

    private static Task<JsonArray> OverdueAsync(Company company, string key) =>
        company.DoAsync(Crew.ActorOf(Crew.Admin), async s => (await s.GetRequiredService<Overdue>().CountAsync(key, default))["items"]!.AsArray());

    private static Task PublishAgainAsync(Company company, string key, bool overdue) =>
        company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<Publishing>().PublishAsync(key, new("again", null, null, overdue), default));

    [Test]
    public async Task Records_idle_since_before_it_was_published_are_counted_and_started_if_wanted()
    {
        await using var company = await Company.StartAsync();
        foreach (var name in new[] { "甲", "乙", "丙" }) await company.DealAsync(name, null, ("amount", 100));
        await company.DealAsync("小", null, ("amount", 1));
        company.Time.Advance(TimeSpan.FromDays(30));
        await company.DealAsync("新", null, ("amount", 100));
        await company.PublishAsync("quiet", """[{"kind":"noActivity","inputs":{"for":{"plain":"P7D"}},"filter":{"field":"amount","op":"gt","value":10}}]""", Say);
        await SweepAsync(company, TimeSpan.Zero);
        await SweepAsync(company, TimeSpan.FromMinutes(1));
        company.Acting.Done.ShouldBeEmpty();
        var counted = (await OverdueAsync(company, "quiet")).ShouldHaveSingleItem()!;
        ((int)counted["trigger"]!, (int)counted["records"]!, (bool)counted["more"]!).ShouldBe((0, 3, false));

        await PublishAgainAsync(company, "quiet", overdue: false);
        await company.WorkAsync();
        company.Acting.Done.ShouldBeEmpty();
        await PublishAgainAsync(company, "quiet", overdue: true);
        await company.WorkAsync();
        company.Acting.Done.Order().ShouldBe(["丙", "乙", "甲"]);
        // What has run for this silence is neither counted nor started once more.
        ((int)(await OverdueAsync(company, "quiet"))[0]!["records"]!).ShouldBe(0);
        await PublishAgainAsync(company, "quiet", overdue: true);
        await SweepAsync(company, TimeSpan.FromMinutes(1));
        company.Acting.Done.Count.ShouldBe(3);
        await SweepAsync(company, TimeSpan.FromDays(8));
        company.Acting.Done.ShouldContain("新");
    }

    [Test]
    public async Task Dates_that_have_passed_before_it_was_published_are_counted_and_started_if_wanted()
    {
        await using var company = await Company.StartAsync();
        await company.DealAsync("早", null, ("closes", "2019-01-31"));
        await company.DealAsync("近", null, ("closes", "2026-03-03"));
        await company.DealAsync("未到", null, ("closes", "2026-03-09"));
        await company.DealAsync("没有", null);
        company.Time.Advance(TimeSpan.FromDays(3));
        await company.PublishAsync("closed", """[{"kind":"created"},{"kind":"dateField","inputs":{"field":"closes","offset":{"plain":"P1D"}},"reentry":"onceEver"}]""", Say);
        var counted = (await OverdueAsync(company, "closed")).ShouldHaveSingleItem()!;
        ((int)counted["trigger"]!, (int)counted["records"]!).ShouldBe((1, 2));
        await PublishAgainAsync(company, "closed", overdue: true);
        await company.WorkAsync();
        company.Acting.Done.Order().ShouldBe(["早", "近"]);
        ((int)(await OverdueAsync(company, "closed"))[0]!["records"]!).ShouldBe(0);
    }

    [TestCase("everyTime", 1)]
    [TestCase("onceAtATime", 1)]
    [TestCase("onceEver", 0)]
    public async Task A_record_that_may_not_have_a_second_run_is_not_counted_as_overdue(string reentry, int records)
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("quiet", $$"""[{"kind":"created"},{"kind":"noActivity","reentry":"{{reentry}}","inputs":{"for":{"plain":"P7D"} } }]""", Say);
        await company.DealAsync("甲");
        await company.WorkAsync();
        company.Time.Advance(TimeSpan.FromDays(30));
        ((int)(await OverdueAsync(company, "quiet")).ShouldHaveSingleItem()!["records"]!).ShouldBe(records);
    }

    [Test]
    public async Task Only_who_manages_sops_asks_what_is_overdue_and_only_of_what_could_be_published()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("quiet", """[{"kind":"noActivity","inputs":{"for":{"plain":"P7D"}}}]""", Say);
        await Should.ThrowAsync<Problem>(() => company.DoAsync(Crew.ActorOf(Crew.Rep), s => s.GetRequiredService<Overdue>().CountAsync("quiet", default)));
        (await Should.ThrowAsync<Problem>(() => OverdueAsync(company, "nothing"))).Status.ShouldBe(404);
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<SopBook>().PutAsync("quiet",
            JsonElement.Parse("""{"key":"quiet","name":{"zh":"x","en":"x"},"record":"deal","triggers":[{"kind":"noActivity"}],"steps":[]}"""), null, default));
        (await Should.ThrowAsync<Problem>(() => OverdueAsync(company, "quiet"))).Code.ShouldBe("sop.notValid");
    }
}
