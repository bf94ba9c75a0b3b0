using System.Text.Json;
using Crm.Testing;

namespace Crm.Workflows.Tests.Api;

/// <summary>What the designer shows while a rule or a text is written.</summary>
internal sealed class PreviewTests
{
    private static async Task<string?[]> NamesAsync(TestClient client, object body) =>
        [.. (await client.PostJson("sops/preview/people", body)).GetProperty("people").EnumerateArray().Select(p => p.GetProperty("name").GetString())];

    [Test]
    public async Task A_people_rule_tells_whom_it_would_find_today_for_a_record()
    {
        await using var firm = await Firm.StartAsync();
        var lead = await firm.Rep.CreateAsync("leads", new { name = "王先生", owner = firm.Rep.UserId });
        (await NamesAsync(firm.Ops, new { type = "lead", recordId = lead, rule = new { by = "owner" } })).ShouldBe(["李销售"]);
        (await NamesAsync(firm.Ops, new { type = "lead", recordId = lead, rule = new { by = "superior", level = 2 } })).ShouldBe(["林总监"]);
        (await NamesAsync(firm.Ops, new { type = "lead", recordId = lead, rule = new { by = "superior", level = 9, @else = new { by = "role", role = "salesManager" } } })).ShouldBe(["陈经理"]);
        (await NamesAsync(firm.Ops, new { type = "lead", rule = new { by = "owner" } })).ShouldBeEmpty();
    }

    [Test]
    public async Task Looking_takes_nobodys_turn()
    {
        await using var firm = await Firm.StartAsync();
        await firm.Crm.PersonAsync("赵销售", firm.Crm.RootUnit, "rep");
        var lead = await firm.Rep.CreateAsync("leads", new { name = "王先生", owner = firm.Rep.UserId });
        var body = new { type = "lead", recordId = lead, turnKey = "x/y", rule = new { by = "roundRobin", among = new[] { new { by = "role", role = "rep" } } } };
        var first = await NamesAsync(firm.Ops, body);
        first.Length.ShouldBe(1);
        (await NamesAsync(firm.Ops, body)).ShouldBe(first);
        (await firm.Crm.ValueAsync<int>("SELECT COUNT(*) FROM workflows_rotation")).ShouldBe(0);
    }

    [Test]
    public async Task A_text_is_shown_with_the_values_of_a_record_and_what_only_a_run_knows_stays_named()
    {
        await using var firm = await Firm.StartAsync();
        var lead = await firm.Rep.CreateAsync("leads", new { name = "王先生", region = "east", owner = firm.Rep.UserId });
        var text = new { zh = "{{name}}，{{region}}，{{owner.name}}：{{steps.call.outcome}}", en = "{{name}} in {{region}}" };
        var shown = await firm.Ops.PostJson("sops/preview/text", new { type = "lead", recordId = lead, text });
        shown.GetProperty("zh").GetString().ShouldBe("王先生，华东，李销售：‹steps.call.outcome›");
        shown.GetProperty("en").GetString().ShouldBe("王先生 in East China");
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/preview/text", new { type = "lead", recordId = lead, text = new { zh = "{{#if name}}", en = "" } })).Is(400, "invalid").Errors.ShouldContainKey("text");
    }

    [Test]
    public async Task Only_who_may_manage_SOPs_looks()
    {
        await using var firm = await Firm.StartAsync();
        (await firm.Rep.SendAsync(HttpMethod.Post, "sops/preview/people", new { type = "lead", rule = new { by = "owner" } })).Is(403);
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/preview/people", new { type = "nothing", rule = new { by = "owner" } })).Is(404);
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/preview/people", new { type = "lead", rule = new { by = "magic" } })).Is(400).Errors.ShouldContainKey("rule");
    }
}
