using Crm.Testing;

namespace Crm.Marketing.Tests;

/// <summary>A campaign takes in whom SOPs enrol while it runs.</summary>
internal sealed class CampaignTests
{
    private TestCrm crm = null!;
    private Guid audience;

    [SetUp]
    public async Task Start()
    {
        crm = await TestCrm.StartAsync();
        audience = await crm.Admin.CreateAsync("segments", new { code = "visitors", name = "访客", target = "lead", kind = "hand" });
    }

    [TearDown]
    public async Task Stop() => await crm.DisposeAsync();

    private Task<Guid> CampaignAsync(string status, string? starts = null, string? ends = null) => crm.Admin.CreateAsync("campaigns", new { code = "fair", name = "展会", status, audience, starts, ends });

    private async Task<string[]> EnrolledAsync(string name)
    {
        await crm.Admin.CreateAsync("leads", new { name });
        await crm.RunDueAsync();
        return await crm.MembersAsync(audience);
    }

    private Task PublishAsync() => crm.PublishAsync("join", """[{"kind":"created"}]""", """
        [{"id":"in","kind":"marketing.enrol","inputs":{"campaign":"fair"}},{"id":"note","kind":"createActivity","inputs":{"kind":"note","subject":"{{steps.in.outcome}}"}}]
        """);

    [Test]
    public async Task Enrolled_once_while_it_runs_and_what_is_entered_starts_sops()
    {
        await CampaignAsync("running");
        await PublishAsync();
        await crm.PublishAsync("welcome", """[{"kind":"segmentEntered","inputs":{"segment":"visitors"}}]""", "[]");
        (await EnrolledAsync("甲")).ShouldBe(["甲"]);
        (await crm.RunsAsync("welcome")).ShouldBe(["甲"]);
        (await crm.ValueAsync<string>("SELECT subject FROM sales_activity")).ShouldBe("changed");
    }

    [TestCase("planned", null, null)]
    [TestCase("ended", null, null)]
    [TestCase("running", "2999-01-01", null)]
    [TestCase("running", null, "2020-01-01")]
    public async Task Nobody_is_enrolled_in_one_that_is_not_running(string status, string? starts, string? ends)
    {
        await CampaignAsync(status, starts, ends);
        await PublishAsync();
        (await EnrolledAsync("甲")).ShouldBeEmpty();
        (await crm.ValueAsync<string>("SELECT subject FROM sales_activity")).ShouldBe("notRunning");
    }

    [Test]
    public async Task Out_anybody_may_go_at_any_time()
    {
        var campaign = await CampaignAsync("running");
        await PublishAsync();
        await EnrolledAsync("甲");
        await crm.Admin.PatchJson($"campaigns/{campaign}", new { status = "ended" });
        await crm.PublishAsync("out", """[{"kind":"updated"}]""", """[{"id":"out","kind":"marketing.leaveCampaign","inputs":{"campaign":"fair"}}]""");
        await crm.Admin.PatchJson($"leads/{await crm.ValueAsync<Guid>("SELECT id FROM leads_lead")}", new { score = 5 });
        await crm.RunDueAsync();
        (await crm.MembersAsync(audience)).ShouldBeEmpty();
    }

    [Test]
    public async Task What_makes_no_sense_is_refused_with_its_field()
    {
        var filtered = await crm.Admin.CreateAsync("segments", new { code = "hot", name = "高分", target = "lead", filter = Sops.Filter("""{"field":"score","op":"gte","value":80}""") });
        (await crm.Admin.SendAsync(HttpMethod.Post, "campaigns", new { code = "fair", name = "展会", audience = filtered })).Is(400).Errors["audience"].ShouldBe("campaign.audience");
        (await crm.Admin.SendAsync(HttpMethod.Post, "campaigns", new { code = "fair", name = "展会", audience, starts = "2026-03-02", ends = "2026-03-01" })).Is(400).Errors["ends"].ShouldBe("campaign.ends");
        await crm.Admin.PutJson("sops/in", Sops.Sop("in", "[]", """[{"id":"in","kind":"marketing.enrol","inputs":{"campaign":"nothing"}}]"""));
        (await crm.Admin.SendAsync(HttpMethod.Post, "sops/in/publish")).Is(400).Errors["steps[0].inputs.campaign"].ShouldBe("sop.unknownRecord");
    }
}
