using Crm.Shared.Records.Filters;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Shared.Tests.Records.Filters;

public sealed class FilterAgreementTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly Gen<FilterContext> Context =
        from known in Gen.Elements(true, true, false)
        from minutes in Gen.Choose(-30_000, 30_000)
        from zone in Gen.Elements(Shanghai, TimeZoneInfo.Utc, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"))
        select new FilterContext(known ? World.Id("user", 1) : null, known ? World.Id("unit", 1) : null,
            new DateTime(2026, 3, 1, 15, 59, 59, DateTimeKind.Utc).AddMinutes(minutes).AddTicks(minutes), zone);

    [Test]
    public void Database_and_memory_find_the_same_records()
    {
        var scene =
            from rows in Rows.Any
            from filters in Gen.ListOf(World.Filter(8), 30)
            from context in Context
            select (rows, filters, context);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(120), Prop.ForAll(scene.ToArbitrary(), s =>
        {
            using var database = s.rows.ToDatabase();
            foreach (var filter in s.filters)
            {
                var inMemory = s.rows.Deals.Where(id => MemoryFilter.Matches(filter, s.rows.Read(id), s.context)).Order().ToArray();
                Rows.Find(database, filter, s.context).ShouldBe(inMemory, FilterWriter.ToJson(filter));
            }
        }));
    }

    [Test]
    public void A_filter_survives_its_own_JSON() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(World.Filter(8).ToArbitrary(), filter =>
        {
            var json = FilterWriter.ToJson(filter);
            var again = FilterParser.Parse(json, World.Deal, World.Catalogue);
            FilterWriter.ToJson(again).ShouldBe(json);
            MemoryFilter.All(again).SelectMany(c => c.Values).ShouldBe(MemoryFilter.All(filter).SelectMany(c => c.Values));
        }));

    [Test]
    public void An_explanation_comes_to_the_same_result_and_names_every_condition()
    {
        var scene = from rows in Rows.Any from filter in World.Filter(8) from context in Context select (rows, filter, context);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(scene.ToArbitrary(), s =>
        {
            foreach (var deal in s.rows.Deals)
            {
                var reason = MemoryFilter.Explain(s.filter, s.rows.Read(deal), s.context);
                reason.Result.ShouldBe(MemoryFilter.Matches(s.filter, s.rows.Read(deal), s.context));
                Leaves(reason).Select(r => r.Path).ShouldBe(MemoryFilter.All(s.filter).Select(c => c.Path));
            }
        }));
    }

    private static IEnumerable<FilterReason> Leaves(FilterReason reason) => reason.Kind == "condition" ? [reason] : reason.Parts!.SelectMany(Leaves);
}
