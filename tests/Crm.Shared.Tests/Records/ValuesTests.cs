using System.Text.Json;
using Crm.Shared.Records;

namespace Crm.Shared.Tests.Records;

public sealed class ValuesTests
{
    private static Field Of(FieldType type) => new("f", type, new("f", "f")) { Options = type is FieldType.Select or FieldType.MultiSelect ? [new("a", new("a", "a"))] : [] };

    private static (object? Value, string? Error) Read(FieldType type, string json)
    {
        var (value, error) = Values.Read(Of(type), JsonDocument.Parse(json).RootElement, "f");
        return (value, error?.Code);
    }

    [TestCase(FieldType.Text, "\"  a \"", "a")]
    [TestCase(FieldType.Integer, "12", 12L)]
    [TestCase(FieldType.Integer, "\"1,234\"", 1234L)]
    [TestCase(FieldType.Integer, "2.0", 2L)]
    [TestCase(FieldType.Email, "\"A@B.cn\"", "a@b.cn")]
    [TestCase(FieldType.Phone, "\"+86 138-1234-5678\"", "+86 138-1234-5678")]
    [TestCase(FieldType.Boolean, "false", false)]
    [TestCase(FieldType.Select, "\"a\"", "a")]
    [TestCase(FieldType.Json, """{"a": 1}""", """{"a": 1}""")]
    public void What_fits_is_read(FieldType type, string json, object expected) => Read(type, json).ShouldBe((expected, null));

    [TestCase("\"1,234.56\"", "1234.56")]
    [TestCase("0.00005", "0.0001")]
    [TestCase("-3", "-3")]
    public void Amounts_keep_four_decimals(string json, string expected) =>
        Read(FieldType.Money, json).Value.ShouldBe(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [TestCase("\"2026-03-01T09:30:00Z\"", 9)]
    [TestCase("\"2026-03-01T09:30:00+08:00\"", 1)]
    public void Instants_are_kept_in_utc(string json, int hour) => Read(FieldType.DateTime, json).Value.ShouldBe(new DateTime(2026, 3, 1, hour, 30, 0, DateTimeKind.Utc));

    [TestCase(FieldType.Text, "5")]
    [TestCase(FieldType.Text, "[]")]
    [TestCase(FieldType.Integer, "1.5")]
    [TestCase(FieldType.Integer, "1e400")]
    [TestCase(FieldType.Integer, "true")]
    [TestCase(FieldType.Decimal, "\"1,5\"")]
    [TestCase(FieldType.Decimal, "\"12,34.5\"")]
    [TestCase(FieldType.Money, "\"1e3\"")]
    [TestCase(FieldType.Boolean, "1")]
    [TestCase(FieldType.Date, "\"2026-02-30\"")]
    [TestCase(FieldType.Date, "\"2026-02-01 and more\"")]
    [TestCase(FieldType.Date, "\"01/02/2026\"")]
    [TestCase(FieldType.DateTime, "\"2026-02-01\"")]
    [TestCase(FieldType.DateTime, "\"2026-02-01T10:00:00\"")]
    [TestCase(FieldType.DateTime, "\"10\"")]
    [TestCase(FieldType.Reference, "\"somebody\"")]
    [TestCase(FieldType.Reference, "7")]
    [TestCase(FieldType.MultiSelect, "[1]")]
    [TestCase(FieldType.Email, "\"nobody\"")]
    [TestCase(FieldType.Phone, "\"call me\"")]
    [TestCase(FieldType.Url, "\"javascript:alert(1)\"")]
    public void What_does_not_fit_is_refused_by_its_type(FieldType type, string json) =>
        Read(type, json).ShouldBe((null, "field.type." + JsonNamingPolicy.CamelCase.ConvertName(type.ToString())));

    [TestCase(FieldType.Text, "\"   \"")]
    [TestCase(FieldType.Integer, "\"\"")]
    [TestCase(FieldType.Date, "null")]
    public void What_is_blank_is_empty(FieldType type, string json) => Read(type, json).ShouldBe((null, null));
}
