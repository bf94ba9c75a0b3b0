using Crm.Shared.Data;

namespace Crm.Shared.Records.Filters;

internal sealed class SqliteFilterDialect : IFilterDialect
{
    public string JsonText(string column, string key) => $"json_extract({column}, {JsonPath.Of(key)})";
    public string JsonLongText(string column, string key) => JsonText(column, key);
    public string JsonNumber(string column, string key) => JsonText(column, key);
    public string JsonArray(string column, string key) => JsonText(column, key);
    public string JsonId(string column, string key) => $"unhex(replace({JsonText(column, key)}, '-', ''))";
    public string AnyCase(string text) => $"{text} COLLATE NOCASE";
    public string Like(string text, string parameter) => $@"{text} LIKE {parameter} ESCAPE '\'";
    public string EscapeLike(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
    public string ArrayContains(string array, string parameter) => $"EXISTS (SELECT 1 FROM json_each({array}) e WHERE e.value = {parameter})";

    public object ToDb(object value) => value switch
    {
        Guid id => Stored.Id(id),
        decimal number => Stored.Decimal(number),
        bool flag => flag ? 1L : 0L,
        DateTime utc => Stored.Time(utc),
        DateOnly day => Stored.Date(day),
        _ => value,
    };
}
