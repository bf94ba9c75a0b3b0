using Crm.Sales.Quotes;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Sales.Tests.Quotes;

public sealed class QuoteMathProperties
{
    private static Gen<decimal> Of(int least, int most, decimal step) => Gen.Choose(least, most).Select(n => n * step);

    private static readonly Gen<LineInput> Line =
        from quantity in Of(1, 500_000, 0.001m)
        from list in Of(0, 9_000_000, 0.01m)
        from price in Gen.OneOf(Gen.Constant(list), Of(0, 9_000_000, 0.01m))
        from discount in Of(0, 1_000_000, 0.0001m)
        from cost in Of(0, 9_000_000, 0.01m)
        select new LineInput(quantity, price, discount, list, cost);

    private static readonly Gen<decimal> Percent = Of(0, 1_000_000, 0.0001m);

    private static readonly Gen<(IReadOnlyList<LineInput> Lines, decimal Discount, decimal Tax)> Quote =
        from n in Gen.Choose(0, 8)
        from lines in Gen.ListOf(Line, n)
        from discount in Percent
        from tax in Of(0, 10_000, 0.01m)
        select ((IReadOnlyList<LineInput>)[.. lines], discount, tax);

    private static void ForAll<T>(Gen<T> gen, Action<T> test) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(gen.ToArbitrary(), test));

    [Test]
    public void A_quote_adds_up_to_the_cent() => ForAll(Quote, q =>
    {
        var totals = QuoteMath.Total(q.Lines, q.Discount, q.Tax);
        totals.Amounts.Sum().ShouldBe(totals.Subtotal);
        (totals.Subtotal - totals.DiscountAmount).ShouldBe(totals.Net);
        (totals.Net + totals.Tax).ShouldBe(totals.Total);
        foreach (var money in totals.Amounts.Concat([totals.Subtotal, totals.DiscountAmount, totals.Tax, totals.Total, totals.Cost]))
            decimal.Round(money, 2).ShouldBe(money);
    });

    [Test]
    public void A_line_is_off_by_half_a_cent_at_most() => ForAll(Quote, q =>
    {
        var totals = QuoteMath.Total(q.Lines, q.Discount, q.Tax);
        for (var i = 0; i < q.Lines.Count; i++)
            Math.Abs(totals.Amounts[i] - q.Lines[i].Quantity * q.Lines[i].Price * (100 - q.Lines[i].LineDiscount) / 100).ShouldBeLessThanOrEqualTo(0.005m);
    });

    [Test]
    public void Discounts_lie_between_nothing_and_all() => ForAll(Quote, q =>
    {
        var totals = QuoteMath.Total(q.Lines, q.Discount, q.Tax);
        foreach (var discount in totals.LineDiscounts.Append(totals.EffectiveDiscount)) discount.ShouldBeInRange(0m, 100m);
        totals.LineDiscounts.ShouldAllBe(d => d <= totals.StrictestDiscount);
    });

    [Test]
    public void More_discount_never_costs_the_customer_more() => ForAll(from q in Quote from more in Percent select (q, more), x =>
    {
        var (less, more) = (Math.Min(x.q.Discount, x.more), Math.Max(x.q.Discount, x.more));
        QuoteMath.Total(x.q.Lines, more, x.q.Tax).Total.ShouldBeLessThanOrEqualTo(QuoteMath.Total(x.q.Lines, less, x.q.Tax).Total);
    });

    [Test]
    public void A_discount_is_the_same_by_whatever_way_it_is_given() => ForAll(from list in Of(100, 9_000_000, 0.01m) from percent in Of(0, 100, 1m) from quantity in Of(1, 500, 1m) select (list, percent, quantity), x =>
    {
        var byPrice = QuoteMath.Total([new(x.quantity, x.list * (100 - x.percent) / 100, 0, x.list, 0)], 0, 13);
        var byLine = QuoteMath.Total([new(x.quantity, x.list, x.percent, x.list, 0)], 0, 13);
        var byWhole = QuoteMath.Total([new(x.quantity, x.list, 0, x.list, 0)], x.percent, 13);
        new[] { byPrice.StrictestDiscount, byLine.StrictestDiscount, byWhole.StrictestDiscount }.ShouldAllBe(d => d == x.percent);
    });

    [Test]
    public void A_discount_is_never_rounded_in_the_giver_s_favour() => ForAll(Line.Where(l => l.ListPrice > 0), line =>
    {
        var asked = line.Price * (100 - line.LineDiscount) / 100;
        var told = QuoteMath.Total([line], 0, 0).LineDiscounts[0];
        // What is asked is at least what the told discount leaves.
        (line.ListPrice * (100 - told) / 100).ShouldBeLessThanOrEqualTo(Math.Max(asked, 0) + 0.0000001m);
    });

    [Test]
    public void More_than_the_list_price_is_no_discount() =>
        QuoteMath.Total([new(1, 120, 0, 100, 0)], 0, 0).StrictestDiscount.ShouldBe(0);

    [Test]
    public void Margin_is_of_the_sum_before_tax() =>
        QuoteMath.Total([new(2, 100, 10, 100, 45)], 0, 13).ShouldSatisfyAllConditions(
            t => t.Net.ShouldBe(180),
            t => t.Tax.ShouldBe(23.4m),
            t => t.Cost.ShouldBe(90),
            t => t.Margin.ShouldBe(50));

    [Test]
    public void Where_nothing_is_asked_there_is_no_margin() =>
        QuoteMath.Total([new(1, 100, 100, 100, 45)], 0, 13).Margin.ShouldBeNull();
}
