using Crm.Shared.Access;
using Crm.Shared.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Leads.Tests;

public sealed class LeadsTests
{
    private Company company = null!;

    [OneTimeSetUp]
    public async Task Start() => company = await Company.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task An_invalid_lead_says_why()
    {
        var id = await company.OwnedLeadAsync();
        (await company.Rep.SendAsync(HttpMethod.Post, $"leads/{id}/invalid", new { reason = "" })).Is(400).Errors["reason"].ShouldBe("lead.invalidReason");
        (await company.Rep.SendAsync(HttpMethod.Patch, $"leads/{id}", new { status = "invalid" })).Is(400).Errors["invalidReason"].ShouldBe("lead.invalidReason");
        (await company.Rep.PostJson($"leads/{id}/invalid", new { reason = "noNeed" })).Text("status").ShouldBe("invalid");
        (await company.Rep.SendAsync(HttpMethod.Post, $"leads/{id}/convert")).Is(409, "lead.notOpen");
        (await company.Rep.PatchJson($"leads/{id}", new { status = "contacting" })).Text("invalidReason").ShouldBeNull();
    }

    [Test]
    public async Task Only_converting_makes_a_lead_converted()
    {
        var id = await company.OwnedLeadAsync();
        (await company.Rep.SendAsync(HttpMethod.Patch, $"leads/{id}", new { status = "converted" })).Is(400).Errors["status"].ShouldBe("lead.useConvert");
        (await company.Rep.SendAsync(HttpMethod.Patch, $"leads/{id}", new { wonDate = "2026-03-01" })).Is(400).Errors["wonDate"].ShouldBe("lead.useConvert");
    }

    [Test]
    public async Task A_call_is_contact_and_a_note_is_not()
    {
        var id = await company.OwnedLeadAsync();
        await company.Rep.CreateAsync("activities", new { kind = "note", subject = "备忘", lead = id });
        (await company.Rep.GetJson($"leads/{id}")).Text("lastContactAt").ShouldBeNull();
        await company.Rep.CreateAsync("activities", new { kind = "call", subject = "首次电话", lead = id, happenedAt = "2026-03-02T00:30:00Z" });
        (await company.Rep.GetJson($"leads/{id}")).Text("lastContactAt").ShouldStartWith("2026-03-02T00:30:00");
        await company.Rep.CreateAsync("activities", new { kind = "visit", subject = "补录", lead = id, happenedAt = "2026-03-01T00:30:00Z" });
        (await company.Rep.GetJson($"leads/{id}")).Text("lastContactAt").ShouldStartWith("2026-03-02T00:30:00");
    }

    [Test]
    public async Task Duplicates_are_found_among_leads_customers_and_contacts()
    {
        var id = await company.LeadAsync(new { name = "赵六", company = "同名公司", phone = "13911112222", email = "Zhao@Example.com" });
        var twin = await company.LeadAsync(new { name = "小赵", email = "zhao@example.com" });
        var customer = await company.Rep.CreateAsync("customers", new { name = "同名公司" });
        var contact = await company.Rep.CreateAsync("contacts", new { name = "赵六", customer, phone = "13911112222" });
        var items = (await company.Rep.GetJson($"leads/{id}/duplicates")).GetProperty("items").EnumerateArray()
            .ToDictionary(i => i.GetProperty("record").GetProperty("id").GetGuid(), i => (i.Text("type"), i.GetProperty("by")[0].GetString()));
        items.ShouldBe(new Dictionary<Guid, (string?, string?)> { [twin] = ("lead", "email"), [customer] = ("customer", "name"), [contact] = ("contact", "phone") }, ignoreOrder: true);
    }

    [Test]
    public async Task A_list_of_old_leads_without_names_can_be_imported()
    {
        var lead = await ImportAsync(new() { ["externalId"] = "dac32acd", ["firstContactDate"] = new DateOnly(2018, 2, 1), ["source"] = "social", ["landingPage"] = "88740e65" });
        lead.Name.ShouldBe("dac32acd");
        lead.Text("status").ShouldBe("new");
    }

    [Test]
    public async Task A_lead_that_was_won_elsewhere_is_done_with()
    {
        var lead = await ImportAsync(new() { ["externalId"] = "5420aad7" });
        var won = await company.Crm.RunAsync(services => services.GetRequiredService<IRecords>().UpdateAsync("lead", lead.Id,
            new Dictionary<string, object?> { ["wonDate"] = new DateOnly(2018, 2, 26), ["segment"] = "pet", ["leadType"] = "online_medium", ["seller"] = "2c43fb51" }, WriteOptions.None, default), Importer);
        won.Text("status").ShouldBe("converted");
    }

    [Test]
    public async Task Reps_count_their_own_open_leads()
    {
        await using var fresh = await Company.StartAsync();
        await fresh.OwnedLeadAsync();
        await fresh.LeadAsync();
        var invalid = await fresh.OwnedLeadAsync();
        await fresh.Rep.PostJson($"leads/{invalid}/invalid", new { reason = "noNeed" });
        (await fresh.Rep.GetJson("me/numbers")).GetProperty("leadsOpen").GetInt32().ShouldBe(1);
    }

    private static Actor Importer => Actor.System with { Source = Source.Import };

    private Task<Record> ImportAsync(Dictionary<string, object?> values) =>
        company.Crm.RunAsync(services => services.GetRequiredService<IRecords>().CreateAsync("lead", values, WriteOptions.None, default), Importer);
}
