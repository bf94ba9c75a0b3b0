using System.Text.Json;
using Crm.Testing;

namespace Crm.Workflows.Tests.Api;

/// <summary>SOPs that a visitor's form starts, and runs that wait for one.</summary>
internal sealed class FormTriggerTests
{
    private Firm firm = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        firm = await Firm.StartAsync();
        foreach (var slug in new[] { "expo", "other", "later" })
            await firm.Ops.CreateAsync("webForms", new { slug, title = slug, fields = new[] { "name", "phone", "need" }, requiredFields = new[] { "name" } });
    }

    [OneTimeTearDown]
    public async Task Stop() => await firm.DisposeAsync();

    [Test]
    public async Task The_form_that_the_trigger_names_starts_it_and_the_answers_are_there()
    {
        await PublishAsync("expo-sop", """[{"kind":"form","inputs":{"form":"expo"}}]""", """[{"id":"note","kind":"createActivity","inputs":{"kind":"note","subject":"{{run.payload.form}}: {{run.payload.answers.need}}"}}]""");
        await SendAsync("other", "甲", "13911110001", "别的");
        await SendAsync("expo", "乙", "13911110002", "一条产线");
        await firm.Crm.RunDueAsync();
        (await firm.Crm.ValueAsync<long>("SELECT COUNT(*) FROM workflows_run WHERE sop_key = 'expo-sop'")).ShouldBe(1);
        (await firm.Crm.ValueAsync<string>("SELECT subject FROM sales_activity WHERE subject LIKE 'expo:%'")).ShouldBe("expo: 一条产线");
    }

    [Test]
    public async Task A_run_about_somebody_known_hears_of_the_form_they_send()
    {
        await PublishAsync("wait-form", """[{"kind":"created","filter":{"field":"source","op":"eq","value":"referral"}}]""", """
            [{"id":"answer","kind":"waitFor","inputs":{"events":[{"id":"sent","on":{"kind":"form","inputs":{"form":"later"}}}],"within":{"in":{"plain":"P3D"}}}},
             {"id":"note","kind":"createActivity","inputs":{"kind":"note","subject":"{{steps.answer.outcome}} {{steps.answer.payload.answers.need}}"}}]
            """);
        var lead = await firm.Ops.CreateAsync("leads", new { name = "丙", phone = "13911110003", source = "referral" });
        await firm.Crm.RunDueAsync();
        await SendAsync("later", "丙", "13911110003", "要资料");
        await firm.Crm.RunDueAsync();
        var timeline = (await firm.Ops.GetJson($"leads/{lead}/timeline")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("recordName").GetString());
        timeline.ShouldContain("sent 要资料");
    }

    [Test]
    public async Task A_form_that_is_not_there_cannot_be_waited_for()
    {
        await firm.Ops.PutJson("sops/nowhere", Sop("nowhere", """[{"kind":"form","inputs":{"form":"gone"}}]""", "[]"));
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/nowhere/publish")).Is(400).Errors["triggers[0].inputs.form"].ShouldBe("sop.unknownRecord");
    }

    private async Task SendAsync(string form, string name, string phone, string need)
    {
        using var visitor = firm.Crm.Stranger();
        await visitor.PostJson($"forms/{form}", new { name, phone, need });
    }

    private async Task PublishAsync(string key, string triggers, string steps)
    {
        await firm.Ops.PutJson($"sops/{key}", Sop(key, triggers, steps));
        await firm.Ops.PostJson($"sops/{key}/publish");
    }

    private static string Sop(string key, string triggers, string steps) =>
        $$"""{"key":"{{key}}","name":{"zh":"表单","en":"Form"},"record":"lead","triggers":{{triggers}},"steps":{{steps}}}""";
}
