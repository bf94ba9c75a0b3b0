using Crm.Platform.Imports.Csv;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Platform.Tests.Imports;

public sealed class CellConverterTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly Option[] Sources = [new("web", new("网站", "Website")), new("fair", new("展会", "Trade fair"))];

    private static (object? Value, FieldError? Error) Convert(FieldType type, string cell, DateFormat? format = null, Dictionary<string, string>? options = null) =>
        CellConverter.Convert(new(new("f", type, new("字段", "Field")) { Options = Sources }, format, options ?? [], Shanghai), cell);

    private static object? Value(FieldType type, string cell, DateFormat? format = null)
    {
        var (value, error) = Convert(type, cell, format);
        error.ShouldBeNull(cell);
        return value;
    }

    private static void Refuses(FieldType type, string cell, string code, DateFormat? format = null)
    {
        var (value, error) = Convert(type, cell, format);
        value.ShouldBeNull(cell);
        error!.Code.ShouldBe(code, cell);
        error.Field.ShouldBe("f");
        var texts = new Texts([typeof(CellConverter).Assembly]);
        texts.Get("zh", code, error.Args).ShouldNotBe(code);
        texts.Get("en", code, error.Args).ShouldNotBe(code);
    }

    [TestCase("1234.5", 1234.5), TestCase("1,234.50", 1234.5), TestCase("1,234", 1234), TestCase("12,345,678", 12345678), TestCase("1.234,50", 1234.5), TestCase("1234,5", 1234.5)]
    [TestCase("1 234 567", 1234567), TestCase("1'234.5", 1234.5), TestCase("¥1,200", 1200), TestCase("￥１，２００．５", 1200.5), TestCase("$ 99.90", 99.9), TestCase("99 €", 99)]
    [TestCase("CNY 5", 5), TestCase("300元", 300), TestCase("12.5万", 125000), TestCase("1.2亿元", 120000000), TestCase("-5", -5), TestCase("-¥5", -5), TestCase("¥-5", -5), TestCase("(1,000)", -1000)]
    [TestCase("1.5E+3", 1500), TestCase("+7", 7), TestCase(".5", 0.5), TestCase("0.333333", 0.3333)]
    public void Numbers_are_read_as_people_write_them(string cell, double value) => Value(FieldType.Money, cell).ShouldBe((decimal)value);

    [TestCase("abc"), TestCase("1,2,3"), TestCase("(5"), TestCase("12 34"), TestCase("1-2"), TestCase("99999999999999999999999999999999")]
    public void What_is_no_number_is_refused(string cell) => Refuses(FieldType.Money, cell, "import.badNumber");

    [Test]
    public void Whole_numbers_have_no_fraction()
    {
        Value(FieldType.Integer, "1,200.00").ShouldBe(1200L);
        Refuses(FieldType.Integer, "1.5", "import.notWhole");
    }

    [TestCase("是", true), TestCase("否", false), TestCase("YES", true), TestCase("no", false), TestCase("1", true), TestCase("0", false), TestCase("True", true), TestCase("有", true)]
    public void Yes_and_no_are_known_in_both_languages(string cell, bool value) => Value(FieldType.Boolean, cell).ShouldBe(value);

    [Test] public void What_is_neither_yes_nor_no_is_refused() => Refuses(FieldType.Boolean, "maybe", "import.badBoolean");

    [TestCase("2026-01-02", null), TestCase("2026/1/2", null), TestCase("20260102", null), TestCase("2026年1月2日", null), TestCase("2026.01.02", "DayFirst"), TestCase("02-01-2026", "DayFirst")]
    [TestCase("2/1/26", "DayFirst"), TestCase("1/2/2026", "MonthFirst"), TestCase("1/2/2026 3:04 PM", "MonthFirst"), TestCase("2026-01-02T08:09:10.5Z", null)]
    public void Dates_are_read_in_the_columns_format(string cell, string? format) =>
        Value(FieldType.Date, cell, format is null ? null : Enum.Parse<DateFormat>(format)).ShouldBe(new DateOnly(2026, 1, 2));

    [Test]
    public void A_date_that_can_be_understood_in_one_way_needs_no_format()
    {
        Value(FieldType.Date, "20/10/2017").ShouldBe(new DateOnly(2017, 10, 20));
        Value(FieldType.Date, "03/03/2017").ShouldBe(new DateOnly(2017, 3, 3));
        Refuses(FieldType.Date, "03/04/2017", "import.ambiguousDate");
    }

    [TestCase("2026-02-30", null), TestCase("10/20/2016", "DayFirst"), TestCase("soon", null), TestCase("2026-01-02 25:00", null), TestCase("2026-1", null), TestCase("1/2-2026", "DayFirst")]
    public void What_is_no_date_in_the_format_is_refused(string cell, string? format) =>
        Refuses(FieldType.Date, cell, "import.badDate", format is null ? null : Enum.Parse<DateFormat>(format));

    [TestCase("2026-01-02 08:00:01", "2026-01-02T00:00:01Z"), TestCase("2026-01-02", "2026-01-01T16:00:00Z"), TestCase("2026-01-02T08:00:00Z", "2026-01-02T08:00:00Z")]
    [TestCase("2026-01-02T08:00:00.1239+01:00", "2026-01-02T07:00:00.123Z"), TestCase("2026年1月2日 下午3时05分", "2026-01-02T07:05:00Z"), TestCase("2026-01-02 12:30 AM", "2026-01-01T16:30:00Z")]
    public void Times_without_offset_are_local(string cell, string utc) =>
        Value(FieldType.DateTime, cell).ShouldBe(DateTime.Parse(utc, null, System.Globalization.DateTimeStyles.AdjustToUniversal));

    [TestCase("web"), TestCase("WEB"), TestCase("网站"), TestCase(" website ")]
    public void Options_are_known_by_key_and_labels(string cell) => Value(FieldType.Select, cell).ShouldBe("web");

    [Test]
    public void Options_are_known_by_the_texts_of_the_mapping()
    {
        Convert(FieldType.Select, "organic_search", options: new() { ["organic_search"] = "web" }).Value.ShouldBe("web");
        Refuses(FieldType.Select, "organic_search", "import.badOption");
        Value(FieldType.MultiSelect, "网站、Trade fair；web").ShouldBe(new[] { "web", "fair" });
        Refuses(FieldType.MultiSelect, "网站,报纸", "import.badOption");
    }

    [Test]
    public void Other_cells_are_tidied()
    {
        Value(FieldType.Text, "  张三 ").ShouldBe("张三");
        Value(FieldType.Email, " Zhang@Example.CN").ShouldBe("zhang@example.cn");
        Value(FieldType.Phone, "（０１０）8888.1234").ShouldBe("010 8888-1234");
        Value(FieldType.Phone, "'13800000000").ShouldBe("13800000000");
        Value(FieldType.Url, "example.cn").ShouldBe("https://example.cn");
        Value(FieldType.Reference, "李四").ShouldBe("李四");
        Value(FieldType.Json, "{\"a\":1}").ShouldBe("{\"a\":1}");
        Refuses(FieldType.Json, "{", "import.badJson");
        Refuses(FieldType.Lines, "x", "import.notImportable");
    }

    [Test]
    public void An_empty_cell_is_no_value()
    {
        foreach (var type in Enum.GetValues<FieldType>()) Convert(type, "  ").ShouldBe((null, null));
        foreach (var word in new[] { "NULL", "n/a", "-" }) Value(FieldType.Money, word).ShouldBeNull();
        Value(FieldType.Text, "-").ShouldBe("-");
    }
}
