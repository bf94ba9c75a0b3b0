namespace Crm.Sales.Quotes;

/// <summary>What a line is priced from. List price and cost are of one unit; without a product the list price is the price asked.</summary>
internal sealed record LineInput(decimal Quantity, decimal Price, decimal LineDiscount, decimal ListPrice, decimal Cost);

/// <summary>What a quote comes to. Money is in whole cents, percentages have four decimals.</summary>
/// <param name="Amounts">Of each line, its own discount taken off.</param>
/// <param name="LineDiscounts">What each line gives away against list prices, every discount counted.</param>
/// <param name="Margin">Of the sum before tax; null where nothing is asked for.</param>
internal sealed record QuoteTotals(
    IReadOnlyList<decimal> Amounts, IReadOnlyList<decimal> LineDiscounts, decimal Subtotal, decimal DiscountAmount,
    decimal Tax, decimal Total, decimal EffectiveDiscount, decimal Cost, decimal? Margin)
{
    public decimal Net => Subtotal - DiscountAmount;
    public decimal StrictestDiscount => LineDiscounts.Count == 0 ? 0m : LineDiscounts.Max();
}

/// <summary>The arithmetic of quotes, exact and free of everything else. Lines are rounded to cents before they are added, so that a printed quote adds up.</summary>
internal static class QuoteMath
{
    public static QuoteTotals Total(IReadOnlyList<LineInput> lines, decimal discount, decimal taxRate)
    {
        var amounts = lines.Select(l => Cents(l.Quantity * l.Price * Left(l.LineDiscount))).ToArray();
        var subtotal = amounts.Sum();
        var discountAmount = Cents(subtotal * discount / 100m);
        var net = subtotal - discountAmount;
        var tax = Cents(net * taxRate / 100m);
        var list = lines.Sum(l => l.Quantity * l.ListPrice);
        var cost = Cents(lines.Sum(l => l.Quantity * l.Cost));
        return new(
            amounts, [.. lines.Select(l => Given(l.ListPrice, l.Price * Left(l.LineDiscount) * Left(discount)))],
            subtotal, discountAmount, tax, net + tax, Given(list, net), cost, net > 0 ? Percent((net - cost) / net) : null);
    }

    /// <summary>Percentage given away; none where more than the list price is asked. Never rounded in the giver's favour.</summary>
    private static decimal Given(decimal list, decimal asked) =>
        list <= 0 || asked >= list ? 0m : Math.Ceiling((list - asked) / list * 1_000_000m) / 10_000m;

    private static decimal Left(decimal percent) => (100m - percent) / 100m;
    private static decimal Percent(decimal share) => Math.Round(share * 100m, 4, MidpointRounding.AwayFromZero);
    private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}
