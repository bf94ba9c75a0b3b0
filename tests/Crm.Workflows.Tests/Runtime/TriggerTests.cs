using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Workflows.Runtime.Starts;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Sweeps;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

/// <summary>Every kind of trigger asks its filter and keeps its rule of re-entry. Those told by modules are tested with the modules.</summary>
internal sealed class TriggerTests
{
    private const string Rich = ""","filter":{"field":"amount","op":"gt","value":10}""";
    private const string Say = """[{"id":"say","kind":"test.count","inputs":{"what":{"path":"name"}}}]""";
    private const string Long = """[{"id":"say","kind":"test.count","inputs":{"what":{"path":"name"}}},{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"P30D"}}}}]""";

    /// <summary>Kind with inputs, and whether it comes more than once for a record.</summary>
    private static IEnumerable<TestCaseData> Kinds()
    {
        yield return new TestCaseData(""" "kind":"created" """, false).SetArgDisplayNames("created");
        yield return new TestCaseData(""" "kind":"updated","inputs":{"fields":["discount"]} """, true).SetArgDisplayNames("updated");
        yield return new TestCaseData(""" "kind":"stageEntered","inputs":{"to":"quote"} """, true).SetArgDisplayNames("stageEntered");
        yield return new TestCaseData(""" "kind":"dateField","inputs":{"field":"nextAt","offset":{"plain":"PT1H"}} """, true).SetArgDisplayNames("dateField");
        yield return new TestCaseData(""" "kind":"schedule","inputs":{"cron":"0 0 12 * * ?"} """, true).SetArgDisplayNames("schedule");
        yield return new TestCaseData(""" "kind":"noActivity","inputs":{"for":{"plain":"PT12H"}} """, true).SetArgDisplayNames("noActivity");
        yield return new TestCaseData(""" "kind":"button","inputs":{"label":{"zh":"跑","en":"Run"}} """, true).SetArgDisplayNames("button");
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Every_kind_starts_what_its_filter_finds(string trigger, bool again)
    {
        await using var company = await StartedAsync($"[{{{trigger}{Rich}}}]", Say);
        await DayAsync(company);
        company.Acting.Done.Distinct().ShouldBe(["富"]);
        await DayAsync(company);
        company.Acting.Done.Count.ShouldBe(again ? 2 : 1);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Once_ever_is_once(string trigger, bool again)
    {
        await using var company = await StartedAsync($$"""[{ {{trigger}}{{Rich}},"reentry":"onceEver"}]""", Say);
        for (var day = 0; day < 3; day++) await DayAsync(company);
        company.Acting.Done.ShouldBe(["富"], $"{again}");
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Once_at_a_time_waits_for_the_end(string trigger, bool again)
    {
        await using var company = await StartedAsync($$"""[{ {{trigger}}{{Rich}},"reentry":"onceAtATime"}]""", Long);
        for (var day = 0; day < 3; day++) await DayAsync(company);
        company.Acting.Done.ShouldBe(["富"]);
        company.Time.Advance(TimeSpan.FromDays(30));
        await company.WorkAsync();
        for (var day = 0; day < 2; day++) await DayAsync(company);
        company.Acting.Done.Count.ShouldBe(again ? 2 : 1);
    }

    private static async Task<Company> StartedAsync(string triggers, string steps)
    {
        var company = await Company.StartAsync();
        await SweepAsync(company);
        await company.PublishAsync("sop", triggers, steps);
        await company.DealAsync("富", null, ("amount", 100));
        await company.DealAsync("穷", null, ("amount", 1));
        return company;
    }

    /// <summary>A day on which everything happens to both deals that a trigger may wait for.</summary>
    private static async Task DayAsync(Company company)
    {
        foreach (var deal in await company.QueryAsync<Guid>("SELECT id FROM t_deal ORDER BY id"))
        {
            var now = await company.ReadAsync(deal);
            await company.ChangeAsync(deal, "discount", (now["discount"] as decimal? ?? 0) + 1);
            await company.ChangeAsync(deal, "stage", "new");
            await company.ChangeAsync(deal, "stage", "quote");
            await company.ChangeAsync(deal, "nextAt", company.Time.GetUtcNow().UtcDateTime);
            try { await company.DoAsync(Crew.ActorOf(Crew.Rep), s => s.GetRequiredService<ButtonStart>().StartAsync("sop", new StartBody(deal, null), default)); }
            catch (Problem refused) when (refused.Code is "sop.noButton" or "sop.filterFails" or "sop.runsAlready")
            {
                // Not for this deal, or not by a button at all.
            }
        }
        await company.WorkAsync();
        for (var hour = 0; hour < 24; hour += 2)
        {
            company.Time.Advance(TimeSpan.FromHours(2));
            await SweepAsync(company);
        }
    }

    private static async Task SweepAsync(Company company)
    {
        await company.DoAsync(Actor.System, s => s.GetRequiredService<Sweeping>().EnqueueAsync(default));
        await company.WorkAsync();
    }
}
