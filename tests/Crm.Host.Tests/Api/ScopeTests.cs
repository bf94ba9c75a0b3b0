using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class ScopeTests
{
    private Guid eastLead, westLead, westCustomer;

    [OneTimeSetUp]
    public async Task MakeRecords()
    {
        eastLead = await LeadAsync("东区线索", EastRep.UserId, new { company = "范围公司", phone = "13812345678", email = "east@example.com" });
        westLead = await LeadAsync("西区线索", WestRep.UserId, new { company = "范围公司" });
        westCustomer = await Admin.CreateAsync("customers", new { name = "西区客户", owner = WestRep.UserId });
    }

    [Test]
    public async Task A_rep_does_not_learn_that_a_colleagues_record_exists()
    {
        (await EastRep.SendAsync(HttpMethod.Get, $"leads/{westLead}")).Is(404, "notFound");
        (await EastRep.SendAsync(HttpMethod.Get, $"leads/{westLead}/timeline")).Is(404, "notFound");
        (await EastRep.SendAsync(HttpMethod.Patch, $"leads/{westLead}", new { score = 1 })).Is(404, "notFound");
    }

    [Test]
    public async Task Lists_counts_and_searches_hold_to_the_scope()
    {
        const string query = """filter={"field":"company","op":"eq","value":"范围公司"}""";
        (await EastRep.GetJson($"leads?{query}")).GetProperty("items").EnumerateArray().Select(l => l.GetProperty("id").GetGuid()).ShouldBe([eastLead]);
        (await EastRep.GetJson($"leads/count?{query}")).GetProperty("count").GetInt32().ShouldBe(1);
        (await EastRep.GetJson("leads?q=西区线索")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Test]
    public async Task A_manager_sees_the_unit_and_what_is_below_it()
    {
        await EastManager.GetJson($"leads/{eastLead}");
        (await EastManager.SendAsync(HttpMethod.Get, $"leads/{westLead}")).Is(404);
    }

    [Test]
    public async Task A_reference_to_a_record_outside_the_scope_is_refused() =>
        (await EastRep.SendAsync(HttpMethod.Post, "contacts", new { name = "联系人", customer = westCustomer })).Is(400).Errors.ShouldContainKeyAndValue("customer", "field.reference");

    [TestCase("""{"field":"customer.industry","op":"eq","value":"finance"}""")]
    [TestCase("""{"field":"customer.industry","op":"notEmpty"}""")]
    [TestCase("""{"field":"customer.industry","op":"ne","value":"retail"}""")]
    public async Task What_a_record_refers_to_tells_nothing_to_those_who_may_not_see_it(string filter)
    {
        var theirs = await Admin.CreateAsync("customers", new { name = "看不见的客户", industry = "finance", owner = WestRep.UserId });
        var mine = await Admin.CreateAsync("customers", new { name = "看得见的客户", industry = "finance", owner = EastRep.UserId });
        foreach (var customer in new[] { theirs, mine }) await Admin.CreateAsync("opportunities", new { name = filter, customer, owner = EastRep.UserId });
        var asked = $$"""{"and":[{{filter}},{"field":"name","op":"eq","value":{{System.Text.Json.JsonSerializer.Serialize(filter)}}}]}""";
        foreach (var (who, seen) in new[] { (EastRep, new[] { mine }), (Admin, [theirs, mine]) })
        {
            var found = (await who.GetJson($"opportunities?filter={Uri.EscapeDataString(asked)}")).GetProperty("items").EnumerateArray();
            found.Select(o => o.GetProperty("customer").GetProperty("id").GetGuid()).ShouldBe(seen, ignoreOrder: true);
        }
    }

    [Test]
    public async Task What_a_role_does_not_allow_is_forbidden_and_named()
    {
        var answer = (await EastRep.SendAsync(HttpMethod.Delete, $"leads/{eastLead}")).Is(403, "forbidden");
        answer.Json.GetProperty("title").GetString()!.ShouldContain("lead.delete");
        (await Marketer.SendAsync(HttpMethod.Post, "customers", new { name = "x" })).Is(403, "forbidden");
        (await EastRep.GetJson($"leads/{eastLead}")).GetProperty("can").GetProperty("delete").GetBoolean().ShouldBeFalse();
    }

    [Test]
    public async Task Personal_data_is_masked_and_cannot_be_asked_for()
    {
        var lead = await Auditor.GetJson($"leads/{eastLead}");
        lead.GetProperty("phone").GetString().ShouldBe("138****5678");
        lead.GetProperty("email").GetString().ShouldBe("e***@example.com");
        lead.GetProperty("masked").EnumerateArray().Select(m => m.GetString()).ShouldBe(["phone", "email"], ignoreOrder: true);
        (await Auditor.SendAsync(HttpMethod.Get, """leads?filter={"field":"phone","op":"startsWith","value":"138"}""")).Is(400).Errors.Values.ShouldContain("filter.notAllowed");
        (await Auditor.SendAsync(HttpMethod.Get, "leads?sort=phone")).Is(400).Errors.ShouldContainKey("sort");
        (await Auditor.GetJson("leads?q=13812345678")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Auditor.GetJson($"leads/{eastLead}/timeline")).ToString().ShouldNotContain("13812345678");
        (await EastRep.GetJson($"leads/{eastLead}")).GetProperty("phone").GetString().ShouldBe("13812345678");
    }

    [Test]
    public async Task A_timeline_shows_of_other_records_only_what_the_reader_may_see()
    {
        var opportunity = await Admin.CreateAsync("opportunities", new { name = "他人商机", customer = westCustomer, owner = EastRep.UserId });
        (await WestRep.GetJson($"customers/{westCustomer}/timeline")).ToString().ShouldNotContain("他人商机");
        (await Admin.GetJson($"customers/{westCustomer}/timeline")).ToString().ShouldContain(opportunity.ToString());
    }

    [Test]
    public async Task A_reference_is_nameless_to_those_who_may_not_read_its_type()
    {
        var customer = await Admin.CreateAsync("customers", new { name = "客服的客户" });
        var opportunity = await Admin.CreateAsync("opportunities", new { name = "来自线索的商机", customer, lead = eastLead });
        var agent = (await Company.PersonAsync("冯客服", Company.RootUnit, Shared.Access.BuiltInRole.ServiceAgent)).Client;
        (await agent.SendAsync(HttpMethod.Get, $"leads/{eastLead}")).Is(403);
        var seen = await agent.GetJson($"opportunities/{opportunity}");
        (seen.GetProperty("lead").GetProperty("id").GetGuid(), seen.GetProperty("lead").GetProperty("name").GetString()).ShouldBe((eastLead, null));
        seen.GetProperty("customer").GetProperty("name").GetString().ShouldBe("客服的客户");
        (await agent.GetJson($"opportunities/{opportunity}/timeline")).ToString().ShouldNotContain("东区线索");
        (await Admin.GetJson($"opportunities/{opportunity}/timeline")).ToString().ShouldContain("东区线索");
    }

    [Test]
    public async Task A_reference_out_of_ones_scope_keeps_its_name()
    {
        var mine = await Admin.CreateAsync("opportunities", new { name = "跨区商机", customer = westCustomer, owner = EastRep.UserId });
        (await EastRep.GetJson($"opportunities/{mine}")).GetProperty("customer").GetProperty("name").GetString().ShouldBe("西区客户");
    }
}
