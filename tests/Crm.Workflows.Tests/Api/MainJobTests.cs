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
        var quote = await QuoteAsync(firm, 8);
        await firm.Rep.PostJson($"quotes/{quote}/submit");
        await firm.Crm.RunDueAsync();

        (await firm.Rep.SendAsync(HttpMethod.Patch, $"quotes/{quote}", new { discount = 40 })).Status.ShouldBe(System.Net.HttpStatusCode.Conflict);
        var approval = await firm.OnlyAsync(firm.Lead, "approvals?mine=true&state=open");
        var id = approval.GetProperty("id").GetString();
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
        var quote = await QuoteAsync(firm, 8);
        await firm.Rep.PostJson($"quotes/{quote}/submit");
        await firm.Crm.RunDueAsync();
        var id = (await firm.OnlyAsync(firm.Lead, "approvals")).GetProperty("id").GetString();
        var (_, stranger) = await firm.Crm.PersonAsync("赵销售", await firm.Crm.UnitAsync("华南", firm.Crm.RootUnit), BuiltInRole.Rep);
        (await stranger.SendAsync(HttpMethod.Get, $"approvals/{id}")).Is(404);
    }

    private static async Task<Guid> QuoteAsync(Firm firm, int discount)
    {
        await firm.Crm.Admin.CreateAsync("discountAuthorities", new { role = "rep", own = 5, superior = 10 });
        var customer = await firm.Rep.CreateAsync("customers", new { name = "远航公司" });
        var product = await firm.Crm.Admin.CreateAsync("products", new { name = "平台", code = "P1", price = 1000, cost = 400 });
        return await firm.Rep.CreateAsync("quotes", new { title = "报价一", customer, discount, lines = new[] { new { product, quantity = 10 } } });
    }
}
