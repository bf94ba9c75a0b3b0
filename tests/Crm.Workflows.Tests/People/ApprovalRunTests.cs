using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.Runtime;
using Crm.Workflows.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.People;

internal sealed class ApprovalRunTests
{
    private const string Steps = """
        [{"id":"ask","kind":"approval","inputs":{"title":{"zh":"折扣 {{discount}}%：{{name}}","en":"Discount {{discount}}%: {{name}}"},"fields":["amount","discount"],
            "stages":[{"key":"superior","approvers":{"by":"superior"},"due":{"in":{"plain":"P1D"}},"remind":1,"remindEvery":{"plain":"P1D"},"whenLate":"escalate"},
                      {"key":"director","when":{"field":"discount","op":"gt","value":20},"approvers":{"by":"role","role":"salesDirector"}}]}},
         {"id":"say","kind":"test.count","inputs":{"what":{"template":"{{steps.ask.outcome}}"}}}]
        """;

    private static async Task<(Company Company, Guid Deal, ApprovalRow Approval)> OpenAsync(decimal discount = 10, string steps = Steps)
    {
        var company = await Company.StartAsync();
        await company.PublishAsync("discount", """[{"kind":"stageEntered","inputs":{"to":"quote"}}]""", steps);
        var deal = await company.DealAsync("甲公司", null, ("amount", 100), ("discount", discount));
        await company.ChangeAsync(deal.Id, "stage", "quote");
        await company.WorkAsync();
        return (company, deal.Id, await ApprovalAsync(company));
    }

    private static async Task<ApprovalRow> ApprovalAsync(Company company) => (await company.QueryAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM workflows_approval")).ShouldHaveSingleItem();

    private static Task<ApprovalRow> DoAsync(Company company, Guid approval, Guid by, string act, string? comment = null, Guid? to = null, string? stage = null) =>
        company.DoAsync(Crew.ActorOf(by), s => s.GetRequiredService<ApprovalActs>().DoAsync(approval, act, new(null, comment, to, stage, null, null), default));

    private static async Task<Problem> RefusedAsync(Func<Task> act) => await Should.ThrowAsync<Problem>(act);

    private static async Task<JsonArray> QueueAsync(Company company, Guid of, string state = "open") =>
        (await company.DoAsync(Crew.ActorOf(of), s => s.GetRequiredService<ApprovalList>().ReadAsync(new() { Mine = true, State = state }, default)))["items"]!.AsArray();

    [Test]
    public async Task A_small_discount_is_decided_by_the_superior_alone()
    {
        var (company, _, approval) = await OpenAsync();
        await using var _c = company;
        (await QueueAsync(company, Crew.Lead)).Count.ShouldBe(1);
        (await QueueAsync(company, Crew.Boss)).ShouldBeEmpty();
        await DoAsync(company, approval.Id, Crew.Lead, "approve", "同意");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["approved"]);
        (await QueueAsync(company, Crew.Lead)).ShouldBeEmpty();
        (await QueueAsync(company, Crew.Lead, "decided")).Count.ShouldBe(1);
        company.Told.Notices.ShouldContain(n => n.User == Crew.Rep && n.Notice.Title.En.StartsWith("Approved", StringComparison.Ordinal));
    }

    [Test]
    public async Task An_approver_is_told_what_it_is_about_though_nothing_is_bound_and_stages_have_names_though_nobody_gave_them()
    {
        var (company, _, approval) = await OpenAsync(steps: Steps.Replace("""
            "fields":["amount","discount"],
            """.Trim(), "", StringComparison.Ordinal));
        await using var _c = company;
        var shown = await company.DoAsync(Crew.ActorOf(Crew.Lead), s => s.GetRequiredService<ApprovalView>().OneAsync(approval, default));
        shown["snapshot"]!.AsArray().Select(part => part!["field"]!.GetValue<string>()).ShouldContain("name");
        shown["stages"]!.AsArray().Select(stage => stage!["label"]!["zh"]!.GetValue<string>()).ShouldBe(["第 1 级审批", "第 2 级审批"]);
    }

    [Test]
    public async Task A_large_discount_goes_on_to_the_director()
    {
        var (company, _, approval) = await OpenAsync(30);
        await using var _c = company;
        await DoAsync(company, approval.Id, Crew.Lead, "approve");
        await company.WorkAsync();
        company.Acting.Done.ShouldBeEmpty();
        (await QueueAsync(company, Crew.Boss)).Count.ShouldBe(1);
        await DoAsync(company, approval.Id, Crew.Boss, "reject", "太低");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["rejected"]);
        company.Told.Notices.Single(n => n.User == Crew.Rep && n.Notice.Title.Zh.StartsWith("审批被驳回", StringComparison.Ordinal)).Notice.Body!.Zh.ShouldEndWith("：太低");
    }

    [Test]
    public async Task Approved_fields_are_locked_at_every_door_while_it_runs()
    {
        var (company, deal, approval) = await OpenAsync();
        await using var _c = company;
        var refused = await RefusedAsync(() => company.ChangeAsync(deal, "discount", 50));
        (refused.Status, refused.Code).ShouldBe((409, "approval.locked"));
        refused.Errors.ShouldHaveSingleItem().Field.ShouldBe("discount");
        refused.More["approval"].ShouldBe(approval.Id.ToString());
        await RefusedAsync(() => company.ChangeAsync(deal, "discount", 50, Crew.Admin));
        await RefusedAsync(() => company.DoAsync(Crew.ActorOf(Crew.Rep) with { Source = Source.Import, StartsSops = false }, s =>
            s.GetRequiredService<IRecords>().UpdateAsync("deal", deal, new Dictionary<string, object?> { ["amount"] = 1 }, WriteOptions.AsFeature(), default)));
        await company.ChangeAsync(deal, "closes", "2026-04-01");
    }

    [Test]
    public async Task A_step_of_another_sop_meets_the_same_lock()
    {
        var (company, deal, _) = await OpenAsync();
        await using var _c = company;
        await company.PublishAsync("sneak", """[{"kind":"updated","inputs":{"fields":["closes"]}}]""", """[{"id":"set","kind":"updateFields","inputs":{"fields":{"discount":90}}}]""");
        await company.ChangeAsync(deal, "closes", "2026-04-01");
        await company.WorkAsync();
        (await company.ReadAsync(deal)).Amount("discount").ShouldBe(10m);
        (await company.RunsAsync()).Single(r => r.SopKey == "sneak").Status.ShouldBe(Standing.Incident);
    }

    [Test]
    public async Task A_change_after_approval_voids_it_and_says_so()
    {
        var (company, deal, approval) = await OpenAsync();
        await using var _c = company;
        await DoAsync(company, approval.Id, Crew.Lead, "approve");
        await company.WorkAsync();
        await company.ChangeAsync(deal, "discount", 50);
        (await ApprovalAsync(company)).Status.ShouldBe(ApprovalStatus.Voided);
        (await company.QueryAsync<string>("SELECT act FROM workflows_act ORDER BY seq")).ShouldBe(["approve", "void"]);
        company.Told.Notices.ShouldContain(n => n.User == Crew.Rep && n.Notice.Title.En.StartsWith("Voided", StringComparison.Ordinal));
        await company.ChangeAsync(deal, "discount", 55);
    }

    [Test]
    public async Task Deleting_the_record_voids_what_is_being_approved_and_the_run_goes_on()
    {
        var (company, deal, _) = await OpenAsync();
        await using var _c = company;
        await company.DoAsync(Crew.ActorOf(Crew.Rep), s => s.GetRequiredService<IRecords>().DeleteAsync("deal", deal, WriteOptions.None, default));
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["voided"]);
    }

    [Test]
    public async Task An_approval_is_decided_once()
    {
        var (company, _, approval) = await OpenAsync();
        await using var _c = company;
        await DoAsync(company, approval.Id, Crew.Lead, "approve");
        var again = await RefusedAsync(() => DoAsync(company, approval.Id, Crew.Lead, "reject", "nein"));
        (again.Status, again.Code).ShouldBe((409, "approval.closed"));
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["approved"]);
    }

    [Test]
    public async Task One_who_has_decided_is_told_so_while_others_decide()
    {
        var (company, _, approval) = await OpenAsync(30);
        await using var _c = company;
        await DoAsync(company, approval.Id, Crew.Lead, "approve");
        (await RefusedAsync(() => DoAsync(company, approval.Id, Crew.Lead, "approve"))).Code.ShouldBe("approval.alreadyDecided");
    }

    [Test]
    public async Task Of_two_who_decide_at_once_one_decides()
    {
        var (company, _, approval) = await OpenAsync();
        await using var _c = company;
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            try
            {
                await DoAsync(company, approval.Id, Crew.Lead, i % 2 == 0 ? "approve" : "reject", "x");
                return 1;
            }
            catch (Problem refused) when (refused.Status == 409)
            {
                return 0;
            }
        }));
        results.Sum().ShouldBe(1);
        await company.WorkAsync();
        company.Acting.Done.Count.ShouldBe(1);
    }

    [Test]
    public async Task Strangers_may_not_decide()
    {
        var (company, _, approval) = await OpenAsync();
        await using var _c = company;
        (await RefusedAsync(() => DoAsync(company, approval.Id, Crew.Other, "approve"))).Status.ShouldBe(403);
        (await RefusedAsync(() => DoAsync(company, approval.Id, Crew.Rep, "approve"))).Status.ShouldBe(403);
    }

    [Test]
    public async Task A_return_unlocks_until_submitted_again_and_the_old_vote_does_not_count()
    {
        var (company, deal, approval) = await OpenAsync(30);
        await using var _c = company;
        await DoAsync(company, approval.Id, Crew.Lead, "approve");
        await DoAsync(company, approval.Id, Crew.Boss, "return", "请改", stage: "initiator");
        company.Told.Notices.Last(n => n.User == Crew.Rep).Notice.Body!.Zh.ShouldEndWith("：请改");
        await company.ChangeAsync(deal, "discount", 25);
        await DoAsync(company, approval.Id, Crew.Rep, "resubmit");
        (await RefusedAsync(() => company.ChangeAsync(deal, "discount", 60))).Code.ShouldBe("approval.locked");
        (await QueueAsync(company, Crew.Lead)).Count.ShouldBe(1);
        (await ApprovalAsync(company)).Snapshot.ShouldContain("25");
        await DoAsync(company, approval.Id, Crew.Lead, "approve");
        await DoAsync(company, approval.Id, Crew.Boss, "approve");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["approved"]);
    }

    [Test]
    public async Task A_transferred_seat_belongs_to_the_other()
    {
        var (company, _, approval) = await OpenAsync();
        await using var _c = company;
        await DoAsync(company, approval.Id, Crew.Lead, "transfer", null, Crew.Boss);
        (await QueueAsync(company, Crew.Lead)).ShouldBeEmpty();
        await DoAsync(company, approval.Id, Crew.Boss, "approve");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["approved"]);
    }

    [Test]
    public async Task The_initiator_may_withdraw_and_the_fields_are_free()
    {
        var (company, deal, approval) = await OpenAsync();
        await using var _c = company;
        await DoAsync(company, approval.Id, Crew.Rep, "withdraw");
        await company.ChangeAsync(deal, "discount", 11);
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["withdrawn"]);
    }

    [Test]
    public async Task An_absent_approvers_seat_goes_to_the_substitute()
    {
        await using var company = await Company.StartAsync();
        company.Crew.Absences.Add(new(Crew.Lead, DateTime.MinValue, DateTime.MaxValue, Crew.Boss));
        await company.PublishAsync("discount", """[{"kind":"created"}]""", Steps);
        await company.DealAsync("甲", null, ("amount", 1), ("discount", 1));
        await company.WorkAsync();
        var item = (await QueueAsync(company, Crew.Boss)).ShouldHaveSingleItem()!;
        item["stages"]![0]!["seats"]![0]!["via"]!["id"]!.GetValue<string>().ShouldBe(Crew.Lead.ToString());
    }

    [Test]
    public async Task A_late_approver_is_reminded_and_then_the_superior_decides()
    {
        var (company, _, _) = await OpenAsync();
        await using var _c = company;
        await company.WaitAsync(TimeSpan.FromDays(1.01));
        company.Told.Notices.Count(n => n.User == Crew.Lead && n.Notice.Title.En.StartsWith("Approval is due", StringComparison.Ordinal)).ShouldBe(1);
        await company.WaitAsync(TimeSpan.FromDays(1.01));
        (await QueueAsync(company, Crew.Lead)).ShouldBeEmpty();
        (await QueueAsync(company, Crew.Boss)).Count.ShouldBe(1);
    }

    [Test]
    public async Task Inside_a_for_each_an_approval_may_be_due_by_a_date_of_the_record_it_is_about()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("each", """[{"kind":"stageEntered","inputs":{"to":"quote"}}]""", """
            [{"id":"each","kind":"forEach","inputs":{"type":"deal","via":"parentDeal"},"steps":[
                {"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"superior"},"due":{"path":"item.closes"}}]}}]}]
            """);
        var parent = await company.DealAsync("甲");
        await company.DealAsync("乙", null, ("parentDeal", parent.Id), ("closes", new DateOnly(2026, 3, 12)));
        await company.ChangeAsync(parent.Id, "stage", "quote");
        await company.WorkAsync();
        (await company.QueryAsync<DateTime>("SELECT due_at FROM workflows_seat")).ShouldBe([new DateTime(2026, 3, 12, 1, 0, 0, DateTimeKind.Utc)]);
    }

    [Test]
    public async Task Nobody_found_goes_to_the_administrator_with_an_incident_and_never_past()
    {
        var (company, _, approval) = await OpenAsync(10, """
            [{"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"field","path":"approver"}}]}},{"id":"say","kind":"test.count","inputs":{"what":{"template":"{{steps.ask.outcome}}"}}}]
            """);
        await using var _c = company;
        company.Acting.Done.ShouldBeEmpty();
        (await company.CountAsync("workflows_incident WHERE closed_at IS NULL AND kind = 1")).ShouldBe(1);
        await DoAsync(company, approval.Id, Crew.Admin, "approve");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["approved"]);
        (await company.CountAsync("workflows_incident WHERE closed_at IS NULL")).ShouldBe(0);
    }

    [Test]
    public async Task The_snapshot_shows_what_was_asked_for_with_labels()
    {
        var (company, _, approval) = await OpenAsync();
        await using var _c = company;
        var shown = await company.DoAsync(Crew.ActorOf(Crew.Lead), async s => await s.GetRequiredService<ApprovalView>().OneAsync(await s.GetRequiredService<ApprovalActs>().SeenAsync(approval.Id, default), default));
        shown["title"]!.GetValue<string>().ShouldBe("折扣 10%：甲公司");
        shown["snapshot"]!.AsArray().Select(p => (p!["field"]!.GetValue<string>(), p["label"]!["zh"]!.GetValue<string>(), p["value"]!.GetValue<decimal>()))
            .ShouldBe([("amount", "金额", 100m), ("discount", "折扣", 10m)]);
        shown["can"]!["approve"]!.GetValue<bool>().ShouldBeTrue();
        shown["mySeat"]!.GetValue<int>().ShouldBe(1);
    }
}
