namespace Crm.Leads.Tests.Pool;

public sealed class PoolTests
{
    private Company company = null!;

    [OneTimeSetUp]
    public async Task Start() => company = await Company.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task A_new_lead_lies_in_the_pool_for_every_rep_to_see()
    {
        var id = await company.LeadAsync();
        (await company.Rep.GetJson($"leads/{id}")).Reference("owner").ShouldBeNull();
        (await company.Other.GetJson($"leads/{id}")).Text("status").ShouldBe("new");
    }

    [Test]
    public async Task A_claimed_lead_cannot_be_claimed_again()
    {
        var id = await company.LeadAsync();
        (await company.Rep.PostJson($"leads/{id}/claim")).Reference("owner").ShouldBe(company.Rep.UserId);
        (await company.Other.SendAsync(HttpMethod.Post, $"leads/{id}/claim")).Is(409, "lead.claimed");
        (await company.Rep.SendAsync(HttpMethod.Post, $"leads/{id}/claim")).Is(409, "lead.claimed");
    }

    [Test]
    public async Task Of_two_who_claim_at_once_one_gets_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = await company.LeadAsync();
            var answers = await Task.WhenAll(
                company.Rep.SendAsync(HttpMethod.Post, $"leads/{id}/claim"),
                company.Other.SendAsync(HttpMethod.Post, $"leads/{id}/claim"),
                company.Manager.SendAsync(HttpMethod.Post, $"leads/{id}/claim"));
            answers.Count(a => (int)a.Status == 200).ShouldBe(1);
            answers.Where(a => (int)a.Status != 200).ShouldAllBe(a => (int)a.Status == 409 && a.Code == "lead.claimed");
        }
    }

    [Test]
    public async Task The_owner_puts_a_lead_back_and_nobody_else_does()
    {
        var id = await company.OwnedLeadAsync();
        (await company.Other.SendAsync(HttpMethod.Post, $"leads/{id}/release")).Is(404);
        (await company.Rep.PostJson($"leads/{id}/release", new { note = "不在本区" })).Reference("owner").ShouldBeNull();
        (await company.Other.PostJson($"leads/{id}/claim")).Reference("owner").ShouldBe(company.Other.UserId);
    }

    [Test]
    public async Task A_manager_assigns_and_a_rep_does_not()
    {
        var id = await company.OwnedLeadAsync();
        (await company.Rep.SendAsync(HttpMethod.Post, $"leads/{id}/assign", new { owner = company.Other.UserId })).Is(403);
        (await company.Rep.SendAsync(HttpMethod.Patch, $"leads/{id}", new { owner = company.Other.UserId })).Is(403);
        (await company.Manager.PostJson($"leads/{id}/assign", new { owner = company.Other.UserId })).Reference("owner").ShouldBe(company.Other.UserId);
        var timeline = await company.Manager.GetJson($"leads/{id}/timeline");
        timeline.GetProperty("items").EnumerateArray().Select(i => i.Text("kind")).ShouldContain("assigned");
    }

    [Test]
    public async Task A_lead_is_assigned_to_people_who_can_work_only()
    {
        var id = await company.OwnedLeadAsync();
        (await company.Manager.SendAsync(HttpMethod.Post, $"leads/{id}/assign", new { owner = Guid.NewGuid() })).Is(400).Errors["owner"].ShouldBe("field.reference");
    }

    [Test]
    public async Task A_rep_s_own_lead_is_the_rep_s_from_the_start() =>
        (await company.Rep.PostJson("leads", new { name = "自拓", owner = company.Rep.UserId })).Reference("owner").ShouldBe(company.Rep.UserId);
}
