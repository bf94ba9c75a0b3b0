using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.Runtime.Archive;
using Crm.Workflows.Runtime.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

internal sealed class ArchiveTests
{
    private const string Say = """[{"id":"say","kind":"test.count","inputs":{"what":{"path":"name"}}}]""";

    private static async Task SweepAsync(Company company, TimeSpan after)
    {
        company.Time.Advance(after);
        await company.DoAsync(Actor.System, s => s.GetRequiredService<Archiving>().EnqueueAsync(default));
        await company.WorkAsync();
    }

    private static async Task<Company> StartAsync(string triggers = """[{"kind":"created"}]""", string steps = Say)
    {
        var company = await Company.StartAsync();
        company.Settings.Values[WorkflowSettings.ArchiveDays] = 180L;
        await company.PublishAsync("greet", triggers, steps);
        return company;
    }

    private static Task<JsonObject> AsAdmin(Company company, Func<RunView, Task<JsonObject>> read) => company.DoAsync(Crew.ActorOf(Crew.Admin), s => read(s.GetRequiredService<RunView>()));

    [Test]
    public async Task Runs_that_ended_long_ago_leave_the_working_tables_and_can_still_be_looked_at()
    {
        await using var company = await StartAsync();
        await company.DealAsync("旧");
        await company.WorkAsync();
        var before = await AsAdmin(company, async v => await v.OneAsync((await company.RunAsync()).Id, default));
        await SweepAsync(company, TimeSpan.FromDays(179));
        (await company.CountAsync("workflows_run")).ShouldBe(1);
        await company.DealAsync("新");
        await company.WorkAsync();
        await SweepAsync(company, TimeSpan.FromDays(2));

        (await company.RunsAsync()).ShouldHaveSingleItem().RecordName.ShouldBe("新");
        (await company.CountAsync("workflows_history")).ShouldBe((await company.RunsAsync())[0].Entries);
        var list = await AsAdmin(company, v => v.ListAsync(new() { Sop = "greet" }, default));
        list["items"]!.AsArray().Select(r => r!["record"]!["name"]!.GetValue<string>()).ShouldBe(["新", "旧"]);
        var after = await AsAdmin(company, v => v.OneAsync(Guid.Parse(before["id"]!.GetValue<string>()), default));
        after["history"]!.ToJsonString().ShouldBe(before["history"]!.ToJsonString());
        after["state"]!.GetValue<string>().ShouldBe("done");
        (await AsAdmin(company, v => v.ListAsync(new() { State = "waiting" }, default)))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Pages_of_a_list_go_on_from_working_runs_to_archived_ones()
    {
        await using var company = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await company.DealAsync($"{i}");
            await company.WorkAsync();
            company.Time.Advance(TimeSpan.FromDays(40));
        }
        await SweepAsync(company, TimeSpan.FromDays(61));
        (await company.CountAsync("workflows_past_run")).ShouldBe(3);
        var (seen, next) = (new List<string>(), (string?)null);
        do
        {
            var page = await AsAdmin(company, v => v.ListAsync(new() { Limit = 2, After = next }, default));
            seen.AddRange(page["items"]!.AsArray().Select(r => r!["record"]!["name"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
        }
        while (next is not null);
        seen.ShouldBe(["4", "3", "2", "1", "0"]);
    }

    [Test]
    public async Task Many_are_archived_a_few_at_a_time_and_open_runs_never()
    {
        await using var company = await StartAsync(steps: """[{"id":"size","kind":"branch","inputs":{},"paths":[{"id":"big","when":{"field":"amount","op":"gt","value":1},"steps":[{"id":"wait","kind":"wait","inputs":{"until":{"in":{"plain":"P900D"}}}}]}]}]""");
        for (var i = 0; i < Archiving.AtOnce + 20; i++) await company.DealAsync($"{i}");
        await company.DealAsync("开", null, ("amount", 5));
        await company.WorkAsync();
        await SweepAsync(company, TimeSpan.FromDays(200));
        (await company.CountAsync("workflows_past_run")).ShouldBe(Archiving.AtOnce);
        await company.WaitAsync(TimeSpan.FromSeconds(2));
        (await company.CountAsync("workflows_past_run")).ShouldBe(Archiving.AtOnce + 20);
        (await company.RunAsync()).RecordName.ShouldBe("开");
    }

    [Test]
    public async Task Without_an_age_nothing_is_archived()
    {
        await using var company = await StartAsync();
        company.Settings.Values.Clear();
        await company.DealAsync("甲");
        await company.WorkAsync();
        await SweepAsync(company, TimeSpan.FromDays(5000));
        (await company.CountAsync("workflows_run")).ShouldBe(1);
    }

    [Test]
    public async Task Once_ever_holds_for_runs_that_are_archived()
    {
        await using var company = await StartAsync("""[{"kind":"updated","inputs":{"fields":["stage"]},"reentry":"onceEver"}]""");
        var deal = await company.DealAsync("甲");
        await company.ChangeAsync(deal.Id, "stage", "quote");
        await company.WorkAsync();
        await SweepAsync(company, TimeSpan.FromDays(200));
        (await company.CountAsync("workflows_run")).ShouldBe(0);
        await company.ChangeAsync(deal.Id, "stage", "won");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["甲"]);
    }

    [Test]
    public async Task What_was_approved_long_ago_is_still_voided_by_a_change()
    {
        await using var company = await StartAsync(steps: """[{"id":"ask","kind":"approval","inputs":{"title":"x","fields":["amount"],"stages":[{"key":"one","approvers":{"by":"superior"}}]}}]""");
        var deal = await company.DealAsync("甲", null, ("amount", 5));
        await company.WorkAsync();
        var approval = (await company.QueryAsync<Guid>("SELECT id FROM workflows_approval")).ShouldHaveSingleItem();
        await company.DoAsync(Crew.ActorOf(Crew.Lead), s => s.GetRequiredService<ApprovalActs>().DoAsync(approval, "approve", ActBody.Empty, default));
        await company.WorkAsync();
        await SweepAsync(company, TimeSpan.FromDays(200));
        (await company.CountAsync("workflows_run")).ShouldBe(0);
        await company.ChangeAsync(deal.Id, "amount", 6);
        (await company.QueryAsync<long>("SELECT status FROM workflows_approval")).ShouldBe([(long)ApprovalStatus.Voided]);
    }
}
