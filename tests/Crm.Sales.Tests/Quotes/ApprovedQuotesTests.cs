using Crm.Shared.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Sales.Tests.Quotes;

/// <summary>No door leads past an approval: whatever was approved and then changed must be approved again.</summary>
public sealed class ApprovedQuotesTests
{
    private Company company = null!;
    private Guid quote;

    [OneTimeSetUp]
    public async Task Start() => company = await Company.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [SetUp]
    public async Task Approve()
    {
        quote = await company.SubmittedAsync(10);
        (await company.StatusAsync(quote)).ShouldBe("approved");
    }

    [Test]
    public async Task An_approved_quote_edited_by_patch_is_a_draft_again()
    {
        var after = await company.Rep.PatchJson($"quotes/{quote}", new { discount = 30 });
        after.Text("status").ShouldBe("draft");
        after.Text("statusReason").ShouldBe("changedAfterSubmission");
        after.Text("approvedAt").ShouldBeNull();
        after.Text("authority").ShouldBe("director");
        (await company.Rep.SendAsync(HttpMethod.Post, $"quotes/{quote}/send")).Is(409, "quote.cannot.sent");
    }

    [Test]
    public async Task A_sent_quote_edited_is_a_draft_again()
    {
        await company.Rep.PostJson($"quotes/{quote}/send");
        (await company.Rep.PatchJson($"quotes/{quote}", new { lines = new[] { company.Line(company.Server, 60) } })).Text("status").ShouldBe("draft");
    }

    [Test]
    public async Task An_approved_quote_edited_in_bulk_is_a_draft_again()
    {
        await company.Ops.PostJson("quotes/bulk", new { ids = new[] { quote }, changes = new { discount = 30 } });
        (await company.StatusAsync(quote)).ShouldBe("draft");
    }

    [Test]
    public async Task A_copy_is_always_a_draft_without_approval()
    {
        var copy = await company.Rep.PostJson($"quotes/{quote}/copy", null, 201);
        copy.Text("status").ShouldBe("draft");
        copy.Text("approvedAt").ShouldBeNull();
        copy.Text("contentHash").ShouldBeNull();
        copy.Number("total").ShouldBe((await company.Rep.GetJson($"quotes/{quote}")).Number("total"));
        copy.GetProperty("copyOf").GetProperty("id").GetGuid().ShouldBe(quote);
    }

    [Test]
    public async Task A_new_list_price_leaves_an_approved_quote_as_it_was_approved()
    {
        var product = await company.Crm.Admin.CreateAsync("products", new { name = "交换机", price = 1000 });
        var id = await company.QuoteAsync(company.Line(product, 10));
        await company.Rep.PostJson($"quotes/{id}/submit");
        await company.Crm.Admin.PatchJson($"products/{product}", new { price = 5000 });
        var after = await company.Rep.PatchJson($"quotes/{id}", new { note = "只改备注" });
        after.Text("status").ShouldBe("approved");
        after.Number("effectiveDiscount").ShouldBe(10);
        // Reworked, it is measured by today's prices.
        var reworked = await company.Rep.PatchJson($"quotes/{id}", new { discount = 1 });
        reworked.Text("status").ShouldBe("draft");
        reworked.Text("authority").ShouldBe("director");
    }

    [Test]
    public async Task A_trusted_feature_that_changes_content_makes_a_draft_too()
    {
        await company.Crm.RunAsync(services => services.GetRequiredService<IRecords>()
            .UpdateAsync("quote", quote, new Dictionary<string, object?> { ["discount"] = 50m }, WriteOptions.AsFeature(), default));
        (await company.StatusAsync(quote)).ShouldBe("draft");
    }

    [Test]
    public async Task What_was_changed_while_it_waited_cannot_be_approved()
    {
        var waiting = await company.SubmittedAsync(15);
        await Should.ThrowAsync<Shared.Problems.Problem>(() => company.Crm.RunAsync(services => services.GetRequiredService<IRecords>()
            .UpdateAsync("quote", waiting, new Dictionary<string, object?> { ["discount"] = 50m, ["status"] = "approved" }, WriteOptions.AsFeature(), default)));
        (await company.StatusAsync(waiting)).ShouldBe("pending");
    }

    [Test]
    public async Task Words_about_a_quote_leave_its_approval()
    {
        var after = await company.Rep.PatchJson($"quotes/{quote}", new { title = "新标题", note = "内部" });
        after.Text("status").ShouldBe("approved");
    }

    [Test]
    public async Task An_accepted_quote_cannot_be_changed_any_more()
    {
        await company.Rep.PostJson($"quotes/{quote}/send");
        await company.Rep.PostJson($"quotes/{quote}/accept");
        (await company.Rep.SendAsync(HttpMethod.Patch, $"quotes/{quote}", new { discount = 1 })).Is(409, "quote.accepted");
    }

    [Test]
    public async Task A_sent_quote_expires_after_its_last_valid_day()
    {
        var id = await company.Rep.CreateAsync("quotes", new { title = "限期", customer = company.Customer, validUntil = "2026-03-04", lines = new[] { company.Line(company.Server) } });
        await company.Rep.PostJson($"quotes/{id}/submit");
        await company.Rep.PostJson($"quotes/{id}/send");
        // Monday nine o'clock to Wednesday half past eleven in the evening, and on.
        await company.Crm.PassAsync(TimeSpan.FromHours(62.5));
        (await company.StatusAsync(id)).ShouldBe("sent");
        await company.Crm.PassAsync(TimeSpan.FromHours(1));
        (await company.StatusAsync(id)).ShouldBe("expired");
    }
}
