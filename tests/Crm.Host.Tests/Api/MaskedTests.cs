using Crm.Testing;
using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

/// <summary>A clerk keeps leads but sees personal data masked only.</summary>
internal sealed class MaskedTests
{
    private TestClient clerk = null!;
    private Guid lead;

    [OneTimeSetUp]
    public async Task MakeClerk()
    {
        await Admin.PostJson("roles", new { key = "clerk", name = new { zh = "文员", en = "Clerk" }, permissions = new[] { "lead.read", "lead.create", "lead.update" }, scopes = new Dictionary<string, string> { ["*"] = "all" } }, 201);
        clerk = (await Company.PersonAsync("钱文员", Company.RootUnit, "clerk")).Client;
    }

    [SetUp]
    public async Task MakeLead() => lead = await LeadAsync("打码线索", null, new { phone = "13812345678", email = "real@customer.cn" });

    [Test]
    public async Task What_was_read_masked_and_comes_back_as_it_was_changes_nothing()
    {
        var read = await clerk.GetJson($"leads/{lead}");
        var body = new { email = read.GetProperty("email").GetString(), phone = read.GetProperty("phone").GetString(), wechat = (string?)null, score = 7 };
        body.email.ShouldBe("r***@customer.cn");
        (await clerk.PatchJson($"leads/{lead}", body, 200)).GetProperty("score").GetInt32().ShouldBe(7);
        var real = await Admin.GetJson($"leads/{lead}");
        (real.GetProperty("email").GetString(), real.GetProperty("phone").GetString()).ShouldBe(("real@customer.cn", "13812345678"));
    }

    [TestCase("x@customer.cn")]
    [TestCase("real@customer.cn")]
    [TestCase(null)]
    public async Task Who_may_not_see_a_value_may_not_change_it(string? email) =>
        (await clerk.SendAsync(HttpMethod.Patch, $"leads/{lead}", new { email })).Is(400).Errors.ShouldBe(new() { ["email"] = "field.masked" });

    [Test]
    public async Task Who_may_not_see_a_value_may_still_give_a_new_record_one()
    {
        var made = await clerk.CreateAsync("leads", new { name = "来电", phone = "13900001111" });
        (await Admin.GetJson($"leads/{made}")).GetProperty("phone").GetString().ShouldBe("13900001111");
    }
}
