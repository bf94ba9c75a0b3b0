using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Service.Tests;

/// <summary>Tickets and their deadlines, over the real API. The clock stands at Monday nine; an office day has 7.5 hours.</summary>
internal sealed class TicketTests
{
    private TestCrm crm = null!;
    private TestClient agent = null!;

    [SetUp]
    public async Task Start()
    {
        crm = await TestCrm.StartAsync();
        (_, agent) = await crm.PersonAsync("孙客服", crm.RootUnit, BuiltInRole.ServiceAgent);
        await crm.Admin.CreateAsync("slaPolicies", new { name = "标准" });
    }

    [TearDown]
    public async Task Stop() => await crm.DisposeAsync();

    private Task<Guid> TicketAsync(string subject = "设备报警", string priority = "normal") => agent.CreateAsync("tickets", new { subject, priority });

    private async Task<DateTime?> TimeAsync(Guid ticket, string field) => (await agent.GetJson($"tickets/{ticket}")).GetProperty(field) is { ValueKind: JsonValueKind.String } text ? text.GetDateTime() : null;

    private async Task<string?> SlaAsync(Guid ticket) => (await agent.GetJson($"tickets/{ticket}")).GetProperty("sla").GetString();

    private static DateTime Local(int day, int hour, int minute = 0) => new DateTime(2026, 3, day, hour, minute, 0, DateTimeKind.Utc).AddHours(-8);

    private Task<IReadOnlyList<string>> StartedAsync(string sop) => crm.RunAsync(s => s.GetRequiredService<Session>().QueryAsync<string>("SELECT record_name FROM workflows_run WHERE sop_key = @sop ORDER BY id", new { sop }, default));

    private async Task PublishAsync(string key, string triggers, string steps = "[]", string record = "ticket")
    {
        await crm.Admin.PutJson($"sops/{key}", $$"""{"key":"{{key}}","name":{"zh":"试","en":"Try"},"record":"{{record}}","triggers":{{triggers}},"steps":{{steps}}}""");
        await crm.Admin.PostJson($"sops/{key}/publish");
    }

    [TestCase("normal", 14, 30, 5, 10, 30)]
    [TestCase("urgent", 10, 0, 2, 14, 30)]
    public async Task Deadlines_follow_the_priority_in_business_time(string priority, int hour, int minute, int day, int dueHour, int dueMinute)
    {
        var ticket = await TicketAsync(priority: priority);
        (await TimeAsync(ticket, "responseDue")).ShouldBe(Local(2, hour, minute));
        (await TimeAsync(ticket, "resolutionDue")).ShouldBe(Local(day, dueHour, dueMinute));
        (await SlaAsync(ticket)).ShouldBe("running");
    }

    [Test]
    public async Task Another_priority_moves_the_deadlines_and_their_alarms()
    {
        await PublishAsync("late", """[{"kind":"slaBreached","inputs":{"target":"response"}}]""");
        var ticket = await TicketAsync(priority: "low");
        await agent.PatchJson($"tickets/{ticket}", new { priority = "urgent" });
        (await TimeAsync(ticket, "responseDue")).ShouldBe(Local(2, 10));
        await crm.PassAsync(TimeSpan.FromMinutes(61));
        (await StartedAsync("late")).ShouldBe(["设备报警"]);
    }

    [Test]
    public async Task The_warning_comes_at_its_share_of_the_time_and_the_breach_at_the_end_each_once()
    {
        await PublishAsync("warn", """[{"kind":"slaWarning","inputs":{"target":"response"}}]""", """[{"id":"up","kind":"updateFields","inputs":{"fields":{"description":{"template":"{{run.payload.target}} {{run.payload.priority}}"}}}}]""");
        await PublishAsync("late", """[{"kind":"slaBreached"}]""");
        var ticket = await TicketAsync(priority: "urgent");
        await crm.PassAsync(TimeSpan.FromMinutes(47));
        (await SlaAsync(ticket)).ShouldBe("running");
        await crm.PassAsync(TimeSpan.FromMinutes(2));
        (await SlaAsync(ticket)).ShouldBe("warned");
        (await StartedAsync("warn")).Count.ShouldBe(1);
        (await agent.GetJson($"tickets/{ticket}")).GetProperty("description").GetString().ShouldBe("response urgent");
        (await StartedAsync("late")).ShouldBeEmpty();
        await crm.PassAsync(TimeSpan.FromMinutes(12));
        (await SlaAsync(ticket)).ShouldBe("breached");
        await crm.PassAsync(TimeSpan.FromMinutes(30));
        ((await StartedAsync("warn")).Count, (await StartedAsync("late")).Count).ShouldBe((1, 1));
        var kinds = (await agent.GetJson($"tickets/{ticket}/timeline")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("kind").GetString()).ToArray();
        kinds.ShouldContain("slaWarning");
        kinds.ShouldContain("slaBreached");
    }

    [Test]
    public async Task Who_answers_and_solves_in_time_hears_no_alarm()
    {
        await PublishAsync("any", """[{"kind":"slaWarning"},{"kind":"slaBreached"}]""");
        var ticket = await TicketAsync();
        await agent.CreateAsync("activities", new { kind = "call", subject = "回电", ticket });
        (await TimeAsync(ticket, "respondedAt")).ShouldNotBeNull();
        (await agent.GetJson($"tickets/{ticket}")).GetProperty("status").GetString().ShouldBe("open");
        await agent.PatchJson($"tickets/{ticket}", new { status = "resolved", solution = "已重启" });
        (await SlaAsync(ticket)).ShouldBe("met");
        await crm.PassAsync(TimeSpan.FromDays(10));
        (await StartedAsync("any")).ShouldBeEmpty();
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM shared_work WHERE kind = 'service.sla'")).ShouldBe(0);
    }

    [Test]
    public async Task Waiting_for_the_customer_stops_the_clock_of_the_solution()
    {
        await PublishAsync("late", """[{"kind":"slaBreached","inputs":{"target":"resolution"}}]""");
        var ticket = await TicketAsync(priority: "urgent");
        await agent.PatchJson($"tickets/{ticket}", new { status = "waiting" });
        await crm.PassAsync(TimeSpan.FromDays(2));
        (await StartedAsync("late")).ShouldBeEmpty();
        await agent.PatchJson($"tickets/{ticket}", new { status = "open" });
        // Two office days have passed; the four hours begin again on Wednesday at nine.
        (await TimeAsync(ticket, "resolutionDue")).ShouldBe(Local(4, 14, 30));
        await crm.PassAsync(TimeSpan.FromHours(6));
        (await StartedAsync("late")).Count.ShouldBe(1);
    }

    [Test]
    public async Task A_reopened_ticket_runs_again()
    {
        await PublishAsync("late", """[{"kind":"slaBreached","inputs":{"target":"resolution"}}]""");
        var ticket = await TicketAsync(priority: "urgent");
        await agent.PatchJson($"tickets/{ticket}", new { status = "resolved" });
        await agent.PatchJson($"tickets/{ticket}", new { status = "open" });
        (await TimeAsync(ticket, "resolvedAt")).ShouldBeNull();
        await crm.PassAsync(TimeSpan.FromHours(6));
        (await StartedAsync("late")).Count.ShouldBe(1);
    }

    [Test]
    public async Task The_first_policy_that_fits_counts_and_a_changed_one_moves_open_tickets()
    {
        var vip = await crm.Admin.CreateAsync("slaPolicies", new { name = "重点客户", position = 1, responseNormal = 1, filter = JsonSerializer.Deserialize<JsonElement>("""{"field":"customer.level","op":"eq","value":"A"}""") });
        var customer = await crm.Admin.CreateAsync("customers", new { name = "星海", level = "A" });
        var ticket = await agent.CreateAsync("tickets", new { subject = "咨询", customer });
        var other = await TicketAsync();
        ((await TimeAsync(ticket, "responseDue")), (await TimeAsync(other, "responseDue"))).ShouldBe((Local(2, 10), Local(2, 14, 30)));
        await crm.Admin.PatchJson($"slaPolicies/{vip}", new { responseNormal = 2 });
        await crm.PassAsync(TimeSpan.FromSeconds(5));
        (await TimeAsync(ticket, "responseDue")).ShouldBe(Local(2, 11));
        (await crm.Admin.SendAsync(HttpMethod.Post, "slaPolicies", new { name = "错", filter = JsonSerializer.Deserialize<JsonElement>("""{"field":"x","op":"eq","value":1}""") })).Is(400).Errors["filter"].ShouldBe("filter.unknownField");
    }

    [Test]
    public async Task Other_working_hours_move_the_deadlines_of_open_tickets()
    {
        var ticket = await TicketAsync();
        await crm.Admin.PutJson($"calendars/{crm.RootUnit}", new { zone = "Asia/Shanghai", hours = new { monday = new[] { new { start = "09:00", end = "18:00" } } } });
        await crm.PassAsync(TimeSpan.FromSeconds(5));
        (await TimeAsync(ticket, "responseDue")).ShouldBe(Local(2, 13));
    }

    [Test]
    public async Task Reps_open_tickets_and_agents_work_on_them()
    {
        var (_, rep) = await crm.PersonAsync("李销售", crm.RootUnit, BuiltInRole.Rep);
        var customer = await rep.CreateAsync("customers", new { name = "星海" });
        var contact = await rep.CreateAsync("contacts", new { name = "王工", customer });
        var ticket = await rep.CreateAsync("tickets", new { subject = "报修", contact });
        var seen = await agent.GetJson($"tickets/{ticket}");
        seen.GetProperty("number").GetString()!.ShouldStartWith("T");
        seen.GetProperty("customer").GetProperty("id").GetGuid().ShouldBe(customer);
        (await rep.SendAsync(HttpMethod.Patch, $"tickets/{ticket}", new { status = "closed" })).Is(403);
        (await agent.PatchJson($"tickets/{ticket}", new { owner = agent.UserId })).GetProperty("status").GetString().ShouldBe("open");
        (await agent.SendAsync(HttpMethod.Patch, $"tickets/{ticket}", new { sla = "met" })).Is(400);
        (await agent.GetJson("me/numbers")).GetProperty("ticketsOpen").GetInt32().ShouldBe(1);
    }

    [Test]
    public async Task An_sop_opens_a_ticket_about_the_records_customer()
    {
        await PublishAsync("complain", """[{"kind":"updated","inputs":{"fields":["note"]}}]""",
            """[{"id":"t","kind":"service.openTicket","inputs":{"subject":"回访不满意：{{name}}","priority":"high","kind":"complaint","queue":"complaints","owner":{"by":"role","role":"serviceAgent"}}},{"id":"w","kind":"updateFields","inputs":{"fields":{"address":{"template":"{{steps.t.number}}"}}}}]""", "customer");
        var customer = await crm.Admin.CreateAsync("customers", new { name = "星海" });
        await crm.Admin.PatchJson($"customers/{customer}", new { note = "差" });
        await crm.RunDueAsync();
        var ticket = (await agent.GetJson("tickets")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (ticket.GetProperty("subject").GetString(), ticket.GetProperty("priority").GetString(), ticket.GetProperty("kind").GetString(), ticket.GetProperty("channel").GetString()).ShouldBe(("回访不满意：星海", "high", "complaint", "sop"));
        (ticket.GetProperty("customer").GetProperty("id").GetGuid(), ticket.GetProperty("owner").GetProperty("id").GetGuid()).ShouldBe((customer, agent.UserId));
        (await agent.GetJson($"customers/{customer}")).GetProperty("address").GetString().ShouldBe(ticket.GetProperty("number").GetString());
        ticket.GetProperty("responseDue").GetDateTime().ShouldBe(Local(2, 11));
    }

    [Test]
    public async Task Tickets_can_be_imported()
    {
        var content = new ByteArrayContent("主题,优先级,状态\n旧工单一,高,处理中\n旧工单二,urgent,closed\n"u8.ToArray());
        var upload = (await crm.Admin.SendAsync(HttpMethod.Post, "imports", new MultipartFormDataContent { { new StringContent("ticket"), "type" }, { content, "file", "t.csv" } })).Is(201).Json;
        await crm.Admin.PostJson($"imports/{upload.GetProperty("id").GetString()}/start");
        await crm.RunDueAsync();
        var tickets = (await agent.GetJson("tickets?sort=subject")).GetProperty("items").EnumerateArray().Select(t => (t.GetProperty("subject").GetString(), t.GetProperty("priority").GetString(), t.GetProperty("status").GetString())).ToArray();
        tickets.ShouldBe([("旧工单一", "high", "open"), ("旧工单二", "urgent", "closed")], ignoreOrder: true);
    }

    [Test]
    public async Task Steps_and_triggers_of_the_modules_are_in_the_designers_palette_and_the_schema()
    {
        var palette = await crm.Admin.GetJson("sops/steps");
        var kinds = palette.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("kind").GetString()).ToArray();
        foreach (var kind in new[] { "leads.assign", "leads.convert", "leads.recycle", "sales.quoteStatus", "service.openTicket", "marketing.addToSegment", "marketing.removeFromSegment", "marketing.enrol", "marketing.leaveCampaign" }) kinds.ShouldContain(kind);
        (await crm.Admin.GetJson("sops/schema")).GetRawText().ShouldContain("service.openTicket");
    }
}
