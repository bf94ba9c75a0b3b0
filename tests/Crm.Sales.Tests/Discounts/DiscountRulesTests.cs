using Crm.Sales.Discounts;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Sales.Tests.Discounts;

public sealed class DiscountRulesTests
{
    private static readonly Authority[] Rules = [new("rep", null, 10, 20), new("rep", "服务", 5, 8), new("salesManager", null, 20, 30)];

    private static readonly Gen<(decimal Discount, Limits Limits)> Line =
        from discount in Gen.Choose(0, 1000)
        from own in Gen.Choose(0, 500)
        from more in Gen.Choose(0, 500)
        select (discount / 10m, new Limits(own / 10m, (own + more) / 10m));

    private static void ForAll<T>(Gen<T> gen, Action<T> test) => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(gen.ToArbitrary(), test));

    [TestCase(10, Need.None)]
    [TestCase(10.0001, Need.Superior)]
    [TestCase(20, Need.Superior)]
    [TestCase(20.0001, Need.Director)]
    public void Discount_over_authority_goes_to_the_next_superior(double discount, object need) =>
        DiscountRules.LimitsOf(Rules, ["rep"], null).For((decimal)discount).ShouldBe((Need)need);

    [Test]
    public void A_rule_for_the_category_beats_the_rule_for_all() =>
        DiscountRules.LimitsOf(Rules, ["rep"], "服务").ShouldBe(new Limits(5, 8));

    [Test]
    public void A_category_without_a_rule_takes_the_rule_for_all() =>
        DiscountRules.LimitsOf(Rules, ["rep"], "硬件").ShouldBe(new Limits(10, 20));

    [Test]
    public void Of_several_roles_the_most_generous_counts() =>
        DiscountRules.LimitsOf(Rules, ["rep", "salesManager"], null).ShouldBe(new Limits(20, 30));

    [Test]
    public void Whom_no_rule_names_may_give_nothing() =>
        DiscountRules.LimitsOf(Rules, ["marketing"], null).ShouldSatisfyAllConditions(
            l => l.For(0).ShouldBe(Need.None),
            l => l.For(0.0001m).ShouldBe(Need.Director));

    [Test]
    public void The_strictest_line_decides() => ForAll(Gen.NonEmptyListOf(Line), lines =>
        DiscountRules.Decide(lines).Need.ShouldBe(lines.Max(l => l.Limits.For(l.Discount))));

    [Test]
    public void More_discount_never_needs_less() => ForAll(from line in Line from more in Gen.Choose(0, 500) select (line, more), x =>
        ((int)x.line.Limits.For(x.line.Discount + x.more / 10m)).ShouldBeGreaterThanOrEqualTo((int)x.line.Limits.For(x.line.Discount)));

    [Test]
    public void A_quote_without_lines_needs_nobody() => DiscountRules.Decide([]).Need.ShouldBe(Need.None);
}
