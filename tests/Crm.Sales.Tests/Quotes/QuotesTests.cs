using Crm.Sales.Contracts;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Sales.Tests.Quotes;

public sealed class QuotesTests
{
    private Company company = null!;

    [OneTimeSetUp]
    public async Task Start() => company = await Company.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task A_quote_is_priced_as_it_is_saved()
    {
        var id = await company.QuoteAsync(company.Line(company.Server, lineDiscount: 10, quantity: 2), company.Line(company.Service));
        var quote = await company.Manager.GetJson($"quotes/{id}");
        quote.Number("subtotal").ShouldBe(2300);
        quote.Number("tax").ShouldBe(299);
        quote.Number("total").ShouldBe(2599);
        quote.Number("effectiveDiscount").ShouldBe(8);
        quote.Number("strictestDiscount").ShouldBe(10);
        quote.Number("ownLimit").ShouldBe(10);
        quote.Number("cost").ShouldBe(1400);
        quote.Text("authority").ShouldBe("none");
        quote.Text("status").ShouldBe("draft");
        quote.GetProperty("lines")[0].Number("listPrice").ShouldBe(1000);
    }

    [Test]
    public async Task A_discount_within_the_own_authority_is_approved_at_once()
    {
        var quote = await company.Rep.GetJson($"quotes/{await company.SubmittedAsync(10)}");
        quote.Text("status").ShouldBe("approved");
        quote.Text("statusReason").ShouldBe("withinAuthority");
        quote.Text("approvedAt").ShouldNotBeNull();
    }

    [TestCase(10.01, "superior")]
    [TestCase(20, "superior")]
    [TestCase(20.01, "director")]
    public async Task A_discount_above_it_waits_for_others(double discount, string authority)
    {
        var quote = await company.Rep.GetJson($"quotes/{await company.SubmittedAsync((decimal)discount)}");
        quote.Text("status").ShouldBe("pending");
        quote.Text("authority").ShouldBe(authority);
        quote.Text("approvedAt").ShouldBeNull();
    }

    [Test]
    public async Task The_strictest_line_decides_whose_consent_it_takes()
    {
        var id = await company.QuoteAsync(company.Line(company.Server, 10), company.Line(company.Service, 8.5m));
        (await company.Rep.GetJson($"quotes/{id}")).Text("authority").ShouldBe("director");
    }

    [Test]
    public async Task A_product_that_was_taken_away_keeps_the_list_price_its_discount_is_judged_by()
    {
        var product = await company.Crm.Admin.CreateAsync("products", new { name = "停产机型", code = "GONE", price = 1000, cost = 600 });
        var id = await company.QuoteAsync(company.Line(product));
        await company.Crm.Admin.SendAsync(HttpMethod.Delete, $"products/{product}", null);
        var cheaper = await company.Rep.PatchJson($"quotes/{id}", new { lines = new[] { company.Line(product, price: 100) } });
        cheaper.Number("effectiveDiscount").ShouldBe(90);
        cheaper.Text("authority").ShouldBe("director");
        (await company.Rep.SendAsync(HttpMethod.Post, $"quotes/{id}/copy", new { })).Is(400).Errors.ShouldContainKeyAndValue("lines[0].product", "quote.notOnSale");
    }

    [Test]
    public async Task What_lines_come_to_is_refused_where_it_cannot_be_kept()
    {
        var lines = new[] { company.Line(company.Server, quantity: 1_000_000_000, price: 1_000_000_000) };
        (await company.Rep.SendAsync(HttpMethod.Post, "quotes", new { title = "天价", customer = company.Customer, lines })).Is(400).Errors.ShouldContainKeyAndValue("lines[0].amount", "field.max");
        (await company.Rep.SendAsync(HttpMethod.Post, "opportunities", new { name = "天价", customer = company.Customer, lines = new[] { new { product = company.Server, quantity = 1_000_000_000, price = 1_000_000_000 } } }))
            .Is(400).Errors.ShouldContainKeyAndValue("lines[0].amount", "field.max");
    }

    [Test]
    public async Task A_quote_has_people_and_deals_of_its_own_customer_only()
    {
        var other = await company.Rep.CreateAsync("customers", new { name = "别家机械" });
        var contact = await company.Rep.CreateAsync("contacts", new { name = "别家的人", customer = other });
        var deal = await company.Rep.CreateAsync("opportunities", new { name = "别家的商机", customer = other });
        (await company.Rep.SendAsync(HttpMethod.Post, "quotes", new { title = "报价", customer = company.Customer, contact })).Is(400).Errors.ShouldContainKeyAndValue("contact", "opportunity.contactElsewhere");
        (await company.Rep.SendAsync(HttpMethod.Post, "quotes", new { title = "报价", customer = company.Customer, opportunity = deal })).Is(400).Errors.ShouldContainKeyAndValue("opportunity", "quote.opportunityElsewhere");
        (await company.Rep.PostJson("quotes", new { opportunity = deal })).GetProperty("customer").GetProperty("id").GetGuid().ShouldBe(other);
    }

    [Test]
    public async Task Who_submits_answers_for_the_discount()
    {
        var id = await company.QuoteAsync(company.Line(company.Server, 15));
        (await company.Manager.PostJson($"quotes/{id}/submit")).Text("status").ShouldBe("approved");
    }

    [Test]
    public async Task The_live_price_is_what_saving_would_give()
    {
        var lines = new[] { company.Line(company.Server, 5, 3), company.Line(company.Service, price: 450) };
        var live = await company.Rep.PostJson("quotes/price", new { lines, currency = "CNY", discount = 4, taxRate = 6 });
        var saved = await company.Rep.PostJson("quotes", new { title = "实时", customer = company.Customer, lines, discount = 4, taxRate = 6 });
        foreach (var total in new[] { "subtotal", "discountAmount", "tax", "total", "effectiveDiscount", "strictestDiscount" }) live.Number(total).ShouldBe(saved.Number(total), total);
        live.GetProperty("authority").Text("needs").ShouldBe(saved.Text("authority"));
        live.GetProperty("authority").Number("own").ShouldBe(5);
        live.GetProperty("authority").Number("level2").ShouldBe(8);
    }

    [Test]
    public async Task The_live_price_refuses_nonsense_by_field()
    {
        var answer = await company.Rep.SendAsync(HttpMethod.Post, "quotes/price", new { lines = new[] { company.Line(company.Server, 101) }, discount = -1 });
        answer.Is(400, "invalid").Errors.Keys.ShouldBe(["discount", "lines[0].lineDiscount"], ignoreOrder: true);
    }

    [Test]
    public async Task An_empty_quote_cannot_be_submitted()
    {
        var id = await company.Rep.CreateAsync("quotes", new { title = "空", validUntil = "2026-01-01" });
        var answer = await company.Rep.SendAsync(HttpMethod.Post, $"quotes/{id}/submit");
        answer.Is(400, "invalid").Errors.Keys.ShouldBe(["lines", "customer", "validUntil"], ignoreOrder: true);
    }

    [Test]
    public async Task Status_is_nobody_s_to_write()
    {
        var id = await company.QuoteAsync(company.Line(company.Server, 50));
        (await company.Rep.SendAsync(HttpMethod.Patch, $"quotes/{id}", new { status = "approved" })).Is(400).Errors["status"].ShouldBe("field.readOnly");
        (await company.Rep.SendAsync(HttpMethod.Post, "quotes", new { title = "x", status = "approved" })).Is(400).Errors["status"].ShouldBe("field.readOnly");
    }

    [Test]
    public async Task Only_an_approved_quote_is_sent()
    {
        var id = await company.SubmittedAsync(15);
        (await company.Rep.SendAsync(HttpMethod.Post, $"quotes/{id}/send")).Is(409, "quote.cannot.sent");
        await DecideAsync(id, QuoteDecision.Approved);
        (await company.Rep.PostJson($"quotes/{id}/send")).Text("status").ShouldBe("sent");
        (await company.Rep.PostJson($"quotes/{id}/accept")).Text("status").ShouldBe("accepted");
    }

    [Test]
    public async Task An_approval_is_decided_once()
    {
        var id = await company.SubmittedAsync(15);
        await DecideAsync(id, QuoteDecision.Rejected);
        (await Should.ThrowAsync<Problem>(() => DecideAsync(id, QuoteDecision.Approved))).Code.ShouldBe("quote.notWaiting");
        (await company.StatusAsync(id)).ShouldBe("rejected");
    }

    [Test]
    public async Task A_returned_quote_can_be_reworked_and_submitted_again()
    {
        var id = await company.SubmittedAsync(15);
        await DecideAsync(id, QuoteDecision.Returned);
        (await company.Rep.GetJson($"quotes/{id}")).Text("statusReason").ShouldBe("returned");
        await company.Rep.PatchJson($"quotes/{id}", new { lines = new[] { company.Line(company.Server, 9) } });
        (await company.Rep.PostJson($"quotes/{id}/submit")).Text("status").ShouldBe("approved");
    }

    [Test]
    public async Task People_cannot_decide_past_the_approval() =>
        (await Should.ThrowAsync<Problem>(async () => await company.Crm.RunAsync(
            async services => { await services.GetRequiredService<IMediator>().Send(new DecideQuote(Guid.NewGuid(), QuoteDecision.Approved, null)); },
            Shared.Access.Actor.System with { Unlimited = false }))).Code.ShouldBe("forbidden");

    [Test]
    public async Task A_product_off_sale_cannot_be_offered_newly()
    {
        var answer = await company.Rep.SendAsync(HttpMethod.Post, "quotes", new { title = "旧", customer = company.Customer, lines = new[] { company.Line(company.Old) } });
        answer.Is(400).Errors["lines[0].product"].ShouldBe("quote.notOnSale");
    }

    [Test]
    public async Task Products_of_another_currency_are_refused()
    {
        var answer = await company.Rep.SendAsync(HttpMethod.Post, "quotes", new { title = "美元", customer = company.Customer, currency = "USD", lines = new[] { company.Line(company.Server) } });
        answer.Is(400).Errors["lines[0].product"].ShouldBe("quote.otherCurrency");
    }

    [Test]
    public async Task Cost_and_margin_are_hidden_from_those_who_may_not_see_them()
    {
        var id = await company.QuoteAsync(company.Line(company.Server));
        var quote = await company.Rep.GetJson($"quotes/{id}");
        quote.Text("cost").ShouldBeNull();
        quote.GetProperty("masked").EnumerateArray().Select(m => m.GetString()).ShouldBe(["cost", "margin"], ignoreOrder: true);
        quote.GetProperty("lines")[0].TryGetProperty("cost", out _).ShouldBeFalse();
        (await company.Manager.GetJson($"quotes/{id}")).GetProperty("lines")[0].Number("cost").ShouldBe(600);
        (await company.Rep.PostJson("quotes/price", new { lines = new[] { company.Line(company.Server) } })).TryGetProperty("margin", out _).ShouldBeFalse();
    }

    [Test]
    public async Task A_quote_takes_customer_and_title_from_its_opportunity()
    {
        var deal = await company.Rep.CreateAsync("opportunities", new { name = "扩产项目", customer = company.Customer });
        var quote = await company.Rep.PostJson("quotes", new { opportunity = deal });
        quote.Text("title").ShouldBe("扩产项目");
        quote.GetProperty("customer").GetProperty("id").GetGuid().ShouldBe(company.Customer);
        var timeline = await company.Rep.GetJson($"opportunities/{deal}/timeline");
        timeline.GetProperty("items").EnumerateArray().Select(i => i.Text("recordType")).ShouldContain("quote");
    }

    private Task DecideAsync(Guid quote, QuoteDecision decision) =>
        company.Crm.RunAsync(async services => { await services.GetRequiredService<IMediator>().Send(new DecideQuote(quote, decision, null)); });
}
