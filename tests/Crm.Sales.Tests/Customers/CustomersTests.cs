namespace Crm.Sales.Tests.Customers;

public sealed class CustomersTests
{
    private Company company = null!;

    [OneTimeSetUp]
    public async Task Start() => company = await Company.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task No_customer_stands_above_itself()
    {
        var group = await company.Rep.CreateAsync("customers", new { name = "集团" });
        var branch = await company.Rep.CreateAsync("customers", new { name = "分公司", parent = group });
        (await company.Rep.SendAsync(HttpMethod.Patch, $"customers/{group}", new { parent = branch })).Is(400).Errors["parent"].ShouldBe("customer.circle");
    }

    [Test]
    public async Task A_customer_has_one_primary_contact()
    {
        var first = await company.Rep.CreateAsync("contacts", new { name = "甲", customer = company.Customer, isPrimary = true });
        var second = await company.Rep.CreateAsync("contacts", new { name = "乙", customer = company.Customer, isPrimary = true });
        (await company.Rep.GetJson($"contacts/{first}")).GetProperty("isPrimary").GetBoolean().ShouldBeFalse();
        (await company.Rep.GetJson($"contacts/{second}")).GetProperty("isPrimary").GetBoolean().ShouldBeTrue();
    }

    [Test]
    public async Task Contacts_are_seen_by_those_who_see_their_customer()
    {
        var contact = await company.Rep.CreateAsync("contacts", new { name = "丙", customer = company.Customer });
        var west = await company.Crm.UnitAsync("西部", company.Crm.RootUnit);
        var (_, other) = await company.Crm.PersonAsync("赵销售", west, "rep");
        (await other.SendAsync(HttpMethod.Get, $"contacts/{contact}")).Is(404);
        (await company.Manager.SendAsync(HttpMethod.Get, $"contacts/{contact}")).Is(200);
    }

    [Test]
    public async Task A_customer_s_timeline_tells_of_its_opportunities_contacts_and_activities()
    {
        var id = await company.Rep.CreateAsync("customers", new { name = "时间线" });
        var deal = await company.Rep.CreateAsync("opportunities", new { name = "项目", customer = id });
        await company.Rep.CreateAsync("contacts", new { name = "丁", customer = id });
        await company.Rep.CreateAsync("activities", new { kind = "call", subject = "电话沟通", opportunity = deal });
        var timeline = await company.Rep.GetJson($"customers/{id}/timeline");
        timeline.GetProperty("items").EnumerateArray().Select(i => i.Text("recordType")).ShouldBe(["activity", "contact", "opportunity", "customer"], ignoreOrder: true);
    }

    [Test]
    public async Task An_activity_is_about_something() =>
        (await company.Rep.SendAsync(HttpMethod.Post, "activities", new { kind = "call", subject = "x" })).Is(400).Errors[""].ShouldBe("activity.aboutNothing");

    [Test]
    public async Task A_product_code_is_given_once()
    {
        (await company.Crm.Admin.SendAsync(HttpMethod.Post, "products", new { name = "另一个", code = "srv", price = 1 })).Is(400).Errors["code"].ShouldBe("product.codeTaken");
        (await company.Rep.SendAsync(HttpMethod.Post, "products", new { name = "x", price = 1 })).Is(403);
    }

    [Test]
    public async Task Discount_authority_is_ordered_and_one_per_role_and_category()
    {
        (await company.Ops.SendAsync(HttpMethod.Post, "discountAuthorities", new { role = "marketing", own = 10, superior = 5 })).Is(400).Errors["superior"].ShouldBe("discountAuthority.order");
        (await company.Ops.SendAsync(HttpMethod.Post, "discountAuthorities", new { role = "rep", own = 1, superior = 5 })).Is(400).Errors["role"].ShouldBe("discountAuthority.twice");
        (await company.Rep.SendAsync(HttpMethod.Post, "discountAuthorities", new { role = "rep", category = "硬件", own = 99, superior = 99 })).Is(403);
    }

    /// <summary>A rule for a role or a category that there is not would never hold, and nobody would notice.</summary>
    [Test]
    public async Task Discount_authority_is_for_roles_and_categories_that_there_are()
    {
        var answer = await company.Ops.SendAsync(HttpMethod.Post, "discountAuthorities", new { role = "reps", category = "软件", own = 1, superior = 5 });
        answer.Is(400).Errors.ShouldBe(new Dictionary<string, string> { ["role"] = "field.option", ["category"] = "field.option" }, ignoreOrder: true);
        await company.Crm.Admin.CreateAsync("products", new { name = "数据平台", category = "软件", price = 100 });
        await company.Ops.CreateAsync("discountAuthorities", new { role = "rep", category = "软件", own = 1, superior = 5 });
        var fields = (await company.Ops.GetJson("catalogue")).GetProperty("types").EnumerateArray().Single(t => t.GetProperty("key").GetString() == "discountAuthority").GetProperty("fields").EnumerateArray().ToDictionary(f => f.GetProperty("key").GetString()!);
        IEnumerable<string?> Keys(string field) => fields[field].GetProperty("options").EnumerateArray().Select(o => o.GetProperty("key").GetString());
        Keys("role").ShouldContain("salesManager");
        Keys("category").ShouldBe(["服务", "硬件", "软件"], ignoreOrder: true);
    }

    [Test]
    public async Task Today_s_numbers_are_the_own_ones()
    {
        await using var fresh = await Company.StartAsync();
        await fresh.Rep.CreateAsync("opportunities", new { name = "开", amount = 100 });
        await fresh.Rep.CreateAsync("opportunities", new { name = "赢", amount = 30, stage = "won" });
        await fresh.Manager.CreateAsync("opportunities", new { name = "别人的", amount = 7 });
        var numbers = await fresh.Rep.GetJson("me/numbers");
        numbers.Number("opportunitiesOpen").ShouldBe(1);
        numbers.Number("opportunityAmount").ShouldBe(100);
        numbers.Number("wonThisMonth").ShouldBe(1);
        numbers.Number("wonAmountThisMonth").ShouldBe(30);
    }
}
