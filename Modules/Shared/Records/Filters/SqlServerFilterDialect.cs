using Crm.Shared.Data;

namespace Crm.Shared.Records.Filters;

internal sealed class SqlServerFilterDialect : IFilterDialect
{
    public string JsonText(string column, string key) => $"JSON_VALUE({column}, {JsonPath.Of(key)})";
    // JSON_VALUE gives null for what is longer than 4,000 characters.
    public string JsonLongText(string column, string key) =>
        $"(SELECT e.v FROM OPENJSON({column}) WITH (v NVARCHAR(MAX) {JsonPath.Of(key)}) e)";
    public string JsonNumber(string column, string key) => $"TRY_CONVERT(BIGINT, {JsonText(column, key)})";
    public string JsonArray(string column, string key) => $"JSON_QUERY({column}, {JsonPath.Of(key)})";
    public string JsonId(string column, string key) => $"TRY_CONVERT(BINARY(16), REPLACE({JsonText(column, key)}, '-', ''), 2)";
    // The database's own collation does not regard case.
    public string AnyCase(string text) => text;
    public string Like(string text, string parameter) => $@"{text} LIKE {parameter} ESCAPE '\'";
    public string EscapeLike(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_").Replace("[", @"\[");
    public string ArrayContains(string array, string parameter) => $"EXISTS (SELECT 1 FROM OPENJSON({array}) e WHERE e.value = {parameter})";

    public object ToDb(object value) => value switch
    {
        Guid id => Stored.Id(id),
        decimal number => Stored.Decimal(number),
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        _ => value,
    };
}
