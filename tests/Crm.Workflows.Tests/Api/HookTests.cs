using System.Text.Json;
using Crm.Testing;

namespace Crm.Workflows.Tests.Api;

/// <summary>SOPs that systems outside start.</summary>
internal sealed class HookTests
{
    private Firm firm = null!;
    private TestClient outside = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        firm = await Firm.StartAsync();
        outside = firm.Crm.Stranger();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        outside.Dispose();
        await firm.DisposeAsync();
    }

    private const string Fields = """{"name":{"path":"run.payload.person.name"},"phone":{"path":"run.payload.phone"},"note":{"template":"订单 {{run.payload.order_no}}"}}""";

    [Test]
    public async Task A_call_makes_the_record_and_starts_the_run_which_reads_what_was_sent()
    {
        var hook = await PublishAsync("shop", $$$"""{"name":"商城","fields":{{{Fields}}},"match":"phone"}""", "{{name}}: {{run.payload.order_no}} × {{run.payload.items.0.quantity}}");
        var answer = await outside.PostJson(hook, new { person = new { name = "王小明" }, phone = "13900000001", order_no = "A-77", items = new[] { new { quantity = 3 } } }, 200);
        await firm.Crm.RunDueAsync();
        var lead = await firm.Ops.GetJson($"leads/{answer.GetProperty("recordId").GetString()}");
        (lead.GetProperty("name").GetString(), lead.GetProperty("note").GetString()).ShouldBe(("王小明", "订单 A-77"));
        var run = await firm.Ops.GetJson($"runs/{answer.GetProperty("runId").GetString()}");
        run.GetProperty("startedBy").GetProperty("kind").GetString().ShouldBe("webhook");
        (await NotesAsync(lead)).ShouldContain("王小明: A-77 × 3");
    }

    [Test]
    public async Task A_second_call_about_the_same_person_finds_the_record()
    {
        var hook = await PublishAsync("again", $$$"""{"name":"商城","fields":{{{Fields}}},"match":"phone"}""", "x");
        var first = await outside.PostJson(hook, new { person = new { name = "李一" }, phone = "13900000002", order_no = "1" }, 200);
        var second = await outside.PostJson(hook, new { person = new { name = "李一" }, phone = "13900000002", order_no = "2" }, 200);
        second.GetProperty("recordId").GetString().ShouldBe(first.GetProperty("recordId").GetString());
        second.GetProperty("runId").GetString().ShouldNotBe(first.GetProperty("runId").GetString());
        (await firm.Ops.GetJson($"leads/{second.GetProperty("recordId").GetString()}")).GetProperty("note").GetString().ShouldBe("订单 2");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Under_the_same_key_a_call_happens_once(bool header)
    {
        var hook = await PublishAsync(header ? "keyed" : "keyed-body", $$$"""{"name":"商城","fields":{{{Fields}}}}""", "x");
        var body = new { person = new { name = "重复" }, phone = "13900000003", order_no = "1", idempotencyKey = header ? null : "k-1" };
        (string, string)[] headers = header ? [("Idempotency-Key", "k-1")] : [];
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => outside.SendAsync(HttpMethod.Post, hook, body, headers)));
        answers.ShouldAllBe(a => (int)a.Status == 200);
        answers.Select(a => a.Text).Distinct().ShouldHaveSingleItem();
        (await firm.Crm.ValueAsync<long>("SELECT COUNT(*) FROM workflows_run WHERE sop_key = @key", new { key = header ? "keyed" : "keyed-body" })).ShouldBe(1);
    }

    [Test]
    public async Task A_wrong_token_an_old_one_and_a_retired_sop_are_not_there()
    {
        (await outside.SendAsync(HttpMethod.Post, "hooks/nonsense", new { })).Is(404);
        var old = await PublishAsync("turned", $$$"""{"name":"商城","fields":{{{Fields}}}}""", "x");
        var hook = await HookAsync("turned");
        (await outside.SendAsync(HttpMethod.Post, old, Body("13900000004"))).Is(404);
        (await outside.SendAsync(HttpMethod.Post, hook, Body("13900000004"))).Is(200);
        await firm.Ops.PostJson("sops/turned/retire");
        (await outside.SendAsync(HttpMethod.Post, hook, Body("13900000005"))).Is(404);
    }

    [Test]
    public async Task What_the_record_does_not_take_is_refused_and_nothing_starts()
    {
        var hook = await PublishAsync("strict", $$$"""{"name":"商城","fields":{{{Fields}}},"match":"phone","missing":"refuse"}""", "x");
        (await outside.SendAsync(HttpMethod.Post, hook, Body("13900000099"))).Is(404);
        (await outside.SendAsync(HttpMethod.Post, hook, Body("not a phone"))).Is(400).Errors["phone"].ShouldBe("field.type.phone");
        (await outside.SendAsync(HttpMethod.Post, hook, "[1]")).Is(400);
        (await outside.SendAsync(HttpMethod.Post, hook, "{")).Is(400);
        (await firm.Crm.ValueAsync<long>("SELECT COUNT(*) FROM workflows_run WHERE sop_key = 'strict'")).ShouldBe(0);
    }

    [Test]
    public async Task The_address_is_for_those_who_manage_sops()
    {
        await PublishAsync("mine", $$$"""{"name":"商城","fields":{{{Fields}}}}""", "x");
        (await firm.Rep.SendAsync(HttpMethod.Post, "sops/mine/hook")).Is(403);
        (await firm.Lead.SendAsync(HttpMethod.Post, "sops/mine/hook")).Is(403);
        (await firm.Lead.GetJson("sops/mine/hook")).TryGetProperty("url", out _).ShouldBeFalse();
    }

    [Test]
    public async Task Who_calls_too_often_is_slowed_down()
    {
        await using var crm = await TestCrm.StartAsync(o => o.Settings["Crm:HooksPerMinute"] = "2");
        using var caller = crm.Stranger();
        var codes = new List<int>();
        for (var i = 0; i < 3; i++) codes.Add((int)(await caller.SendAsync(HttpMethod.Post, "hooks/x", new { })).Status);
        codes.ShouldBe([404, 404, 429]);
    }

    private static object Body(string phone) => new { person = new { name = "某人" }, phone, order_no = "1" };

    private async Task<string> PublishAsync(string key, string trigger, string note)
    {
        await firm.Ops.PutJson($"sops/{key}", $$$"""
            {"key":"{{{key}}}","name":{"zh":"外部","en":"Outside"},"record":"lead","triggers":[{"kind":"webhook","inputs":{{{trigger}}}}],
             "steps":[{"id":"note","kind":"createActivity","inputs":{"kind":"note","subject":"{{{note}}}"}}]}
            """);
        await firm.Ops.PostJson($"sops/{key}/publish");
        return await HookAsync(key);
    }

    private async Task<string> HookAsync(string key)
    {
        var url = (await firm.Ops.PostJson($"sops/{key}/hook")).GetProperty("url").GetString()!;
        return url[(url.IndexOf("/api/v1/", StringComparison.Ordinal) + "/api/v1/".Length)..];
    }

    private async Task<string[]> NotesAsync(JsonElement lead) =>
        [.. (await firm.Ops.GetJson($"leads/{lead.GetProperty("id").GetString()}/timeline")).GetProperty("items").EnumerateArray().Where(i => i.GetProperty("recordType").GetString() == "activity").Select(i => i.GetProperty("recordName").GetString()!)];
}
