namespace Crm.Leads.Tests;

/// <summary>The steps that leads contribute, in running SOPs.</summary>
internal sealed class StepTests
{
    private Company company = null!;

    [SetUp]
    public async Task Start() => company = await Company.StartAsync();

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    private async Task PublishAsync(string steps)
    {
        await company.Crm.Admin.PutJson("sops/try", $$$$"""{"key":"try","name":{"zh":"试","en":"Try"},"record":"lead","triggers":[{"kind":"updated","inputs":{"fields":["need"]}}],"steps":{{{{steps}}}}}""");
        await company.Crm.Admin.PostJson("sops/try/publish");
    }

    private async Task<Guid> RunAsync(string need)
    {
        var lead = await company.OwnedLeadAsync();
        await company.Rep.PatchJson($"leads/{lead}", new { need });
        await company.Crm.RunDueAsync();
        return lead;
    }

    [Test]
    public async Task A_lead_is_converted_and_later_steps_read_the_deal()
    {
        await PublishAsync("""[{"id":"c","kind":"leads.convert","inputs":{"opportunityName":{"zh":"{{company}} 项目","en":"{{company}} project"},"amount":5000}},{"id":"n","kind":"createActivity","inputs":{"kind":"note","subject":"{{steps.c.opportunity}}"}}]""");
        var lead = await company.Rep.GetJson($"leads/{await RunAsync("产线联网")}");
        lead.Text("status").ShouldBe("converted");
        var deal = lead.Reference("opportunity").ShouldNotBeNull();
        var opportunity = await company.Rep.GetJson($"opportunities/{deal}");
        (opportunity.Text("name"), opportunity.GetProperty("amount").GetDecimal()).ShouldBe(("新锐科技 项目", 5000m));
        (await company.Crm.ValueAsync<string>("SELECT subject FROM sales_activity")).ShouldBe(deal.ToString());
    }

    [Test]
    public async Task Converting_twice_is_an_incident_that_says_so()
    {
        await PublishAsync("""[{"id":"c","kind":"leads.convert","inputs":{}},{"id":"d","kind":"leads.convert","inputs":{}}]""");
        await RunAsync("x");
        (await company.Crm.ValueAsync<string>("SELECT code FROM workflows_incident")).ShouldBe("lead.converted");
    }

    [Test]
    public async Task A_lead_goes_back_to_the_pool_and_the_timeline_says_why()
    {
        await PublishAsync("""[{"id":"r","kind":"leads.recycle","inputs":{"note":"七天无跟进：{{name}}"}}]""");
        var lead = await RunAsync("x");
        (await company.Rep.GetJson($"leads/{lead}")).Reference("owner").ShouldBeNull();
        var released = (await company.Rep.GetJson($"leads/{lead}/timeline")).GetProperty("items").EnumerateArray().First(i => i.Text("kind") == "released");
        (released.Text("note"), released.Text("source")).ShouldBe(("七天无跟进：张三", "sop"));
    }

    [Test]
    public async Task A_step_for_leads_is_not_for_customers()
    {
        await company.Crm.Admin.PutJson("sops/wrong", """{"key":"wrong","name":{"zh":"试","en":"Try"},"record":"customer","triggers":[],"steps":[{"id":"c","kind":"leads.convert","inputs":{}}]}""");
        (await company.Crm.Admin.SendAsync(HttpMethod.Post, "sops/wrong/publish")).Is(400).Errors["steps[0].kind"].ShouldBe("sop.wrongRecordType");
    }
}
