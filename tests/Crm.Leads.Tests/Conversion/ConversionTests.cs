namespace Crm.Leads.Tests.Conversion;

public sealed class ConversionTests
{
    private Company company = null!;

    [OneTimeSetUp]
    public async Task Start() => company = await Company.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task Converting_makes_customer_contact_and_opportunity_of_the_lead_s_owner()
    {
        var id = await company.OwnedLeadAsync(new { name = "陈总", company = "长江电气", phone = "13700001111", industry = "energy", region = "east", need = "配电改造", budget = 80000, source = "exhibition" });
        var made = await company.Rep.PostJson($"leads/{id}/convert", new { opportunityName = "配电改造项目" });

        var customer = await company.Rep.GetJson($"customers/{made.Text("customer")}");
        (customer.Text("name"), customer.Text("industry"), customer.Text("source"), customer.Reference("owner")).ShouldBe(("长江电气", "energy", "exhibition", company.Rep.UserId));
        var contact = await company.Rep.GetJson($"contacts/{made.Text("contact")}");
        (contact.Text("name"), contact.Text("phone"), contact.GetProperty("isPrimary").GetBoolean()).ShouldBe(("陈总", "13700001111", true));
        var deal = await company.Rep.GetJson($"opportunities/{made.Text("opportunity")}");
        (deal.Text("name"), deal.GetProperty("amount").GetDecimal(), deal.Reference("lead"), deal.Reference("owner")).ShouldBe(("配电改造项目", 80000m, id, company.Rep.UserId));
        var lead = await company.Rep.GetJson($"leads/{id}");
        (lead.Text("status"), lead.Reference("customer")?.ToString()).ShouldBe(("converted", made.Text("customer")));
        (await company.Rep.GetJson($"customers/{made.Text("customer")}/timeline")).GetProperty("items").EnumerateArray().Select(i => i.Text("kind")).ShouldContain("converted");
    }

    [Test]
    public async Task A_lead_is_converted_once()
    {
        var id = await company.OwnedLeadAsync();
        await company.Rep.PostJson($"leads/{id}/convert");
        (await company.Rep.SendAsync(HttpMethod.Post, $"leads/{id}/convert")).Is(409, "lead.converted");
        (await company.Rep.SendAsync(HttpMethod.Patch, $"leads/{id}", new { status = "new" })).Is(409, "lead.converted");
    }

    [Test]
    public async Task Of_two_conversions_at_once_one_makes_one_opportunity()
    {
        var id = await company.OwnedLeadAsync(new { name = "并发", company = "并发公司", email = "race@example.com" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => company.Rep.SendAsync(HttpMethod.Post, $"leads/{id}/convert")));
        answers.Count(a => (int)a.Status == 200).ShouldBe(1);
        (await company.Crm.ValueAsync<long>("SELECT COUNT(*) FROM sales_opportunity WHERE lead_id = @id", new { id })).ShouldBe(1);
        (await company.Crm.ValueAsync<long>("SELECT COUNT(*) FROM sales_customer WHERE name = @name", new { name = "并发公司" })).ShouldBe(1);
    }

    [Test]
    public async Task A_customer_that_is_known_is_not_made_twice()
    {
        var known = await company.Rep.CreateAsync("customers", new { name = "已有客户" });
        var contact = await company.Rep.CreateAsync("contacts", new { name = "老王", customer = known, phone = "13612345678" });
        var id = await company.OwnedLeadAsync(new { name = "王先生", company = "已有客户", phone = "13612345678" });
        var made = await company.Rep.PostJson($"leads/{id}/convert");
        made.Text("customer").ShouldBe(known.ToString());
        made.Text("contact").ShouldBe(contact.ToString());
    }

    [Test]
    public async Task A_lead_can_be_converted_to_a_customer_that_is_chosen()
    {
        var chosen = await company.Rep.CreateAsync("customers", new { name = "选定客户" });
        var id = await company.OwnedLeadAsync();
        (await company.Rep.PostJson($"leads/{id}/convert", new { existingCustomer = chosen })).Text("customer").ShouldBe(chosen.ToString());
    }

    [Test]
    public async Task A_customer_out_of_sight_cannot_be_chosen_and_nothing_is_left_behind()
    {
        var theirs = await company.Other.CreateAsync("customers", new { name = "别人的客户" });
        var id = await company.OwnedLeadAsync(new { name = "某人", company = "某公司" });
        (await company.Rep.SendAsync(HttpMethod.Post, $"leads/{id}/convert", new { existingCustomer = theirs })).Is(404);
        (await company.Rep.SendAsync(HttpMethod.Post, $"leads/{id}/convert", new { amount = -1 })).Is(400).Errors.Keys.ShouldBe(["amount"]);
        (await company.Rep.GetJson($"leads/{id}")).Text("status").ShouldBe("new");
        (await company.Crm.ValueAsync<long>("SELECT COUNT(*) FROM sales_customer WHERE name = @name", new { name = "某公司" })).ShouldBe(0);
    }

    [Test]
    public async Task A_person_without_company_becomes_a_customer_of_his_own()
    {
        var id = await company.OwnedLeadAsync(new { name = "个人客户", phone = "13500000000" });
        var made = await company.Rep.PostJson($"leads/{id}/convert");
        (await company.Rep.GetJson($"customers/{made.Text("customer")}")).Text("kind").ShouldBe("person");
    }
}
