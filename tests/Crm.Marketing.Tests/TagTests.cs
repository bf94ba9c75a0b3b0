using Crm.Testing;

namespace Crm.Marketing.Tests;

internal sealed class TagTests
{
    private TestCrm crm = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        crm = await TestCrm.StartAsync();
        foreach (var (code, name) in new[] { ("key", "重点"), ("cold", "冷淡") }) await crm.Admin.CreateAsync("tags", new { code, name });
    }

    [OneTimeTearDown]
    public async Task Stop() => await crm.DisposeAsync();

    [TestCase("leads"), TestCase("customers"), TestCase("opportunities"), TestCase("tickets")]
    public async Task A_tag_marks_records_of_every_kind(string plural)
    {
        var id = await crm.Admin.CreateAsync(plural, new Dictionary<string, object> { [plural == "tickets" ? "subject" : "name"] = "甲", ["tags"] = new[] { "key" } });
        (await crm.Admin.GetJson($"{plural}/{id}")).GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ShouldBe(["key"]);
        (await crm.Admin.SendAsync(HttpMethod.Patch, $"{plural}/{id}", new { tags = new[] { "unknown" } })).Is(400).Errors["tags"].ShouldBe("field.option");
        var filter = Uri.EscapeDataString("""{"field":"tags","op":"contains","value":"key"}""");
        (await crm.Admin.GetJson($"{plural}?filter={filter}")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Test]
    public async Task Sops_add_tags_and_take_them_away()
    {
        await crm.PublishAsync("tagging", """[{"kind":"updated","inputs":{"fields":["need"]}}]""", """[{"id":"a","kind":"addTag","inputs":{"tag":"key"}},{"id":"b","kind":"removeTag","inputs":{"tag":"cold"}}]""");
        var lead = await crm.Admin.CreateAsync("leads", new { name = "乙", tags = new[] { "cold" } });
        await crm.Admin.PatchJson($"leads/{lead}", new { need = "x" });
        await crm.RunDueAsync();
        (await crm.Admin.GetJson($"leads/{lead}")).GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ShouldBe(["key"]);
    }

    [TestCase("""{"id":"a","kind":"addTag","inputs":{"tag":"nothing"}}""", "steps[0].inputs.tag", "sop.badChoice")]
    [TestCase("""{"id":"a","kind":"addTag","inputs":{"tag":"key","field":"status"}}""", "steps[0].inputs.tag", "sop.notMultiSelect")]
    [TestCase("""{"id":"a","kind":"marketing.addToSegment","inputs":{"segment":"nothing"}}""", "steps[0].inputs.segment", "sop.unknownRecord")]
    [TestCase("""{"id":"a","kind":"mail","inputs":{"to":{"path":"email"},"template":"nothing"}}""", "steps[0].inputs.template", "sop.unknownMailTemplate")]
    public async Task What_a_step_names_must_be_there(string step, string path, string code)
    {
        await crm.Admin.PutJson("sops/wrong", Sops.Sop("wrong", "[]", $"[{step}]"));
        (await crm.Admin.SendAsync(HttpMethod.Post, "sops/wrong/publish")).Is(400).Errors.ShouldBe(new Dictionary<string, string> { [path] = code });
    }

    [Test]
    public async Task A_tag_keeps_its_code()
    {
        var id = await crm.Admin.CreateAsync("tags", new { code = "kept", name = "留" });
        (await crm.Admin.SendAsync(HttpMethod.Patch, $"tags/{id}", new { code = "other" })).Is(400).Errors["code"].ShouldBe("tag.codeStays");
        await crm.Admin.PatchJson($"tags/{id}", new { name = "保留" });
    }

    [TestCase(30, 50), TestCase(990, 1000), TestCase(0, 20)]
    public async Task A_score_grows_within_its_bounds_and_says_why(int before, int after)
    {
        await crm.PublishAsync("scoring", """[{"kind":"updated","inputs":{"fields":["timing"]}}]""", """[{"id":"up","kind":"score","inputs":{"add":20,"reason":"下载资料：{{name}}"}},{"id":"down","kind":"score","inputs":{"add":-500,"min":5,"field":"score","reason":"x"}},{"id":"back","kind":"updateFields","inputs":{"fields":{"note":{"template":"{{steps.up.score}} {{steps.up.added}} {{steps.down.score}}"}}}}]""");
        var lead = await crm.Admin.CreateAsync("leads", new { name = "丙", score = before });
        await crm.Admin.PatchJson($"leads/{lead}", new { timing = "now" });
        await crm.RunDueAsync();
        var now = await crm.Admin.GetJson($"leads/{lead}");
        now.GetProperty("note").GetString().ShouldBe($"{after} {after - before} {Math.Max(5, after - 500)}");
        (await crm.ListAsync<string>("SELECT note FROM shared_change WHERE record_id = @lead AND note IS NOT NULL", new { lead })).ShouldContain("下载资料：丙");
    }
}
