using Crm.Sales.Discounts;
using Crm.Sales.Products;
using Crm.Shared.Problems;

namespace Crm.Sales.Quotes;

/// <summary>What is to be priced.</summary>
internal sealed record QuoteDraft(IReadOnlyList<IReadOnlyDictionary<string, object?>> Lines, string? Currency, decimal Discount, decimal TaxRate);

/// <summary>A priced quote: lines with their computed columns, totals, and whose consent it takes.</summary>
internal sealed record PricedQuote(IReadOnlyList<IReadOnlyDictionary<string, object?>> Lines, QuoteTotals Totals, Need Need, Limits Limits);

/// <summary>Prices a quote from product list and discount authority. The one way for saving, submitting and the live editor.</summary>
internal sealed class QuotePricer(ProductPrices products, DiscountBook book)
{
    /// <param name="user">Whose discount authority counts.</param>
    /// <param name="kept">Products that may stay though they are not sold any more.</param>
    public async Task<PricedQuote> PriceAsync(QuoteDraft draft, Guid? user, IReadOnlySet<Guid> kept, List<FieldError> errors, CancellationToken ct)
    {
        var known = await products.ReadAsync(draft.Lines.Select(SalesRecord.Product).OfType<Guid>(), ct);
        var lines = draft.Lines.Select((line, i) => Fill(line, i, draft.Currency, known, kept, errors)).ToArray();
        var totals = QuoteMath.Total([.. lines.Select(Input)], draft.Discount, draft.TaxRate);
        for (var i = 0; i < lines.Length; i++) lines[i]["amount"] = totals.Amounts[i];
        var limits = await book.ForAsync(user, ct);
        var decided = DiscountRules.Decide(lines.Select((l, i) =>
            (totals.LineDiscounts[i], limits(l.Product() is { } id ? known.GetValueOrDefault(id)?.Category : null))));
        return new(lines, totals, decided.Need, decided.Limits);
    }

    private static Dictionary<string, object?> Fill(
        IReadOnlyDictionary<string, object?> given, int position, string? currency,
        IReadOnlyDictionary<Guid, PricedProduct> known, IReadOnlySet<Guid> kept, List<FieldError> errors)
    {
        var line = given.ToDictionary();
        var product = line.Product() is { } id ? known.GetValueOrDefault(id) : null;
        void Wrong(string field, string code, params object?[] args) => errors.Add(new($"lines[{position}].{field}", code, args));
        if (product is null && line.GetValueOrDefault("description") is null && line.Product() is null) Wrong("product", "quote.emptyLine");
        if (product is { Active: false } && !kept.Contains(product.Id)) Wrong("product", "quote.notOnSale", product.Name);
        if (product?.Currency is { } priced && currency is not null && priced != currency) Wrong("product", "quote.otherCurrency", product.Name, priced, currency);
        line["price"] = line.GetValueOrDefault("price") ?? product?.Price;
        if (line["price"] is null) Wrong("price", "field.required");
        line["listPrice"] = product is null ? line["price"] : product.Price;
        line["cost"] = product?.Cost;
        return line;
    }

    private static LineInput Input(Dictionary<string, object?> line) =>
        new(line.Number("quantity"), line.Number("price"), line.Number("lineDiscount"), line.Number("listPrice"), line.Number("cost"));
}
