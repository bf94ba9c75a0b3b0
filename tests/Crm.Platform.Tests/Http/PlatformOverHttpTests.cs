using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Http;

/// <summary>The platform as a client of the API sees it.</summary>
public sealed class PlatformOverHttpTests
{
    private TestCrm crm = null!;
    private SmtpSink sink = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        sink = new();
        crm = await TestCrm.StartAsync(o =>
        {
            foreach (var (name, value) in sink.Settings) o.Settings[name] = value;
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await crm.DisposeAsync();
        await sink.DisposeAsync();
    }

    [Test]
    public async Task Administrators_see_who_signed_in_and_who_was_refused()
    {
        var user = await crm.UserAsync("周密", crm.RootUnit, BuiltInRole.Rep);
        using var browser = crm.Stranger();
        await browser.SendAsync(HttpMethod.Post, "auth/sign-in", new { email = user.Email, password = "wrong-one-1", remember = false });
        await browser.PostJson("auth/sign-in", new { email = user.Email, password = TestCrm.Password, remember = false }, 200);
        var ok = (await crm.Admin.GetJson($"sign-ins?user={user.Id}")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (ok.GetProperty("way").GetString(), ok.GetProperty("ok").GetBoolean()).ShouldBe(("password", true));
        (await crm.Admin.GetJson("sign-ins?refused=true")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("email").GetString()).ShouldContain(user.Email);
        (await browser.SendAsync(HttpMethod.Get, "sign-ins")).Is(403);
    }

    [Test]
    public async Task What_was_tried_more_than_a_year_ago_is_forgotten()
    {
        await using var old = await TestCrm.StartAsync();
        old.Time.Advance(TimeSpan.FromDays(399));
        var early = await old.ClientAsync(await old.UserAsync("早来", old.RootUnit, BuiltInRole.Administrator));
        (await early.GetJson("sign-ins")).GetProperty("items").GetArrayLength().ShouldBe(2);
        old.Time.Advance(TimeSpan.FromDays(2));
        await old.ClientAsync(await old.UserAsync("晚来", old.RootUnit, BuiltInRole.Rep));
        (await early.GetJson("sign-ins")).GetProperty("items").EnumerateArray().Select(s => s.GetProperty("user").GetProperty("name").GetString()).ShouldBe(["晚来", "早来"]);
    }

    [Test]
    public async Task Signing_in_opens_a_session_and_signing_out_ends_it()
    {
        var user = await crm.UserAsync("钱进", crm.RootUnit, BuiltInRole.Rep);
        using var browser = crm.Stranger();
        (await browser.SendAsync(HttpMethod.Get, "me")).Is(401, "signedOut");
        (await browser.SendAsync(HttpMethod.Post, "auth/sign-in", new { email = user.Email, password = "wrong-one-1", remember = false })).Is(401, "signIn.refused");
        var me = await browser.PostJson("auth/sign-in", new { email = user.Email, password = TestCrm.Password, remember = true }, 200);
        me.GetProperty("name").GetString().ShouldBe("钱进");
        me.GetProperty("unit").GetProperty("name").GetString().ShouldBe("总部");
        (await browser.GetJson("me")).GetProperty("roles")[0].GetString().ShouldBe("rep");
        await browser.PostJson("auth/sign-out");
        (await browser.SendAsync(HttpMethod.Get, "me")).Is(401);
    }

    [Test]
    public async Task Five_wrong_passwords_lock_the_account()
    {
        var user = await crm.UserAsync("锁定", crm.RootUnit, BuiltInRole.Rep);
        using var browser = crm.Stranger();
        for (var i = 0; i < 5; i++) (await browser.SendAsync(HttpMethod.Post, "auth/sign-in", new { email = user.Email, password = "wrong-" + i, remember = false })).Is(401, "signIn.refused");
        (await browser.SendAsync(HttpMethod.Post, "auth/sign-in", new { email = user.Email, password = TestCrm.Password, remember = false })).Is(401, "signIn.refused");
    }

    [Test]
    public async Task A_wrong_attempt_stays_counted_even_under_an_idempotency_key() =>
        (await crm.Admin.SendAsync(HttpMethod.Post, "auth/sign-in", new { email = "x@example.com", password = "guess-1234", remember = false }, ("Idempotency-Key", "k1"))).Is(400, "signIn.alone");

    [Test]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var user = await crm.UserAsync("改密", crm.RootUnit, BuiltInRole.Rep);
        using var here = crm.Stranger();
        using var there = crm.Stranger();
        foreach (var browser in new[] { here, there }) await browser.PostJson("auth/sign-in", new { email = user.Email, password = TestCrm.Password, remember = false });
        await here.PatchJson("me", new { password = "Ganz-Neu-2026", currentPassword = TestCrm.Password });
        await here.GetJson("me");
        (await there.SendAsync(HttpMethod.Get, "me")).Is(401);
    }

    [Test]
    public async Task A_token_acts_as_its_person_until_it_is_revoked()
    {
        var (_, client) = await crm.PersonAsync("令牌", crm.RootUnit, BuiltInRole.Rep);
        var made = await client.PostJson("auth/tokens", new { name = "脚本" }, 201);
        using var program = crm.Stranger();
        program.Http.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("token").GetString());
        (await program.GetJson("me")).GetProperty("name").GetString().ShouldBe("令牌");
        (await program.SendAsync(HttpMethod.Post, "auth/tokens", new { name = "另一个" })).Is(403);
        (await client.GetJson("auth/tokens")).GetProperty("items")[0].GetProperty("name").GetString().ShouldBe("脚本");
        await client.DeleteJson($"auth/tokens/{made.GetProperty("id").GetString()}");
        (await program.SendAsync(HttpMethod.Get, "me")).Is(401);
    }

    [Test]
    public async Task People_and_units_are_served_as_records_and_written_by_administrators()
    {
        var branch = await crm.Admin.CreateAsync("units", new { name = "华南", parent = crm.RootUnit, region = "华南" });
        var id = await crm.Admin.CreateAsync("users", new { name = "新同事", email = "neu@example.com", unit = branch, roles = new[] { "rep" } });
        var user = await crm.Admin.GetJson($"users/{id}");
        user.GetProperty("unit").GetProperty("name").GetString().ShouldBe("华南");
        user.GetProperty("roles")[0].GetString().ShouldBe("rep");
        (await crm.Admin.SendAsync(HttpMethod.Post, "users", new { name = "重复", email = "NEU@example.com", unit = branch })).Is(400).Errors["email"].ShouldBe("user.emailTaken");
        (await crm.Admin.SendAsync(HttpMethod.Post, "users", new { name = "错", email = "falsch@example.com", unit = branch, roles = new[] { "ghost" } })).Is(400).Errors["roles"].ShouldBe("field.option");
        var (_, rep) = await crm.PersonAsync("看同事", crm.RootUnit, BuiltInRole.Rep);
        (await rep.GetJson($"users/{id}")).GetProperty("name").GetString().ShouldBe("新同事");
        (await rep.SendAsync(HttpMethod.Patch, $"users/{id}", new { name = "坏" })).Is(403);
        (await crm.Admin.SendAsync(HttpMethod.Delete, $"units/{branch}")).Is(409, "unit.hasPeople");
    }

    [Test]
    public async Task An_invited_colleague_sets_a_password_and_is_signed_in()
    {
        var id = await crm.Admin.CreateAsync("users", new { name = "受邀", email = "invited@example.com", unit = crm.RootUnit, roles = new[] { "rep" } });
        var link = (await crm.Admin.PostJson($"users/{id}/invite")).GetProperty("link").GetString()!;
        using var browser = crm.Stranger();
        (await browser.PostJson("auth/password", new { token = link.Split('#')[1], password = "Einladung-2026" })).GetProperty("name").GetString().ShouldBe("受邀");
        await browser.GetJson("me");
        (await browser.SendAsync(HttpMethod.Post, "auth/password", new { token = link.Split('#')[1], password = "Einladung-2027" })).Is(409, "link.used");
    }

    [Test]
    public async Task A_notice_reaches_the_page_once_and_by_mail_and_is_read()
    {
        var (user, client) = await crm.PersonAsync("收信人", crm.RootUnit, BuiltInRole.SalesManager);
        var notice = new Notice("approval", new("请审批「报价」", "Please approve \"quote\""), new("折扣 <b>15%</b>", "Discount <b>15%</b>"), "/approvals/1", "approval-1");
        for (var i = 0; i < 2; i++) await crm.RunAsync(s => s.GetRequiredService<INotifier>().NotifyAsync([user.Id, user.Id], notice, default));
        var page = await client.GetJson("notifications?unread=true");
        page.GetProperty("unread").GetInt32().ShouldBe(1);
        var item = page.GetProperty("items")[0];
        (item.GetProperty("title").GetString(), item.GetProperty("link").GetString()).ShouldBe(("请审批「报价」", "/approvals/1"));
        await crm.RunDueAsync();
        var mail = sink.Mails.Where(m => m.To == user.Email).ShouldHaveSingleItem();
        mail.Header("Message-ID").ShouldNotBeNull();
        await client.PostJson($"notifications/{item.GetProperty("id").GetString()}/read");
        (await client.GetJson("notifications?unread=true")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await crm.Admin.SendAsync(HttpMethod.Post, $"notifications/{item.GetProperty("id").GetString()}/read")).Is(404);
    }

    [Test]
    public async Task A_role_can_be_made_given_and_taken_away()
    {
        await crm.Admin.PostJson("roles", new { key = "auditor", name = new { zh = "审计", en = "Auditor" }, permissions = new[] { "lead.read" }, scopes = new Dictionary<string, string> { ["*"] = "all" } }, 201);
        var (user, client) = await crm.PersonAsync("审计员", crm.RootUnit, "auditor");
        await client.GetJson("leads");
        (await client.SendAsync(HttpMethod.Post, "leads", new { name = "x" })).Is(403);
        (await crm.Admin.SendAsync(HttpMethod.Delete, "roles/auditor")).Is(409, "role.held");
        await crm.Admin.PatchJson($"users/{user.Id}", new { roles = Array.Empty<string>() });
        await crm.Admin.DeleteJson("roles/auditor");
        (await client.SendAsync(HttpMethod.Get, "leads")).Is(403);
        (await client.SendAsync(HttpMethod.Get, "roles")).Is(200);
        (await crm.Admin.GetJson("permissions")).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(50);
    }

    [Test]
    public async Task Leads_follow_their_owner_to_his_new_unit()
    {
        var (east, west) = (await crm.UnitAsync("东区", crm.RootUnit), await crm.UnitAsync("西区", crm.RootUnit));
        var (_, head) = await crm.PersonAsync("西区经理", west, BuiltInRole.SalesManager);
        var (rep, client) = await crm.PersonAsync("调动", east, BuiltInRole.Rep);
        var lead = await client.CreateAsync("leads", new { name = "客户一", company = "甲公司", owner = rep.Id });
        (await head.SendAsync(HttpMethod.Get, $"leads/{lead}")).Is(404);
        await crm.Admin.PatchJson($"users/{rep.Id}", new { unit = west });
        (await head.GetJson($"leads/{lead}")).GetProperty("unit").GetProperty("name").GetString().ShouldBe("西区");
    }

    [Test]
    public async Task Views_are_checked_kept_and_shared_by_those_who_may()
    {
        var (_, client) = await crm.PersonAsync("看视图", crm.RootUnit, BuiltInRole.Rep);
        var mine = new { type = "lead", name = "我的高分", filter = new { field = "score", op = "gte", value = 80 }, sort = "-score", columns = new[] { "name", "score" }, shared = false };
        var id = await client.CreateAsync("views", mine);
        (await client.SendAsync(HttpMethod.Patch, $"views/{id}", new { shared = true })).Is(403);
        (await client.SendAsync(HttpMethod.Post, "views", new { type = "lead", name = "错", filter = new { field = "ghost", op = "eq", value = 1 } })).Is(400).Errors.Keys.ShouldContain("filter.field");
        (await client.SendAsync(HttpMethod.Post, "views", """{"type":"lead","name":"空列","columns":[null]}""")).Is(400).Errors.ShouldBe(new() { ["columns"] = "field.unknown" });
        (await client.PatchJson($"views/{id}", new { name = "改名" })).GetProperty("filter").GetProperty("value").GetInt32().ShouldBe(80);
        (await client.PatchJson($"views/{id}", new { filter = (object?)null, sort = "" })).GetProperty("filter").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await crm.Admin.GetJson("views?type=lead")).GetProperty("items").GetArrayLength().ShouldBe(0);
        var common = await crm.Admin.CreateAsync("views", new { type = "lead", name = "大家的", shared = true });
        (await client.GetJson("views?type=lead")).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await client.SendAsync(HttpMethod.Delete, $"views/{common}")).Is(404);
        await client.DeleteJson($"views/{id}");
    }
}
