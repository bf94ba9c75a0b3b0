using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Quotas;
using Crm.Workflows.Runtime.Runs;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

internal sealed class QuotaTests
{
    private const string Created = """[{"kind":"created"}]""", Say = """[{"id":"say","kind":"test.count","inputs":{"what":{"path":"name"}}}]""";

    private static Task<Guid> QuotaAsync(Company company, QuotaBody body) => company.DoAsync(Crew.ActorOf(Crew.Admin), async s =>
        Guid.Parse((await s.GetRequiredService<QuotaBook>().AddAsync(body, default))["id"]!.GetValue<string>()));

    /// <summary>Deals as an import makes them: nobody waits for what they start.</summary>
    private static async Task ImportAsync(Company company, string name, int count)
    {
        for (var i = 0; i < count; i++)
            await company.DoAsync(Crew.ActorOf(Crew.Rep) with { Source = Source.Import }, s =>
                s.GetRequiredService<IRecords>().CreateAsync("deal", new Dictionary<string, object?> { ["name"] = name }, WriteOptions.None, default));
    }

    private static Task HourAsync(Company company) => company.WaitAsync(TimeSpan.FromHours(1));

    [Test]
    public async Task A_quota_delays_and_drops_nothing()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, Say);
        await QuotaAsync(company, new("greet", null, "hour", 10));
        for (var i = 0; i < 35; i++) await company.DealAsync($"{i}");
        await company.WorkAsync();
        company.Acting.Done.Count.ShouldBe(10);
        (await company.CountAsync("workflows_held")).ShouldBe(25);
        foreach (var so_far in new[] { 20, 30, 35 })
        {
            await HourAsync(company);
            company.Acting.Done.Count.ShouldBe(so_far);
        }
        company.Acting.Done.Distinct().Count().ShouldBe(35);
        (await company.RunsAsync()).ShouldAllBe(r => r.Status == Standing.Done);
        (await company.CountAsync("workflows_held")).ShouldBe(0);
        (await company.CountAsync("shared_work")).ShouldBe(0);
    }

    [Test]
    public async Task What_people_wait_for_goes_before_bulk_work()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, Say);
        await QuotaAsync(company, new("greet", null, "hour", 10));
        await ImportAsync(company, "导入", 40);
        await company.WorkAsync();
        company.Acting.Done.Count.ShouldBe(8);
        for (var i = 0; i < 5; i++) await company.DealAsync("人");
        await company.WorkAsync();
        company.Acting.Done.Count(d => d == "人").ShouldBe(2);
        await HourAsync(company);
        company.Acting.Done.Count(d => d == "人").ShouldBe(5);
        company.Acting.Done.Count.ShouldBe(18);
        for (var hour = 0; hour < 8; hour++) await HourAsync(company);
        company.Acting.Done.Count.ShouldBe(45);
    }

    [Test]
    public async Task A_units_quota_holds_for_all_sops_of_its_records_and_for_no_others()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("one", Created, Say);
        await company.PublishAsync("two", Created, Say);
        await QuotaAsync(company, new(null, Crew.East, "day", 3));
        for (var i = 0; i < 3; i++) await company.DealAsync("东");
        for (var i = 0; i < 3; i++) await company.DealAsync("总", Crew.Boss);
        await company.WorkAsync();
        company.Acting.Done.Count(d => d == "东").ShouldBe(3);
        company.Acting.Done.Count(d => d == "总").ShouldBe(6);
        await company.WaitAsync(TimeSpan.FromDays(1));
        company.Acting.Done.Count(d => d == "东").ShouldBe(6);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_quota_that_is_widened_or_taken_away_lets_in_who_waits(bool widened)
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, Say);
        var quota = await QuotaAsync(company, new("greet", null, "day", 2));
        for (var i = 0; i < 6; i++) await company.DealAsync($"{i}");
        await company.WorkAsync();
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => widened
            ? s.GetRequiredService<QuotaBook>().PutAsync(quota, new("greet", null, "day", 100), default)
            : s.GetRequiredService<QuotaBook>().RemoveAsync(quota, default));
        company.Time.Advance(TimeSpan.FromSeconds(2));
        await company.WorkAsync();
        company.Acting.Done.Count.ShouldBe(6);
        (await company.CountAsync("workflows_held")).ShouldBe(0);
    }

    [Test]
    public async Task Two_hosts_count_together()
    {
        await using var company = await Company.StartAsync();
        await using var other = company.Second();
        await company.PublishAsync("greet", Created, Say);
        await QuotaAsync(company, new("greet", null, "hour", 7));
        for (var i = 0; i < 30; i++) await company.DealAsync($"{i}");
        await Task.WhenAll(company.WorkAsync(), other.WorkAsync());
        (await company.CountAsync("workflows_run WHERE status = 3")).ShouldBe(7);
    }

    [Test]
    public async Task A_run_that_waits_for_a_quota_says_so_and_can_be_cancelled()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, Say);
        await QuotaAsync(company, new("greet", null, "hour", 1));
        await company.DealAsync("甲");
        company.Time.Advance(TimeSpan.FromSeconds(1));
        await company.DealAsync("乙");
        await company.WorkAsync();
        var held = (await company.RunsAsync())[1];
        var shown = await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunView>().OneAsync(held.Id, default));
        var waiting = shown["waitingFor"]!.AsArray().ShouldHaveSingleItem()!;
        (waiting["kind"]!.GetValue<string>(), waiting["what"]!["en"]!.GetValue<string>()).ShouldBe(("quota", "The quota is used up: at most 1 an hour. The run starts by itself when it is its turn; nothing is lost."));
        waiting["until"]!.GetValue<DateTime>().ShouldBe(new DateTime(2026, 3, 2, 3, 0, 0, DateTimeKind.Utc));
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunActs>().CancelAsync(held.Id, new(null, null, null, null), default));
        await HourAsync(company);
        company.Acting.Done.ShouldBe(["甲"]);
        (await company.CountAsync("workflows_held")).ShouldBe(0);
    }

    [Test]
    public async Task A_wrong_quota_is_refused_with_its_field()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, Say);
        (string Field, QuotaBody Body)[] wrong = [("sop", new(null, null, "hour", 1)), ("sop", new("other", null, "hour", 1)), ("unit", new(null, Guid.NewGuid(), "hour", 1)), ("most", new("greet", null, "hour", 0)), ("per", new("greet", null, "week", 1))];
        foreach (var (field, body) in wrong) (await Should.ThrowAsync<Problem>(() => QuotaAsync(company, body))).Errors.ShouldHaveSingleItem().Field.ShouldBe(field);
        await QuotaAsync(company, new("greet", null, "hour", 1));
        (await Should.ThrowAsync<Problem>(() => QuotaAsync(company, new("greet", null, "hour", 5)))).Code.ShouldBe("quota.exists");
    }

    /// <summary>Whatever comes when: no window holds more than its quota, and everything starts in the end.</summary>
    [Test]
    public void No_window_is_overfull_and_everybody_gets_in()
    {
        var arrivals = Gen.ListOf(Gen.Zip(Gen.Choose(0, 20), Gen.Elements(Lane.People, Lane.Normal, Lane.Bulk)));
        Check.QuickThrowOnFailure(Prop.ForAll(arrivals.ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (come, most) =>
        {
            var quota = new Quota(Guid.Empty, "x", null, QuotaPer.Hour, most);
            var (use, waiting, started) = (QuotaUse.None, new List<(long At, Lane Lane, bool Promised)>(come.Select(c => ((long)c.Item1, c.Item2, false))), new Dictionary<long, int>());
            for (var window = 0L; waiting.Count > 0; window++)
            {
                window.ShouldBeLessThan(1000);
                foreach (var one in waiting.Where(w => w.At == window).OrderBy(w => w.Lane).ThenByDescending(w => w.Promised).ToList())
                {
                    waiting.Remove(one);
                    if (use.Fits(window, one.Lane, quota.Room(one.Lane), one.Promised))
                    {
                        use = use.Take(window);
                        started[window] = started.GetValueOrDefault(window) + 1;
                        continue;
                    }
                    (use, var later) = use.Promise(window, one.Lane, quota.Room(one.Lane));
                    later.ShouldBeGreaterThan(window);
                    waiting.Add((later, one.Lane, true));
                }
            }
            started.Values.ShouldAllBe(n => n <= most);
            started.Values.Sum().ShouldBe(come.Count);
        }));
    }
}
