using Crm.Shared.Access;
using Crm.Testing;

namespace Crm.Workflows.Tests.Api;

internal sealed class MainJobTests
{
    [Test]
    public async Task A_lead_is_assigned_contacted_and_qualified()
    {
        await using var firm = await Firm.StartAsync("lead-assignment");
        var lead = await firm.Crm.Admin.CreateAsync("leads", new { name = "王先生", company = "远航公司", phone = "13812345678", region = "east", source = "webForm" });
        await firm.Crm.RunDueAsync();

        (await firm.Rep.GetJson($"leads/{lead}")).GetProperty("owner").GetProperty("name").GetString().ShouldBe("李销售");
        var task = await firm.OnlyAsync(firm.Rep, "tasks?mine=true&state=open");
        task.GetProperty("title").GetString().ShouldBe("首次联系：王先生");
        task.GetProperty("record").GetProperty("id").GetGuid().ShouldBe(lead);
        task.GetProperty("can").GetProperty("complete").GetBoolean().ShouldBeTrue();
        task.GetProperty("form").EnumerateArray().Select(f => f.GetProperty("key").GetString()).ShouldContain("budget");

        var id = task.GetProperty("id").GetString();
        (await firm.Rep.SendAsync(HttpMethod.Post, $"tasks/{id}/complete", new { outcome = "interested", answers = new { need = "ERP" } })).Is(400, "invalid").Errors.Keys.ShouldBe(["budget", "timing"], ignoreOrder: true);
        await firm.Rep.PostJson($"tasks/{id}/complete", new { outcome = "interested", answers = new { need = "ERP", budget = 50000, timing = "quarter" } });
        await firm.Crm.RunDueAsync();
        (await firm.Rep.SendAsync(HttpMethod.Post, $"tasks/{id}/complete", new { outcome = "interested", answers = new { } })).Is(409, "task.closed");

        var record = await firm.Rep.GetJson($"leads/{lead}");
        (record.GetProperty("status").GetString(), record.GetProperty("budget").GetDecimal()).ShouldBe(("qualified", 50000m));
        var run = await firm.OnlyAsync(firm.Ops, $"runs?record={lead}");
        run.GetProperty("state").GetString().ShouldBe("done");
        var history = (await firm.Ops.GetJson($"runs/{run.GetProperty("id").GetString()}")).GetProperty("history").EnumerateArray().ToList();
        history.Select(h => h.GetProperty("kind").GetString()).ShouldContain("completed");
        history.First(h => h.GetProperty("step").GetString() == "contact" && h.GetProperty("kind").GetString() == "completed").GetProperty("actor").GetProperty("name").GetString().ShouldBe("李销售");
    }

    [Test]
    public async Task Not_reached_sets_the_next_try()
    {
        await using var firm = await Firm.StartAsync("lead-assignment");
        await firm.Crm.Admin.CreateAsync("leads", new { name = "王先生", region = "east" });
        await firm.Crm.RunDueAsync();
        var task = await firm.OnlyAsync(firm.Rep, "tasks?mine=true");
        var again = firm.Crm.Time.GetUtcNow().AddDays(2);
        await firm.Rep.PostJson($"tasks/{task.GetProperty("id").GetString()}/complete", new { outcome = "notReached", answers = new { nextTryAt = again.ToString("O") } });
        await firm.Crm.RunDueAsync();
        (await firm.Rep.GetJson("tasks?mine=true")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await firm.Crm.PassAsync(TimeSpan.FromDays(2.1));
        (await firm.OnlyAsync(firm.Rep, "tasks?mine=true")).GetProperty("title").GetString().ShouldBe("首次联系：王先生");
    }

    [Test]
    public async Task A_discount_above_authority_is_approved_and_the_quote_locked_meanwhile()
    {
        await using var firm = await Firm.StartAsync("quote-approval");
        var quote = await SubmittedAsync(firm, firm.Rep);

        (await firm.Rep.SendAsync(HttpMethod.Patch, $"quotes/{quote}", new { discount = 40 })).Status.ShouldBe(System.Net.HttpStatusCode.Conflict);
        var approval = await firm.OnlyAsync(firm.Lead, "approvals?mine=true&state=open");
        var id = approval.GetProperty("id").GetString();
        approval.GetProperty("title").GetString()!.ShouldEndWith("：折扣 8%，提交人可给 5%");
        approval.GetProperty("snapshot").EnumerateArray().Select(s => s.GetProperty("field").GetString()).ShouldContain("lines");
        (await firm.Rep.SendAsync(HttpMethod.Post, $"approvals/{id}/approve")).Is(403);
        (await firm.Lead.SendAsync(HttpMethod.Post, $"approvals/{id}/reject")).Is(400);
        (await firm.Lead.PostJson($"approvals/{id}/approve", new { comment = "同意" })).GetProperty("state").GetString().ShouldBe("approved");
        (await firm.Lead.SendAsync(HttpMethod.Post, $"approvals/{id}/approve")).Is(409, "approval.closed");
        await firm.Crm.RunDueAsync();
        (await firm.Rep.GetJson($"quotes/{quote}")).GetProperty("status").GetString().ShouldBe("approved");
        (await firm.OnlyAsync(firm.Rep, "approvals?mine=true&state=started")).GetProperty("state").GetString().ShouldBe("approved");
    }

    [Test]
    public async Task Who_has_no_part_in_it_does_not_see_an_approval()
    {
        await using var firm = await Firm.StartAsync("quote-approval");
        var quote = await SubmittedAsync(firm, firm.Rep);
        var id = (await firm.OnlyAsync(firm.Lead, "approvals")).GetProperty("id").GetString();
        var (_, stranger) = await firm.Crm.PersonAsync("赵销售", await firm.Crm.UnitAsync("华南", firm.Crm.RootUnit), BuiltInRole.Rep);
        (await stranger.SendAsync(HttpMethod.Get, $"approvals/{id}")).Is(404);
    }

    [TestCase("approve", "审批通过：报价 ")]
    [TestCase("reject", "审批被驳回：报价 ")]
    [TestCase("return", "审批被退回：报价 ")]
    public async Task Who_submitted_is_told_once_why_and_led_back_to_the_quote(string act, string title)
    {
        await using var firm = await Firm.StartAsync("quote-approval");
        var quote = await SubmittedAsync(firm, firm.Rep);
        var id = (await firm.OnlyAsync(firm.Lead, "approvals?mine=true&state=open")).GetProperty("id").GetString();
        await firm.Lead.PostJson($"approvals/{id}/{act}", new { comment = "交期要写清楚" });
        await firm.Crm.RunDueAsync();
        var notice = await firm.OnlyAsync(firm.Rep, "notifications");
        notice.GetProperty("title").GetString()!.ShouldStartWith(title);
        notice.GetProperty("body").GetString().ShouldBe("陈经理：交期要写清楚");
        notice.GetProperty("link").GetString().ShouldBe($"/quotes/{quote}");
    }

    // Fifty notices of things long done stood at the bell.
    [Test]
    public async Task Notices_of_what_is_decided_or_done_count_as_read()
    {
        await using var firm = await Firm.StartAsync("quote-approval", "lead-assignment");
        await SubmittedAsync(firm, firm.Rep);
        (await firm.Lead.GetJson("notifications")).GetProperty("unread").GetInt64().ShouldBe(1);
        var id = (await firm.OnlyAsync(firm.Lead, "approvals?mine=true&state=open")).GetProperty("id").GetString();
        await firm.Lead.PostJson($"approvals/{id}/approve");
        (await firm.Lead.GetJson("notifications")).GetProperty("unread").GetInt64().ShouldBe(0);

        await firm.Crm.Admin.CreateAsync("leads", new { name = "王先生", phone = "13812345678", region = "east" });
        await firm.Crm.RunDueAsync();
        (await firm.Rep.GetJson("notifications")).GetProperty("unread").GetInt64().ShouldBe(2, "the decision and the new task");
        var task = (await firm.OnlyAsync(firm.Rep, "tasks?mine=true&state=open")).GetProperty("id").GetString();
        await firm.Rep.PostJson($"tasks/{task}/complete", new { outcome = "notReached", answers = new { nextTryAt = "2026-03-03T02:00:00Z" } });
        (await firm.Rep.GetJson("notifications")).GetProperty("unread").GetInt64().ShouldBe(1, "the decision");
    }

    [Test]
    public async Task A_quote_submitted_for_its_owner_is_told_of_to_both()
    {
        await using var firm = await Firm.StartAsync("quote-approval");
        var quote = await SubmittedAsync(firm, firm.Ops);
        var id = (await firm.OnlyAsync(firm.Lead, "approvals?mine=true&state=open")).GetProperty("id").GetString();
        foreach (var approver in new[] { firm.Lead, firm.Director }) await approver.PostJson($"approvals/{id}/approve");
        await firm.Crm.RunDueAsync();
        (await firm.OnlyAsync(firm.Ops, "notifications")).GetProperty("link").GetString().ShouldBe($"/quotes/{quote}");
        (await firm.OnlyAsync(firm.Rep, "notifications")).GetProperty("link").GetString().ShouldBe($"/approvals/{id}");
    }

    [Test]
    public async Task A_timeline_calls_an_SOP_as_its_reader_does()
    {
        await using var firm = await Firm.StartAsync("lead-assignment");
        var lead = await firm.Crm.Admin.CreateAsync("leads", new { name = "王先生", phone = "13812345678", region = "east" });
        await firm.Crm.RunDueAsync();
        async Task<IEnumerable<string?>> ActorsAsync() => (await firm.Ops.GetJson($"leads/{lead}/timeline")).GetProperty("items").EnumerateArray()
            .Where(e => e.GetProperty("source").GetString() == "sop").Select(e => e.GetProperty("actor").GetProperty("name").GetString()).Distinct();
        (await ActorsAsync()).ShouldBe(["线索分配与首次联系"]);
        await firm.Ops.PatchJson("me", new { locale = "en" });
        (await ActorsAsync()).ShouldBe(["Lead assignment and first contact"]);
    }

    /// <summary>What the shipped SOP forgets to lock would void its approval instead of being refused.</summary>
    [TestCase("""{"customer":null}""")]
    [TestCase("""{"opportunity":"other"}""")]
    [TestCase("""{"currency":"USD"}""")]
    [TestCase("""{"validUntil":"2099-01-01"}""")]
    [TestCase("""{"discount":1}""")]
    [TestCase("""{"taxRate":6}""")]
    [TestCase("""{"terms":"先货后款"}""")]
    [TestCase("""{"lines":[{"description":"别的","quantity":1,"price":1}]}""")]
    public async Task All_that_a_quote_promises_is_locked_while_it_is_decided(string change)
    {
        await using var firm = await Firm.StartAsync("quote-approval");
        var quote = await QuoteAsync(firm, 8);
        if (change.Contains("other", StringComparison.Ordinal))
            change = change.Replace("other", (await firm.Rep.CreateAsync("opportunities", new { name = "别的商机", customer = await firm.Rep.CreateAsync("customers", new { name = "别家" }) })).ToString(), StringComparison.Ordinal);
        await firm.Rep.PostJson($"quotes/{quote}/submit");
        await firm.Crm.RunDueAsync();
        (await firm.Rep.SendAsync(HttpMethod.Patch, $"quotes/{quote}", change)).Is(409, "approval.locked");
    }

    /// <summary>A quote over the rep's authority and within the superior's, on its way.</summary>
    private static async Task<Guid> SubmittedAsync(Firm firm, TestClient by)
    {
        var quote = await QuoteAsync(firm, 8);
        await by.PostJson($"quotes/{quote}/submit");
        await firm.Crm.RunDueAsync();
        return quote;
    }

    private static async Task<Guid> QuoteAsync(Firm firm, int discount)
    {
        await firm.Crm.Admin.CreateAsync("discountAuthorities", new { role = "rep", own = 5, superior = 10 });
        var customer = await firm.Rep.CreateAsync("customers", new { name = "远航公司" });
        var product = await firm.Crm.Admin.CreateAsync("products", new { name = "平台", code = "P1", price = 1000, cost = 400 });
        return await firm.Rep.CreateAsync("quotes", new { title = "报价一", customer, discount, lines = new[] { new { product, quantity = 10 } } });
    }
}
