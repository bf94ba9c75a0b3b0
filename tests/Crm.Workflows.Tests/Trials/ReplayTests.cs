using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Testing;
using Crm.Workflows.Tests.Api;

namespace Crm.Workflows.Tests.Trials;

internal sealed class ReplayTests
{
    private static readonly string[] Replays = ["workflows_replay", "workflows_replay_case", "workflows_replay_figure", "shared_work"];

    [Test]
    public async Task The_published_version_decides_as_it_decided_then()
    {
        await using var firm = await Firm.StartAsync("lead-assignment");
        await FiveLeadsAsync(firm);
        var before = await Tables.ReadAsync(firm.Crm, Replays);
        var replay = await ReplayAsync(firm, "lead-assignment", new { version = "1" });
        (replay.GetProperty("state").GetString(), replay.GetProperty("progress").GetDecimal(), replay.GetProperty("cases").GetInt32()).ShouldBe(("done", 1m, 5));
        var figures = replay.GetProperty("figures");
        (Figure(figures, "owner"), Figure(figures, "completed"), Figure(figures, "newlyStarted"), Figure(figures, "notStarted")).ShouldBe((0, 5, 0, 0));
        // The one whose task was really completed otherwise than by the default went the same way again.
        replay.GetProperty("ways").GetProperty("result/invalid").GetInt32().ShouldBe(1);
        replay.GetProperty("steps").GetProperty("contact").GetInt32().ShouldBe(5);
        replay.GetProperty("notes").GetArrayLength().ShouldBeGreaterThanOrEqualTo(3);
        (await Tables.ReadAsync(firm.Crm, Replays)).ShouldBe(before);
    }

    [Test]
    public async Task A_changed_draft_routes_those_differently_that_it_should()
    {
        await using var firm = await Firm.StartAsync("lead-assignment");
        await FiveLeadsAsync(firm);
        var draft = JsonNode.Parse((await firm.Ops.GetJson("sops/lead-assignment")).GetProperty("definition").GetRawText())!;
        draft["steps"]![0]!["inputs"]!["rules"]!.AsArray().RemoveAt(0);
        await firm.Ops.PutJson("sops/lead-assignment", draft);
        var replay = await ReplayAsync(firm, "lead-assignment", new { });
        var figures = replay.GetProperty("figures");
        (Figure(figures, "all"), Figure(figures, "owner")).ShouldBe((5, 2));

        var id = replay.GetProperty("id").GetString();
        var cases = (await firm.Ops.GetJson($"replays/{id}/cases?figure=owner")).GetProperty("items").EnumerateArray().ToList();
        cases.Select(c => c.GetProperty("record").GetProperty("name").GetString()).ShouldBe(["学校一", "学校二"], ignoreOrder: true);
        cases.ShouldAllBe(c => c.GetProperty("ownerThen").GetProperty("name").GetString() == "陈经理" && c.GetProperty("ownerNow").GetProperty("name").GetString() == "李销售");
        var page = await firm.Ops.GetJson($"replays/{id}/cases?limit=2");
        page.GetProperty("items").GetArrayLength().ShouldBe(2);
        (await firm.Ops.GetJson($"replays/{id}/cases?limit=10&after={page.GetProperty("next").GetString()}")).GetProperty("items").GetArrayLength().ShouldBe(3);

        var csv = (await firm.Ops.SendAsync(HttpMethod.Get, $"replays/{id}/cases.csv?figure=owner")).Is(200).Text;
        csv.TrimEnd().Split('\n').Length.ShouldBe(3);
        csv.ShouldContain("负责人不同");

        firm.Crm.Time.Advance(TimeSpan.FromSeconds(1));
        var some = await ReplayAsync(firm, "lead-assignment", new { filter = new { field = "industry", op = "eq", value = "education" } });
        some.GetProperty("cases").GetInt32().ShouldBe(2);
        (await firm.Ops.GetJson("sops/lead-assignment/replays")).GetProperty("items").EnumerateArray().Select(r => r.GetProperty("id").GetString()).ShouldBe([some.GetProperty("id").GetString(), id]);
    }

    [Test]
    public async Task Cases_without_approver_and_those_that_never_end_are_found()
    {
        await using var firm = await Firm.StartAsync();
        foreach (var (name, source) in new[] { ("甲", "webForm"), ("乙", "phone"), ("丙", "phone"), ("丁", "referral") }) await firm.Crm.Admin.CreateAsync("leads", new { name, source });
        await firm.Ops.PutJson("sops/check", Check(new { kind = "created" }));
        var replay = await ReplayAsync(firm, "check", new { });
        var figures = replay.GetProperty("figures");
        (Figure(figures, "all"), Figure(figures, "newlyStarted"), Figure(figures, "noApprover"), Figure(figures, "neverEnds")).ShouldBe((4, 4, 1, 2));
        (await Names(firm, replay, "neverEnds")).ShouldBe(["乙", "丙"], ignoreOrder: true);
        (await Names(firm, replay, "noApprover")).ShouldBe(["甲"]);
    }

    [Test]
    public async Task Records_have_the_values_of_then_and_change_when_they_did()
    {
        await using var firm = await Firm.StartAsync();
        var waits = await firm.Crm.Admin.CreateAsync("leads", new { name = "甲", source = "phone" });
        var moved = await firm.Crm.Admin.CreateAsync("leads", new { name = "乙", source = "phone" });
        firm.Crm.Time.Advance(TimeSpan.FromDays(2));
        await firm.Crm.Admin.PatchJson($"leads/{moved}", new { source = "webForm" });
        firm.Crm.Time.Advance(TimeSpan.FromSeconds(1));
        await firm.Crm.Admin.PatchJson($"leads/{waits}", new { status = "qualified" });
        await firm.Ops.PutJson("sops/check", Check(new { kind = "created" }));
        var replay = await ReplayAsync(firm, "check", new { });
        var figures = replay.GetProperty("figures");
        // By its source of now the second would be approved; the first was qualified later, which it waited for.
        (Figure(figures, "noApprover"), Figure(figures, "neverEnds"), Figure(figures, "completed")).ShouldBe((0, 1, 1));
        (await Names(firm, replay, "neverEnds")).ShouldBe(["乙"]);
        var ended = (await firm.Ops.GetJson($"replays/{replay.GetProperty("id").GetString()}/cases?figure=completed")).GetProperty("items")[0];
        ended.GetProperty("endedAt").GetDateTime().ShouldBe(ended.GetProperty("at").GetDateTime() + TimeSpan.FromDays(2) + TimeSpan.FromSeconds(1));

        await firm.Ops.PutJson("sops/check", Check(new { kind = "updated", inputs = new { fields = new[] { "source" } } }));
        var updated = await ReplayAsync(firm, "check", new { });
        (updated.GetProperty("cases").GetInt32(), Figure(updated.GetProperty("figures"), "noApprover")).ShouldBe((1, 1));
    }

    [Test]
    public async Task A_replay_is_cancelled_deleted_and_guarded()
    {
        await using var firm = await Firm.StartAsync("lead-assignment");
        await FiveLeadsAsync(firm);
        var body = Period(firm, new { });
        (await firm.Lead.SendAsync(HttpMethod.Post, "sops/lead-assignment/replay", body)).Is(403);
        var id = (await firm.Ops.PostJson("sops/lead-assignment/replay", body, 202)).GetProperty("id").GetString();
        (await firm.Lead.SendAsync(HttpMethod.Get, $"replays/{id}")).Is(403);
        (await firm.Ops.PostJson($"replays/{id}/cancel")).GetProperty("state").GetString().ShouldBe("cancelled");
        (await firm.Ops.SendAsync(HttpMethod.Post, $"replays/{id}/cancel")).Is(409, "replay.ended");
        await firm.Crm.RunDueAsync();
        (await firm.Ops.GetJson($"replays/{id}")).GetProperty("cases").GetInt32().ShouldBe(0);

        var done = await ReplayAsync(firm, "lead-assignment", new { });
        await firm.Ops.DeleteJson($"replays/{done.GetProperty("id").GetString()}");
        await firm.Ops.DeleteJson($"replays/{id}");
        await firm.Crm.RunDueAsync();
        (await firm.Crm.ValueAsync<int>("SELECT (SELECT COUNT(*) FROM workflows_replay) + (SELECT COUNT(*) FROM workflows_replay_case) + (SELECT COUNT(*) FROM workflows_replay_figure)")).ShouldBe(0);
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/lead-assignment/replay", new { from = firm.Crm.Time.GetUtcNow(), to = firm.Crm.Time.GetUtcNow() })).Is(400, "invalid");
    }

    /// <summary>Web leads are approved by a role that nobody has, phone leads wait without end until they are qualified, others end at once.</summary>
    private static object Check(object trigger) => new
    {
        key = "check",
        name = new { zh = "检查", en = "Check" },
        record = "lead",
        triggers = new[] { trigger },
        steps = new object[]
        {
            new
            {
                id = "kind", kind = "branch", inputs = new { },
                paths = new object[]
                {
                    new { id = "web", when = new { field = "source", op = "eq", value = "webForm" }, steps = new object[] { new { id = "ok", kind = "approval", inputs = new { title = "{{name}}", stages = new[] { new { key = "one", approvers = new { by = "role", role = "approver" } } } } } } },
                    new { id = "phone", when = new { field = "source", op = "eq", value = "phone" }, steps = new object[] { new { id = "good", kind = "waitFor", inputs = new { events = new[] { new { id = "qualified", on = new { kind = "updated", inputs = new { fields = new[] { "status" }, to = "qualified" } } } } } } } },
                },
            },
        },
    };

    private static async Task FiveLeadsAsync(Firm firm)
    {
        foreach (var (name, industry) in new[] { ("学校一", "education"), ("工厂一", "manufacturing"), ("学校二", "education"), ("工厂二", "manufacturing"), ("商店", "retail") })
        {
            await firm.Crm.Admin.CreateAsync("leads", new { name, industry, region = "east" });
            await firm.Crm.PassAsync(TimeSpan.FromSeconds(1));
        }
        firm.Crm.Time.Advance(TimeSpan.FromMinutes(20));
        var shop = (await firm.Rep.GetJson("tasks?mine=true")).GetProperty("items").EnumerateArray().First(t => t.GetProperty("title").GetString()!.EndsWith("商店", StringComparison.Ordinal));
        await firm.Rep.PostJson($"tasks/{shop.GetProperty("id").GetString()}/complete", new { outcome = "invalid", answers = new { invalidReason = "noNeed" } });
        await firm.Crm.RunDueAsync();
        firm.Crm.Time.Advance(TimeSpan.FromMinutes(20));
    }

    private static async Task<JsonElement> ReplayAsync(Firm firm, string sop, object body)
    {
        var began = await firm.Ops.PostJson($"sops/{sop}/replay", Period(firm, body), 202);
        await firm.Crm.RunDueAsync();
        return await firm.Ops.GetJson($"replays/{began.GetProperty("id").GetString()}");
    }

    private static string Period(Firm firm, object body)
    {
        var json = JsonSerializer.SerializeToNode(body)!.AsObject();
        json["from"] = firm.Crm.Time.GetUtcNow().AddDays(-30).ToString("O");
        json["to"] = firm.Crm.Time.GetUtcNow().ToString("O");
        return json.ToJsonString();
    }

    private static async Task<List<string>> Names(Firm firm, JsonElement replay, string figure) =>
        [.. (await firm.Ops.GetJson($"replays/{replay.GetProperty("id").GetString()}/cases?figure={figure}")).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("record").GetProperty("name").GetString()!)];

    private static int Figure(JsonElement figures, string name) => figures.TryGetProperty(name, out var n) ? n.GetInt32() : 0;
}
