using System.Text.Json;
using Crm.Testing;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Tests.Api;

internal sealed class SopApiTests
{
    private static object Sop(string title = "给 {{name}} 打电话") => new
    {
        key = "call-back",
        name = new { zh = "回访", en = "Call back" },
        record = "lead",
        triggers = new object[] { new { kind = "button", inputs = new { label = new { zh = "回访", en = "Call back" } }, reentry = "onceAtATime" } },
        steps = new object[] { new { id = "call", kind = "task", inputs = new { assignee = new { by = "initiator" }, title } } },
    };

    [Test]
    public async Task An_sop_lives_from_draft_to_retired()
    {
        await using var firm = await Firm.StartAsync();
        var draft = await firm.Ops.PutJson("sops/call-back", Sop());
        draft.GetProperty("state").GetString().ShouldBe("draft");
        (await firm.Ops.SendAsync(HttpMethod.Put, "sops/call-back", Sop(), ("If-Match", "\"7\""))).Is(412, "stale");
        (await firm.Ops.PostJson("sops/call-back/validate")).GetProperty("problems").EnumerateArray().ShouldAllBe(p => p.GetProperty("severity").GetString() == "warning");
        (await firm.Ops.PostJson("sops/call-back/publish", new { note = "第一版" })).GetProperty("version").GetInt32().ShouldBe(1);

        var lead = await firm.Rep.CreateAsync("leads", new { name = "王先生", owner = firm.Rep.UserId });
        (await firm.OnlyAsync(firm.Rep, "sops/buttons?type=lead")).GetProperty("key").GetString().ShouldBe("call-back");
        await firm.Rep.PostJson("sops/call-back/start", new { recordId = lead }, 201);
        (await firm.Rep.SendAsync(HttpMethod.Post, "sops/call-back/start", new { recordId = lead })).Is(409, "sop.runsAlready");
        await firm.Crm.RunDueAsync();
        (await firm.OnlyAsync(firm.Rep, "tasks?mine=true")).GetProperty("title").GetString().ShouldBe("给 王先生 打电话");

        await firm.Ops.PutJson("sops/call-back", Sop("再打电话"));
        var both = await firm.Ops.GetJson("sops/call-back");
        (both.GetProperty("draft").GetBoolean(), both.GetProperty("version").GetInt32(), both.GetProperty("openRuns").GetInt32()).ShouldBe((true, 1, 1));
        both.GetProperty("definition").GetProperty("steps")[0].GetProperty("inputs").GetProperty("title").GetString().ShouldBe("给 {{name}} 打电话");
        (await firm.Ops.GetJson("sops/call-back?version=draft")).GetProperty("definition").GetProperty("steps")[0].GetProperty("inputs").GetProperty("title").GetString().ShouldBe("再打电话");
        (await firm.Ops.PostJson("sops/call-back/retire")).GetProperty("state").GetString().ShouldBe("retired");
        (await firm.Rep.SendAsync(HttpMethod.Post, "sops/call-back/start", new { recordId = lead })).Is(404);
    }

    [Test]
    public async Task A_wrong_sop_is_not_published_and_every_error_has_its_place()
    {
        await using var firm = await Firm.StartAsync();
        await firm.Ops.PutJson("sops/call-back", Sop("{{nonsense}}"));
        var problem = (await firm.Ops.PostJson("sops/call-back/validate")).GetProperty("problems").EnumerateArray().First(p => p.GetProperty("severity").GetString() == "error");
        problem.GetProperty("step").GetString().ShouldBe("call");
        problem.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/call-back/publish")).Is(400, "sop.notValid").Errors.ShouldNotBeEmpty();
    }

    [Test]
    public async Task An_unfinished_draft_is_kept_and_one_that_is_no_SOP_is_not()
    {
        await using var firm = await Firm.StartAsync();
        object Draft(object step) => new { key = "half", name = new { zh = "半", en = "Half" }, record = "lead", triggers = new[] { new { kind = "created" } }, steps = new[] { step } };
        await firm.Ops.PutJson("sops/half", Draft(new { id = "call", kind = "task", inputs = new { } }));
        (await firm.Ops.PostJson("sops/half/validate")).GetProperty("problems").EnumerateArray().ShouldContain(p => p.GetProperty("step").GetString() == "call");
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/half/publish")).Is(400, "sop.notValid");
        (await firm.Ops.SendAsync(HttpMethod.Put, "sops/half", Draft(new { kind = "task" }))).Is(400).Errors.Values.ShouldHaveSingleItem().ShouldNotBeEmpty();
        (await firm.Ops.SendAsync(HttpMethod.Put, "sops/half", Draft("task"))).Is(400);
        (await firm.Ops.SendAsync(HttpMethod.Put, "sops/half", new { key = "half" })).Is(400);
        (await firm.Ops.SendAsync(HttpMethod.Put, "sops/other", Draft(new { id = "x", kind = "end" }))).Is(400).Errors.ShouldContainKey("key");
    }

    [TestCase("zh", "rest.until", "不是应有的形式")]
    [TestCase("en", "rest.until", "another form")]
    public async Task What_cannot_be_read_is_told_with_its_place_and_in_the_readers_language(string language, string place, string said)
    {
        await using var firm = await Firm.StartAsync();
        await firm.Ops.PutJson("sops/call-back", Sop());
        var definition = new { key = "call-back", name = new { zh = "回访", en = "Call back" }, record = "lead", triggers = Array.Empty<object>(), steps = new[] { new { id = "rest", kind = "wait", inputs = new { until = 5 } } } };
        var answer = (await firm.Ops.SendAsync(HttpMethod.Post, "sops/call-back/trial", new { version = "draft", definition, values = new { name = "王先生" } }, ("Accept-Language", language))).Is(400);
        answer.Errors.Values.ShouldBe(["sop.draftUnreadable"]);
        var message = answer.Json.GetProperty("errors")[0].GetProperty("message").GetString()!;
        message.ShouldContain(place);
        message.ShouldContain(said);
        message.ShouldNotContain("JSON");
    }

    [Test]
    public async Task Reps_neither_see_nor_change_sops()
    {
        await using var firm = await Firm.StartAsync("lead-assignment");
        foreach (var path in new[] { "sops", "sops/lead-assignment", "sops/steps", "runs", "incidents" }) (await firm.Rep.SendAsync(HttpMethod.Get, path)).Is(403);
        (await firm.Rep.SendAsync(HttpMethod.Put, "sops/x", Sop())).Is(403);
        (await firm.Lead.SendAsync(HttpMethod.Post, "sops/lead-assignment/retire")).Is(403);
    }

    [Test]
    public async Task Steps_templates_and_schema_are_told()
    {
        await using var firm = await Firm.StartAsync();
        var kinds = (await firm.Ops.GetJson("sops/steps")).GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("kind").GetString()).ToList();
        kinds.ShouldContain("task");
        kinds.ShouldContain("leads.assign");
        kinds.ShouldContain("http");
        (await firm.Ops.GetJson("sops/templates")).GetProperty("items").EnumerateArray().Select(t => t.GetProperty("key").GetString()).ShouldContain("quote-approval");
        (await firm.Ops.GetJson("sops/schema")).GetProperty("$defs").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Test]
    public async Task Every_shipped_sop_can_be_published_as_it_is()
    {
        await using var firm = await Firm.StartAsync();
        foreach (var key in ShippedSops.Keys)
        {
            await firm.Ops.PutJson($"sops/{key}", ShippedSops.Read(key));
            (await firm.Ops.SendAsync(HttpMethod.Post, $"sops/{key}/publish")).Is(200);
        }
    }
}
