using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Testing;
using Crm.Workflows.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: what was approved is changed afterwards, or while it is being approved, through another door. Here every door leads to a draft that must be approved again,
/// or is shut.</summary>
internal sealed class ApprovalBypassTests
{
    private Firm firm = null!;
    private Guid product;
    private Guid customer;
    private Guid quote;

    [OneTimeSetUp]
    public async Task Start()
    {
        firm = await Firm.StartAsync("quote-approval");
        await firm.Crm.Admin.CreateAsync("discountAuthorities", new { role = "rep", own = 10, superior = 20 });
        product = await firm.Crm.Admin.CreateAsync("products", new { name = "服务器", code = "SRV", price = 1000, cost = 600 });
        customer = await firm.Rep.CreateAsync("customers", new { name = "东方制造" });
        await firm.Crm.Admin.PutJson("sops/sneak", """
            {"key":"sneak","name":{"zh":"改","en":"Change"},"record":"quote","triggers":[{"kind":"updated","inputs":{"fields":["note"]}}],
             "steps":[{"id":"set","kind":"updateFields","inputs":{"fields":{"discount":50}}}]}
            """);
        await firm.Crm.Admin.PostJson("sops/sneak/publish", new { note = "" });
    }

    [OneTimeTearDown]
    public async Task Stop() => await firm.DisposeAsync();

    /// <summary>Fifteen per cent: more than the rep may give, asked of the superior.</summary>
    [SetUp]
    public async Task Submit()
    {
        quote = await firm.Rep.CreateAsync("quotes", new { title = "设备报价", customer, lines = new[] { new { product, quantity = 1, lineDiscount = 15 } } });
        await firm.Rep.PostJson($"quotes/{quote}/submit");
        await firm.Crm.RunDueAsync();
    }

    private async Task ApproveAsync()
    {
        var approval = (await firm.OnlyAsync(firm.Lead, $"approvals?record={quote}&state=open")).GetProperty("id").GetString();
        await firm.Lead.PostJson($"approvals/{approval}/approve", new { comment = "同意" });
        await firm.Crm.RunDueAsync();
        (await TextAsync("status")).ShouldBe("approved");
    }

    private async Task<string?> TextAsync(string field) => (await firm.Rep.GetJson($"quotes/{quote}")).GetProperty(field) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private async Task MustBeAskedAgainAsync()
    {
        await firm.Crm.RunDueAsync();
        (await TextAsync("status")).ShouldBe("draft");
        (await TextAsync("approvedAt")).ShouldBeNull();
        (await firm.Rep.SendAsync(HttpMethod.Post, $"quotes/{quote}/send")).Is(409);
    }

    private async Task StillWaitsAsync()
    {
        await firm.Crm.RunDueAsync();
        (await TextAsync("status")).ShouldBe("pending");
        (await firm.Rep.GetJson($"quotes/{quote}")).GetProperty("effectiveDiscount").GetDecimal().ShouldBe(15);
    }

    private Task ImportAsync() => firm.Crm.RunAsync(s => s.GetRequiredService<IRecords>().UpdateAsync("quote", quote, new Dictionary<string, object?> { ["discount"] = 50m }, WriteOptions.None, default),
        Actor.System with { UserId = firm.Crm.Admin.UserId, Source = Source.Import, Unlimited = true, StartsSops = false });

    [Test]
    public async Task By_edit()
    {
        (await firm.Rep.SendAsync(HttpMethod.Patch, $"quotes/{quote}", new { discount = 50 })).Is(409);
        await StillWaitsAsync();
        await ApproveAsync();
        await firm.Rep.PatchJson($"quotes/{quote}", new { discount = 50 });
        await MustBeAskedAgainAsync();
    }

    [Test]
    public async Task By_edit_of_the_status_itself()
    {
        ((int)(await firm.Rep.SendAsync(HttpMethod.Patch, $"quotes/{quote}", new { status = "approved" })).Status).ShouldBeInRange(400, 499);
        await StillWaitsAsync();
    }

    [Test]
    public async Task By_copy()
    {
        await ApproveAsync();
        quote = (await firm.Rep.PostJson($"quotes/{quote}/copy", null, 201)).GetProperty("id").GetGuid();
        await MustBeAskedAgainAsync();
    }

    [Test]
    public async Task By_re_price()
    {
        await ApproveAsync();
        await firm.Crm.Admin.PatchJson($"products/{product}", new { price = 2000 });
        try
        {
            // Measured by today's price, a changed quote is another offer.
            await firm.Rep.PatchJson($"quotes/{quote}", new { lines = new[] { new { product, quantity = 1, price = 850, lineDiscount = 0 } } });
            await MustBeAskedAgainAsync();
        }
        finally
        {
            await firm.Crm.Admin.PatchJson($"products/{product}", new { price = 1000 });
        }
    }

    [Test]
    public async Task By_a_program_with_a_token()
    {
        var token = (await firm.Rep.PostJson("auth/tokens", new { name = "erp" }, 201)).GetProperty("token").GetString();
        using var program = firm.Crm.Stranger();
        (await program.SendAsync(HttpMethod.Patch, $"quotes/{quote}", new { discount = 50 }, ("Authorization", $"Bearer {token}"))).Is(409);
        await StillWaitsAsync();
        await ApproveAsync();
        (await program.SendAsync(HttpMethod.Patch, $"quotes/{quote}", new { discount = 50 }, ("Authorization", $"Bearer {token}"))).Is(200);
        await MustBeAskedAgainAsync();
    }

    [Test]
    public async Task By_import()
    {
        (await Should.ThrowAsync<Problem>(ImportAsync)).Status.ShouldBe(409);
        await StillWaitsAsync();
        await ApproveAsync();
        await ImportAsync();
        await MustBeAskedAgainAsync();
    }

    [Test]
    public async Task By_a_step_of_another_sop()
    {
        await firm.Rep.PatchJson($"quotes/{quote}", new { note = "一" });
        await StillWaitsAsync();
        await ApproveAsync();
        await firm.Rep.PatchJson($"quotes/{quote}", new { note = "二" });
        await MustBeAskedAgainAsync();
    }

    [Test]
    public async Task By_bulk_change()
    {
        await firm.Ops.PostJson("quotes/bulk", new { ids = new[] { quote }, changes = new { discount = 50 } });
        await StillWaitsAsync();
        await ApproveAsync();
        await firm.Ops.PostJson("quotes/bulk", new { ids = new[] { quote }, changes = new { discount = 50 } });
        await MustBeAskedAgainAsync();
    }
}
