using Crm.Sales.Quotes;
using Crm.Shared.Records;

namespace Crm.Sales.Tests.Quotes;

public sealed class QuoteContentTests
{
    private static Record Quote(params (string Key, object? Value)[] changed)
    {
        var line = new Dictionary<string, object?> { ["product"] = Guid.Empty, ["quantity"] = 2m, ["price"] = 10m, ["lineDiscount"] = 0m };
        var values = new Dictionary<string, object?> { ["title"] = "报价", ["currency"] = "CNY", ["discount"] = 5m, ["validUntil"] = new DateOnly(2026, 5, 1) };
        foreach (var (key, value) in changed)
            if (key.StartsWith("line.", StringComparison.Ordinal)) line[key[5..]] = value;
            else values[key] = value;
        values["lines"] = new List<IReadOnlyDictionary<string, object?>> { line };
        return new(QuoteType.Type, Guid.Empty, 1, values);
    }

    [Test]
    public void The_same_number_written_otherwise_is_the_same_content() =>
        QuoteContent.Hash(Quote(("discount", 5.0000m), ("line.price", 10.00m))).ShouldBe(QuoteContent.Hash(Quote()));

    [Test]
    public void What_is_not_promised_to_the_customer_is_no_content() =>
        QuoteContent.Hash(Quote(("title", "另一个标题"), ("note", "内部"), ("total", 1m))).ShouldBe(QuoteContent.Hash(Quote()));

    [TestCase("discount")]
    [TestCase("taxRate")]
    [TestCase("line.quantity")]
    [TestCase("line.price")]
    [TestCase("line.lineDiscount")]
    public void Every_number_is_content(string field) =>
        QuoteContent.Hash(Quote((field, 7m))).ShouldNotBe(QuoteContent.Hash(Quote()));

    [TestCase("currency")]
    [TestCase("terms")]
    [TestCase("line.description")]
    public void Every_word_is_content(string field) =>
        QuoteContent.Hash(Quote((field, "USD"))).ShouldNotBe(QuoteContent.Hash(Quote()));

    [Test]
    public void The_last_valid_day_is_content() =>
        QuoteContent.Hash(Quote(("validUntil", new DateOnly(2026, 6, 1)))).ShouldNotBe(QuoteContent.Hash(Quote()));
}
