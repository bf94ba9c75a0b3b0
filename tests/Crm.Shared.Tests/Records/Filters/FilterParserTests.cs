using Crm.Shared.Problems;
using Crm.Shared.Records.Filters;

namespace Crm.Shared.Tests.Records.Filters;

public sealed class FilterParserTests
{
    private static Filter Parse(string json) => FilterParser.Parse(json, World.Deal, World.Catalogue);

    private static void Refuses(string json, string code, string at)
    {
        var error = Should.Throw<Problem>(() => Parse(json)).Errors.Single();
        error.Code.ShouldBe(code, json);
        error.Field.ShouldBe(at, json);
        var texts = new Texts([typeof(Filter).Assembly]);
        foreach (var locale in new[] { "zh", "en" }) texts.Get(locale, code, error.Args).ShouldNotBe(code);
    }

    private static void RefusesValue(string field, string op, string value, string at = "filter.value") =>
        Refuses($$"""{"field":"{{field}}","op":"{{op}}","value":{{value}}}""", "filter.badValue", at);

    [Test] public void What_is_not_JSON_is_refused() => Refuses("{", "filter.json", "filter");

    [TestCase("[]"), TestCase("{}"), TestCase("null"), TestCase("""{"and":{}}"""), TestCase("""{"and":[],"or":[]}"""), TestCase("""{"field":"bText"}""")]
    [TestCase("""{"field":"bText","op":"empty","op":"empty"}"""), TestCase("""{"field":"bText","op":"empty","and":[]}"""), TestCase("""{"field":1,"op":"empty"}""")]
    public void What_is_no_filter_is_refused(string json) => Refuses(json, "filter.shape", "filter");

    [Test] public void The_place_of_an_error_is_named() =>
        Refuses("""{"and":[{"or":[]},{"not":{"field":"nothing","op":"eq","value":1}}]}""", "filter.unknownField", "filter.and[1].not.field");

    [TestCase("nothing"), TestCase("customer.nothing"), TestCase("bText.name"), TestCase(""), TestCase("customer.")]
    public void Unknown_fields_are_refused(string path) =>
        Refuses($$"""{"field":"{{path}}","op":"empty"}""", "filter.unknownField", "filter.field");

    [Test] public void Unknown_operators_are_refused() => Refuses("""{"field":"bText","op":"like","value":"x"}""", "filter.unknownOp", "filter.op");

    [TestCase("bText", "gt"), TestCase("bInteger", "contains"), TestCase("bBoolean", "in"), TestCase("bMultiSelect", "eq"), TestCase("bJson", "eq"), TestCase("customer", "within")]
    public void Operators_of_another_type_are_refused(string field, string op) =>
        Refuses($$"""{"field":"{{field}}","op":"{{op}}","value":1}""", "filter.opNotForType", "filter.op");

    [TestCase("bText", "1"), TestCase("bText", "\" \"")]
    [TestCase("bInteger", "\"1\""), TestCase("bInteger", "1.5"), TestCase("bInteger", "99999999999999999999")]
    [TestCase("bDecimal", "1.00001"), TestCase("bMoney", "1e15"), TestCase("bMoney", "\"5\"")]
    [TestCase("bBoolean", "1"), TestCase("bSelect", "\"purple\""), TestCase("customer", "\"42\"")]
    [TestCase("bDate", "\"2026-02-30\""), TestCase("bDate", "\"2026-02-03T00:00:00Z\""), TestCase("bDate", """{"$":"now"}"""), TestCase("bDate", """{"$":"today","plus":"PT1H"}""")]
    [TestCase("bDateTime", "\"2026-02-03\""), TestCase("bDateTime", "\"2026-02-03T00:00:00\""), TestCase("bDateTime", """{"$":"now","plus":"P1M"}""")]
    [TestCase("bDateTime", """{"$":"now","plus":"P"}"""), TestCase("bDateTime", """{"$":"now","plus":"P1DT"}"""), TestCase("bDateTime", """{"$":"now","minus":"P1D"}""")]
    [TestCase("customer", """{"$":"me"}"""), TestCase("owner", """{"$":"myUnit"}"""), TestCase("owner", """{"$":"me","plus":"P1D"}"""), TestCase("bText", """{"$":"me"}""")]
    public void Values_of_another_type_are_refused(string field, string value) => RefusesValue(field, "eq", value);

    [TestCase("bText", "eq", "\"\""), TestCase("bText", "eq", "null"), TestCase("bText", "in", "null"), TestCase("bDate", "within", "null")]
    public void A_condition_that_is_not_finished_is_called_so(string field, string op, string value) =>
        Refuses($$"""{"field":"{{field}}","op":"{{op}}","value":{{value}}}""", "filter.noValue", "filter.value");

    [TestCase("\"someday\""), TestCase("""{"last":0}"""), TestCase("""{"last":1.5}"""), TestCase("""{"previous":3}"""), TestCase("""{"last":3,"next":3}"""), TestCase("\"2026-01-01\"")]
    public void Unknown_periods_are_refused(string value) => RefusesValue("bDate", "within", value);

    [Test] public void Between_takes_two_values() => RefusesValue("bInteger", "between", "[1]");
    [Test] public void In_takes_a_list() => RefusesValue("bInteger", "in", "1");
    [Test] public void One_bad_value_in_a_list_is_named() => RefusesValue("bInteger", "in", "[1,\"2\"]", "filter.value[1]");
    [Test] public void Empty_takes_no_value() => RefusesValue("bInteger", "empty", "1");

    [Test]
    public void Depth_is_limited()
    {
        string Nested(int levels) => levels == 1 ? """{"field":"bText","op":"empty"}""" : $$"""{"not":{{Nested(levels - 1)}}}""";
        Parse(Nested(FilterParser.MaxDepth));
        Refuses(Nested(FilterParser.MaxDepth + 1), "filter.tooDeep", "filter" + string.Concat(Enumerable.Repeat(".not", FilterParser.MaxDepth)));
    }

    [Test]
    public void The_number_of_conditions_is_limited()
    {
        string Many(int count) => $$"""{"or":[{{string.Join(',', Enumerable.Repeat("""{"field":"bText","op":"empty"}""", count))}}]}""";
        Parse(Many(FilterParser.MaxConditions));
        Refuses(Many(FilterParser.MaxConditions + 1), "filter.tooManyConditions", $"filter.or[{FilterParser.MaxConditions}]");
    }

    [Test]
    public void The_number_of_values_is_limited()
    {
        string In(int count) => $$"""{"field":"bInteger","op":"in","value":[{{string.Join(',', Enumerable.Range(0, count))}}]}""";
        string Ins(int count) => $$"""{"or":[{{string.Join(',', Enumerable.Repeat(In(FilterParser.MaxValues), count))}}]}""";
        Parse(In(FilterParser.MaxValues));
        Refuses(In(FilterParser.MaxValues + 1), "filter.tooManyValues", "filter.value");
        Parse(Ins(5));
        Refuses(Ins(6), "filter.tooManyValues", "filter.or[5].value");
    }

    [Test]
    public void Paths_are_limited()
    {
        var ring = new Crm.Shared.Records.Catalogue([new("a", "as", "a", new("a", "a"))
        {
            External = true,
            Fields = [.. Enumerable.Range(0, 20).Select(i => new Crm.Shared.Records.Field($"r{i}", Crm.Shared.Records.FieldType.Reference, new("a", "a")) { References = "a" })],
        }]);
        Problem Error(string json) => Should.Throw<Problem>(() => FilterParser.Parse(json, ring["a"], ring));
        Error("""{"field":"r0.r0.r0.r0.r0.r0","op":"empty"}""").Errors.Single().Code.ShouldBe("filter.pathTooLong");
        var wide = string.Join(',', Enumerable.Range(0, 17).Select(i => $$"""{"field":"r{{i}}.r0","op":"empty"}"""));
        Error($$"""{"and":[{{wide}}]}""").Errors.Single().Code.ShouldBe("filter.tooManyPaths");
    }

    [Test]
    public void Values_become_the_type_of_their_field()
    {
        object Value(string field, string op, string json) => ((Literal)((Condition)Parse($$"""{"field":"{{field}}","op":"{{op}}","value":{{json}}}""")).Values[0]).Value;
        Value("bInteger", "eq", "7").ShouldBe(7L);
        Value("bMoney", "gt", "7").ShouldBe(7m);
        Value("bDate", "eq", "\"2026-02-03\"").ShouldBe(new DateOnly(2026, 2, 3));
        Value("bDateTime", "eq", "\"2026-02-03T08:00:00.1239+08:00\"").ShouldBe(new DateTime(2026, 2, 3, 0, 0, 0, 123, DateTimeKind.Utc));
        Value("bEmail", "eq", "\" A@B.cn \"").ShouldBe("a@b.cn");
        Value("bText", "contains", "\" x\"").ShouldBe(" x");
        Value("customer", "eq", "\"00000000-0000-0000-0000-000000000001\"").ShouldBe(new Guid("00000000-0000-0000-0000-000000000001"));
    }

    [Test]
    public void Every_operator_of_the_table_parses_for_its_type()
    {
        foreach (var field in World.Deal.Fields)
            foreach (var op in FilterOps.ByType[field.Type])
                FilterOps.Find(FilterOps.Name(op)).ShouldBe(op);
        FilterOps.ByType.Keys.ShouldBe(Enum.GetValues<Crm.Shared.Records.FieldType>(), ignoreOrder: true);
    }
}
