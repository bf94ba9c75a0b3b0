using System.Text.Json;

namespace Crm.Leads.Tests.Capture;

public sealed class FormsTests
{
    private Company company = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        company = await Company.StartAsync();
        await company.Marketing.CreateAsync("webForms", new { slug = "expo-2026", title = "展会登记", fields = new[] { "name", "company", "phone", "email", "need" }, requiredFields = new[] { "name" }, source = "exhibition", thanks = "感谢您的登记" });
    }

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task A_stranger_sees_the_form()
    {
        using var stranger = company.Crm.Stranger();
        var form = await stranger.GetJson("forms/expo-2026");
        form.Text("title").ShouldBe("展会登记");
        form.GetProperty("fields").EnumerateArray().Select(f => f.Text("key")).ShouldBe(["name", "company", "phone", "email", "need"]);
        (await stranger.SendAsync(HttpMethod.Get, "forms/unknown")).Is(404);
    }

    [Test]
    public async Task A_sent_form_becomes_a_lead_in_the_pool()
    {
        using var stranger = company.Crm.Stranger();
        (await stranger.PostJson("forms/expo-2026", new { name = "访客甲", phone = "13811110001" })).Text("thanks").ShouldBe("感谢您的登记");
        var lead = (await FoundAsync("访客甲")).ShouldHaveSingleItem();
        (lead.Text("source"), lead.Reference("owner"), lead.Reference("createdBy")).ShouldBe(("exhibition", null, null));
        (await company.Rep.GetJson($"leads/{lead.Text("id")}/timeline")).GetProperty("items")[0].Text("source").ShouldBe("form");
    }

    [Test]
    public async Task A_robot_is_thanked_and_forgotten()
    {
        using var stranger = company.Crm.Stranger();
        (await stranger.PostJson("forms/expo-2026", new { name = "机器人", phone = "13811110002", website = "http://spam.example" }, 200)).Text("thanks").ShouldBe("感谢您的登记");
        (await FoundAsync("机器人")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_second_click_is_not_a_second_lead()
    {
        using var stranger = company.Crm.Stranger();
        var visitor = new { name = "急性子", phone = "13811110003" };
        await Task.WhenAll(stranger.PostJson("forms/expo-2026", visitor), stranger.PostJson("forms/expo-2026", visitor));
        (await FoundAsync("急性子")).Length.ShouldBe(1);
    }

    [Test]
    public async Task A_form_takes_what_it_asks_for_and_nothing_else()
    {
        using var stranger = company.Crm.Stranger();
        var answer = await stranger.SendAsync(HttpMethod.Post, "forms/expo-2026", new { phone = "13811110004", owner = company.Rep.UserId, score = 1000 });
        answer.Is(400, "invalid").Errors.ShouldBe(new Dictionary<string, string> { ["owner"] = "field.unknown", ["score"] = "field.unknown", ["name"] = "field.required" }, ignoreOrder: true);
        (await stranger.SendAsync(HttpMethod.Post, "forms/expo-2026", new { name = "无联系方式" })).Is(400).Errors["phone"].ShouldBe("form.noContact");
        (await stranger.SendAsync(HttpMethod.Post, "forms/expo-2026", new { name = "坏电话", phone = "abc" })).Is(400).Errors["phone"].ShouldBe("field.type.phone");
        (await stranger.SendAsync(HttpMethod.Post, "forms/expo-2026", "{")).Is(400);
    }

    [Test]
    public async Task A_form_needs_an_address_of_its_own_and_a_way_to_answer()
    {
        var answer = await company.Marketing.SendAsync(HttpMethod.Post, "webForms", new { slug = "Not Good", title = "x", fields = new[] { "name" }, requiredFields = new[] { "email" } });
        answer.Is(400).Errors.ShouldBe(new Dictionary<string, string> { ["slug"] = "form.slug", ["fields"] = "form.noWay", ["requiredFields"] = "form.requiredNotAsked" }, ignoreOrder: true);
        (await company.Marketing.SendAsync(HttpMethod.Post, "webForms", new { slug = "expo-2026", title = "x", fields = new[] { "email" } })).Is(400).Errors["slug"].ShouldBe("form.slugTaken");
        var made = await company.Marketing.PostJson("webForms", new { title = "试用申请", fields = new[] { "email" } }, 201);
        made.GetProperty("slug").GetString()!.ShouldMatch("^form-[0-9a-f]{6}$");
        (await company.Rep.SendAsync(HttpMethod.Post, "webForms", new { slug = "mine", title = "x", fields = new[] { "email" } })).Is(403);
    }

    [Test]
    public async Task An_inactive_form_is_gone()
    {
        var id = await company.Marketing.CreateAsync("webForms", new { slug = "closed", title = "已停用", fields = new[] { "email" }, active = false });
        using var stranger = company.Crm.Stranger();
        (await stranger.SendAsync(HttpMethod.Post, "forms/closed", new { email = "a@example.com" })).Is(404);
        await company.Marketing.PatchJson($"webForms/{id}", new { active = true });
        await stranger.PostJson("forms/closed", new { email = "a@example.com" });
    }

    [Test]
    public async Task Who_sends_too_often_is_slowed_down()
    {
        await using var strict = await Company.StartAsync(o => o.Settings["Crm:PublicPerMinute"] = "3");
        await strict.Marketing.CreateAsync("webForms", new { slug = "busy", title = "限流", fields = new[] { "email" } });
        using var stranger = strict.Crm.Stranger();
        var codes = new List<int>();
        for (var i = 0; i < 5; i++) codes.Add((int)(await stranger.SendAsync(HttpMethod.Post, "forms/busy", new { email = $"v{i}@example.com" })).Status);
        codes.ShouldBe([200, 200, 200, 429, 429]);
    }

    private async Task<JsonElement[]> FoundAsync(string name)
    {
        var filter = Uri.EscapeDataString(JsonSerializer.Serialize(new { field = "name", op = "eq", value = name }));
        return [.. (await company.Marketing.GetJson($"leads?filter={filter}")).GetProperty("items").EnumerateArray()];
    }
}
