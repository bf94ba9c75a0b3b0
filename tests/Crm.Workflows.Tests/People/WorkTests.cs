using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Workflows.People;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.People;

/// <summary>What waits for somebody, as one list: tasks and approvals together.</summary>
internal sealed class WorkTests
{
    private const string Ask = """
        [{"id":"ask","kind":"approval","inputs":{"title":{"zh":"折扣 {{discount}}%","en":"Discount {{discount}}%"},"fields":["amount","discount","stage"],
            "stages":[{"key":"superior","approvers":{"by":"superior"}},{"key":"director","approvers":{"by":"role","role":"salesDirector"}}]}}]
        """;
    private const string Call = """
        [{"id":"call","kind":"task","inputs":{"assignee":{"by":"owner"},"title":{"zh":"联系 {{name}}","en":"Contact {{name}}"}}}]
        """;

    private Company company = null!;

    [SetUp]
    public async Task Start()
    {
        company = await Company.StartAsync();
        await company.PublishAsync("discount", """[{"kind":"stageEntered","inputs":{"to":"quote"},"reentry":"everyTime"}]""", Ask);
        await company.PublishAsync("call", """[{"kind":"created"}]""", Call);
    }

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task An_approver_sees_what_changed_since_the_last_round()
    {
        var (deal, first) = await SubmitAsync("甲公司", 10);
        (await ShowAsync(Crew.Lead, first))["changed"].ShouldBeNull();
        await ActAsync(Crew.Lead, first, "reject", "太低");
        await company.ChangeAsync(deal, "stage", "new");
        await company.ChangeAsync(deal, "discount", 8);
        await company.ChangeAsync(deal, "stage", "quote");
        await company.WorkAsync();
        var second = (await ApprovalsAsync(Crew.Lead)).ShouldHaveSingleItem();
        var shown = await ShowAsync(Crew.Lead, second);
        var changed = shown["changed"]!;
        changed["state"]!.GetValue<string>().ShouldBe("rejected");
        var field = changed["fields"]!.AsArray().ShouldHaveSingleItem()!;
        (field["field"]!.GetValue<string>(), field["before"]!.GetValue<decimal>(), field["after"]!.GetValue<decimal>()).ShouldBe(("discount", 10m, 8m));
        shown["earlier"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(first.ToString());
        shown["value"]!.GetValue<decimal>().ShouldBe(100m);
    }

    [Test]
    public async Task Of_many_approved_with_one_comment_each_answers_for_itself()
    {
        var (_, one) = await SubmitAsync("甲公司", 10);
        var (_, two) = await SubmitAsync("乙公司", 20);
        await ActAsync(Crew.Lead, one, "approve");
        var answer = await ManyAsync(Crew.Lead, new("approve", [new("approval", one), new("approval", two)], "都可以", null, null));
        (answer["done"]!.GetValue<int>(), answer["failed"]!.GetValue<int>()).ShouldBe((1, 1));
        answer["results"]![0]!["problem"]!["code"]!.GetValue<string>().ShouldBe("approval.alreadyDecided");
        var shown = await ShowAsync(Crew.Lead, two);
        shown["stages"]![0]!["seats"]![0]!["comment"]!.GetValue<string>().ShouldBe("都可以");
        (await Should.ThrowAsync<Problem>(() => ManyAsync(Crew.Lead, new("reject", [new("approval", two)], null, null, null)))).Errors.ShouldHaveSingleItem().Field.ShouldBe("comment");
        (await ManyAsync(Crew.Rep, new("approve", [new("task", Guid.CreateVersion7())], null, null, null)))["results"]![0]!["problem"]!["code"]!.GetValue<string>().ShouldBe("work.noApproval");
    }

    [Test]
    public async Task All_of_ones_work_is_handed_over_at_once()
    {
        var (_, approval) = await SubmitAsync("甲公司", 10);
        await company.DealAsync("丙公司", Crew.Lead);
        await company.WorkAsync();
        var answer = await ManyAsync(Crew.Lead, new("handOver", null, "去开会", Crew.Boss, null));
        (answer["done"]!.GetValue<int>(), answer["failed"]!.GetValue<int>()).ShouldBe((2, 0));
        (await ApprovalsAsync(Crew.Boss)).ShouldBe([approval]);
        (await TasksAsync(Crew.Boss)).ShouldHaveSingleItem();
        (await TasksAsync(Crew.Lead)).ShouldBeEmpty();
    }

    [Test]
    public async Task What_is_snoozed_is_out_of_sight_and_comes_back_by_itself()
    {
        var (_, approval) = await SubmitAsync("甲公司", 10);
        var task = (await TasksAsync(Crew.Rep)).ShouldHaveSingleItem();
        var until = company.Time.GetUtcNow().UtcDateTime.AddHours(1);
        await ManyAsync(Crew.Rep, new("snooze", [new("task", task)], null, null, until));
        await ManyAsync(Crew.Lead, new("snooze", [new("approval", approval)], null, null, until));
        (await TasksAsync(Crew.Rep)).ShouldBeEmpty();
        (await ApprovalsAsync(Crew.Lead)).ShouldBeEmpty();
        (await TasksAsync(Crew.Rep, "snoozed")).ShouldBe([task]);
        (await ApprovalsAsync(Crew.Lead, "snoozed")).ShouldBe([approval]);
        company.Told.Notices.Clear();
        await company.WaitAsync(TimeSpan.FromHours(1));
        (await TasksAsync(Crew.Rep)).ShouldBe([task]);
        (await ApprovalsAsync(Crew.Lead)).ShouldBe([approval]);
        company.Told.Notices.Select(n => n.User).ShouldBe([Crew.Rep, Crew.Lead], ignoreOrder: true);
    }

    [Test]
    public async Task What_is_snoozed_can_be_brought_back_and_then_says_nothing()
    {
        await SubmitAsync("甲公司", 10);
        var task = (await TasksAsync(Crew.Rep)).ShouldHaveSingleItem();
        await ManyAsync(Crew.Rep, new("snooze", [new("task", task)], null, null, company.Time.GetUtcNow().UtcDateTime.AddHours(1)));
        await ManyAsync(Crew.Rep, new("snooze", [new("task", task)], null, null, null));
        (await TasksAsync(Crew.Rep)).ShouldBe([task]);
        company.Told.Notices.Clear();
        await company.WaitAsync(TimeSpan.FromHours(2));
        company.Told.Notices.ShouldBeEmpty();
    }

    [Test]
    public async Task Only_what_the_rules_allow_is_offered()
    {
        var (_, approval) = await SubmitAsync("甲公司", 10);
        Can(await ShowAsync(Crew.Lead, approval), "takeBack").ShouldBeFalse();
        await company.DoAsync(Crew.ActorOf(Crew.Lead), s => s.GetRequiredService<ApprovalActs>().DoAsync(approval, "addSigner", new(null, null, Crew.Other, null, true, null), default));
        var asked = await ShowAsync(Crew.Lead, approval);
        asked["stages"]![0]!["seats"]!.AsArray().Select(s => s!["mayRemove"]!.GetValue<bool>()).ShouldBe([false, true]);
        (await ShowAsync(Crew.Other, approval))["stages"]![0]!["seats"]!.AsArray().ShouldAllBe(s => !s!["mayRemove"]!.GetValue<bool>());
        await company.DoAsync(Crew.ActorOf(Crew.Lead), s => s.GetRequiredService<ApprovalActs>().DoAsync(approval, "removeSigner", new(2, null, null, null, null, null), default));
        await ActAsync(Crew.Lead, approval, "approve");
        Can(await ShowAsync(Crew.Lead, approval), "takeBack").ShouldBeTrue();
        await ActAsync(Crew.Boss, approval, "approve");
        Can(await ShowAsync(Crew.Lead, approval), "takeBack").ShouldBeFalse();
    }

    private async Task<(Guid Deal, Guid Approval)> SubmitAsync(string name, decimal discount)
    {
        var known = await ApprovalsAsync(Crew.Lead);
        var deal = await company.DealAsync(name, null, ("amount", 100), ("discount", discount));
        await company.ChangeAsync(deal.Id, "stage", "quote");
        await company.WorkAsync();
        return (deal.Id, (await ApprovalsAsync(Crew.Lead)).Except(known).ShouldHaveSingleItem());
    }

    private static bool Can(JsonObject approval, string act) => approval["can"]![act]!.GetValue<bool>();

    private Task<ApprovalRow> ActAsync(Guid by, Guid approval, string act, string? comment = null) =>
        company.DoAsync(Crew.ActorOf(by), s => s.GetRequiredService<ApprovalActs>().DoAsync(approval, act, ActBody.Empty with { Comment = comment }, default));

    private Task<JsonObject> ManyAsync(Guid by, ManyBody body) => company.DoAsync(Crew.ActorOf(by), s => s.GetRequiredService<ManyActs>().DoAsync(body, default));

    private Task<JsonObject> ShowAsync(Guid to, Guid approval) => company.DoAsync(Crew.ActorOf(to), async s =>
        await s.GetRequiredService<ApprovalView>().OneAsync(await s.GetRequiredService<ApprovalActs>().SeenAsync(approval, default), default));

    private async Task<Guid[]> ApprovalsAsync(Guid of, string state = "open") =>
        Ids(await company.DoAsync(Crew.ActorOf(of), s => s.GetRequiredService<ApprovalList>().ReadAsync(new() { Mine = true, State = state }, default)));

    private async Task<Guid[]> TasksAsync(Guid of, string state = "open") =>
        Ids(await company.DoAsync(Crew.ActorOf(of), s => s.GetRequiredService<TaskList>().ReadAsync(new() { Mine = true, State = state }, default)));

    private static Guid[] Ids(JsonObject page) => [.. page["items"]!.AsArray().Select(i => Guid.Parse(i!["id"]!.GetValue<string>()))];
}
