namespace Crm.Shared.Records.Filters;

/// <summary>What the SQL of a filter needs from an engine. Columns come qualified, parameters with their @.</summary>
public interface IFilterDialect
{
    /// <summary>A text of a JSON column, at most 4,000 characters.</summary>
    string JsonText(string column, string key);

    /// <summary>A text of a JSON column of any length; dearer.</summary>
    string JsonLongText(string column, string key);

    /// <summary>A whole number of a JSON column: also decimals in ten-thousandths and booleans as 0 and 1.</summary>
    string JsonNumber(string column, string key);

    /// <summary>An array of a JSON column, as JSON text.</summary>
    string JsonArray(string column, string key);

    /// <summary>An id that a JSON column holds as text, in the form id columns have.</summary>
    string JsonId(string column, string key);

    /// <summary>The text so that it compares without regard to ASCII case.</summary>
    string AnyCase(string text);

    /// <summary>Text matches the pattern without regard to ASCII case; the pattern's texts are escaped by <see cref="EscapeLike"/>.</summary>
    string Like(string text, string parameter);

    string EscapeLike(string text);

    /// <summary>A JSON array of texts has the value exactly.</summary>
    string ArrayContains(string array, string parameter);

    /// <summary>A value in the form its column stores.</summary>
    object ToDb(object value);
}

internal static class JsonPath
{
    public static string Of(string key) =>
        key.All(c => char.IsLetterOrDigit(c) || c == '_') ? $"'$.\"{key}\"'" : throw new ArgumentException($"'{key}' is no field key.", nameof(key));
}
