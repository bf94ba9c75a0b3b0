using System.Text.Json;
using Crm.Testing;
using Crm.Workflows.Definition;
using Crm.Workflows.Tests.Api;

namespace Crm.Workflows.Tests.Shipped;

/// <summary>The five templates, used as they are: published over the API and worked off by people to their end.</summary>
internal sealed class TemplateRunTests
{
    [Test]
    public async Task The_templates_follow_the_work_and_none_has_an_error()
    {
        await using var firm = await Firm.StartAsync();
        var items = (await firm.Ops.GetJson("sops/templates")).GetProperty("items").EnumerateArray().ToList();
        items.Take(5).Select(t => t.GetProperty("key").GetString()).ShouldBe(["lead-assignment", "first-contact", "proposal-quote", "negotiation-contract", "delivery-care"]);
        foreach (var template in items)
        {
            foreach (var part in new[] { "name", "about" })
                foreach (var language in new[] { "zh", "en" }) template.GetProperty(part).GetProperty(language).GetString().ShouldNotBeNullOrWhiteSpace();
            var key = template.GetProperty("key").GetString();
            var problems = (await firm.Ops.PostJson($"sops/{key}/validate", template.GetProperty("definition"))).GetProperty("problems").EnumerateArray();
            problems.Where(p => p.GetProperty("severity").GetString() == "error").Select(p => $"{key}: {p.GetProperty("message").GetString()}").ShouldBeEmpty();
        }
    }

    [Test]
    public async Task A_rule_of_assignment_that_finds_nobody_leaves_it_to_the_next_and_is_nothing_to_warn_of()
    {
        await using var firm = await Firm.StartAsync();
        var shipped = (await firm.Ops.GetJson("sops/templates")).GetProperty("items").EnumerateArray().First(t => t.GetProperty("key").GetString() == "lead-assignment");
        var problems = (await firm.Ops.PostJson("sops/lead-assignment/validate", shipped.GetProperty("definition"))).GetProperty("problems").EnumerateArray();
        problems.Select(p => p.GetProperty("path").GetString()).ShouldAllBe(path => !path!.Contains("rules", StringComparison.Ordinal));
    }

    [Test]
    public void Every_text_of_a_template_is_in_both_languages()
    {
        foreach (var key in ShippedSops.Path)
            foreach (var step in new SopPlan(SopJson.Read(ShippedSops.Read(key))).Steps.OfType<TaskStep>())
                foreach (var text in new[] { step.Title, step.Script, step.Name }.OfType<Crm.Shared.Records.Label>())
                    (text.Zh != text.En && text.Zh.Any(c => c > 0x2E80)).ShouldBeTrue($"{key}/{step.Id}: {text.Zh}");
    }

    [Test]
    public async Task First_contact_tries_again_and_leads_to_the_proposal()
    {
        await using var firm = await Firm.StartAsync("first-contact");
        var deal = await DealAsync(firm);
        await CompleteAsync(firm.Rep, firm, "需求访谈", "notReached", new { nextFollowUpAt = firm.Crm.Time.GetUtcNow().AddDays(2).ToString("O") });
        await firm.Crm.PassAsync(TimeSpan.FromDays(2.1));
        await CompleteAsync(firm.Rep, firm, "需求访谈", "understood", new { needs = "两条产线的能耗监测", amount = 120000, closeDate = "2026-09-30", deciders = "总经理" }, "pain", "next");
        await EndedAsync(firm, deal, "propose");
    }

    [Test]
    public async Task A_proposal_gets_help_is_quoted_and_leads_to_the_negotiation()
    {
        await using var firm = await Firm.StartAsync("proposal-quote");
        var deal = await DealAsync(firm);
        await MoveAsync(firm, deal, "propose");
        await CompleteAsync(firm.Rep, firm, "制定方案", "help", new { helpWith = "行业案例" });
        await CompleteAsync(firm.Lead, firm, "支持方案", "done", new { advice = "用恒通的案例" });
        await CompleteAsync(firm.Rep, firm, "发出报价", "sent", new { nextFollowUpAt = firm.Crm.Time.GetUtcNow().AddDays(5).ToString("O") }, "lines", "terms", "valid");
        (await StageAsync(firm, deal)).ShouldBe("quote");
        await firm.Crm.PassAsync(TimeSpan.FromDays(8));
        await CompleteAsync(firm.Rep, firm, "跟进报价反馈", "negotiate", new { feedback = "价格可谈" });
        await EndedAsync(firm, deal, "negotiate");
    }

    [Test]
    public async Task A_refused_discount_goes_back_to_the_table_and_a_signed_contract_wins()
    {
        await using var firm = await Firm.StartAsync("negotiation-contract");
        var deal = await DealAsync(firm);
        await MoveAsync(firm, deal, "negotiate");
        await CompleteAsync(firm.Rep, firm, "谈判条件", "discount", new { discount = 30, payment = "货到付款", inReturn = "两年约" }, "deciderThere");
        await DecideAsync(firm.Lead, firm, "reject");
        await CompleteAsync(firm.Rep, firm, "谈判条件", "discount", new { discount = 20, payment = "预付三成", inReturn = "案例授权" }, "deciderThere");
        await DecideAsync(firm.Lead, firm, "approve");
        await DecideAsync(firm.Director, firm, "approve");
        await CompleteAsync(firm.Rep, firm, "谈判条件", "agreed", new { payment = "预付三成" }, "deciderThere");
        await CompleteAsync(firm.Rep, firm, "签订合同", "signed", new { contractNumber = "HT-001", signedOn = "2026-04-01", amount = 96000 }, "legal", "signed", "plan");
        await EndedAsync(firm, deal, "won");
    }

    [Test]
    public async Task Without_a_discount_nobody_is_asked()
    {
        await using var firm = await Firm.StartAsync("negotiation-contract");
        var deal = await DealAsync(firm);
        await MoveAsync(firm, deal, "negotiate");
        await CompleteAsync(firm.Rep, firm, "谈判条件", "agreed", new { payment = "预付三成" }, "deciderThere");
        await CompleteAsync(firm.Rep, firm, "签订合同", "fellThrough", new { lostReason = "price" });
        await EndedAsync(firm, deal, "lost");
    }

    [Test]
    public async Task A_won_deal_is_delivered_visited_and_becomes_the_next_opportunity()
    {
        await using var firm = await Firm.StartAsync("delivery-care");
        var deal = await DealAsync(firm);
        await MoveAsync(firm, deal, "won");
        await CompleteAsync(firm.Rep, firm, "交付交接", "handed", new { deliverer = "交付一组", goLive = DateOnly.FromDateTime(firm.Crm.Time.GetUtcNow().AddDays(10).DateTime).ToString("yyyy-MM-dd") }, "papers", "promises", "kickOff");
        await PassAsync(firm, 11);
        await CompleteAsync(firm.Rep, firm, "验收确认", "problems", new { remarks = "报表未完成" });
        await PassAsync(firm, 20);
        await CompleteAsync(firm.Rep, firm, "回访", "done", new { satisfaction = "bad" });
        await PassAsync(firm, 61);
        await CompleteAsync(firm.Rep, firm, "交叉销售", "chance", new { need = "仓库二期" });
        await EndedAsync(firm, deal, "won");
        (await firm.Rep.GetJson("opportunities")).GetProperty("items").EnumerateArray().Select(o => o.GetProperty("name").GetString()).ShouldContain("远航公司 · 仓库二期");
    }

    private static async Task<Guid> DealAsync(Firm firm)
    {
        var customer = await firm.Rep.CreateAsync("customers", new { name = "远航公司" });
        var deal = await firm.Rep.CreateAsync("opportunities", new { name = "能耗监测", customer, amount = 100000 });
        await firm.Crm.RunDueAsync();
        return deal;
    }

    /// <summary>Time passes and people sign in again.</summary>
    private static async Task PassAsync(Firm firm, int days)
    {
        TestClient[] clients = [firm.Rep, firm.Ops, firm.Crm.Admin];
        var emails = new List<string?>();
        foreach (var client in clients) emails.Add((await client.GetJson("me")).GetProperty("email").GetString());
        await firm.Crm.PassAsync(TimeSpan.FromDays(days));
        for (var i = 0; i < clients.Length; i++) await clients[i].PostJson("auth/sign-in", new { email = emails[i], password = TestCrm.Password, remember = false });
    }

    private static async Task MoveAsync(Firm firm, Guid deal, string stage)
    {
        await firm.Rep.PatchJson($"opportunities/{deal}", new { stage });
        await firm.Crm.RunDueAsync();
    }

    private static async Task CompleteAsync(TestClient who, Firm firm, string title, string outcome, object answers, params string[] done)
    {
        var tasks = (await who.GetJson("tasks?mine=true&state=open")).GetProperty("items").EnumerateArray().ToList();
        var task = tasks.FirstOrDefault(t => t.GetProperty("title").GetString()!.StartsWith(title, StringComparison.Ordinal));
        task.ValueKind.ShouldBe(JsonValueKind.Object, $"{title} is not among {string.Join(", ", tasks.Select(t => t.GetProperty("title").GetString()))}");
        await who.PostJson($"tasks/{task.GetProperty("id").GetString()}/complete", new { outcome, answers, checklist = done });
        await firm.Crm.RunDueAsync();
    }

    private static async Task DecideAsync(TestClient who, Firm firm, string act)
    {
        var approval = await firm.OnlyAsync(who, "approvals?mine=true&state=open");
        await who.PostJson($"approvals/{approval.GetProperty("id").GetString()}/{act}", new { comment = "看过" });
        await firm.Crm.RunDueAsync();
    }

    private static async Task<string?> StageAsync(Firm firm, Guid deal) => (await firm.Crm.Admin.GetJson($"opportunities/{deal}")).GetProperty("stage").GetString();

    private static async Task EndedAsync(Firm firm, Guid deal, string stage)
    {
        (await StageAsync(firm, deal)).ShouldBe(stage);
        var runs = (await firm.Ops.GetJson($"runs?record={deal}")).GetProperty("items").EnumerateArray().ToList();
        runs.ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("done");
        (await firm.Crm.Admin.GetJson("tasks?state=open")).GetProperty("items").EnumerateArray().ShouldNotContain(t => t.GetProperty("record").GetProperty("id").GetGuid() == deal);
    }
}
