using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Sales.Quotes;

/// <summary>What is decided about when a quote is approved: all that the customer is promised.</summary>
internal static class QuoteContent
{
    private static readonly string[] Fields = ["opportunity", "customer", "currency", "validUntil", "discount", "taxRate", "terms"];
    private static readonly string[] LineFields = ["product", "description", "quantity", "price", "lineDiscount"];

    /// <summary>Equal for equal content, whichever door it came in by.</summary>
    public static string Hash(Record quote)
    {
        var parts = Fields.Select(f => Plain(quote[f])).ToList();
        foreach (var line in quote.Lines()) parts.AddRange(LineFields.Select(f => Plain(line.GetValueOrDefault(f))));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts, Stored.Json))));
    }

    /// <summary>The content as values of a new quote; what is computed is computed anew.</summary>
    public static Dictionary<string, object?> Copy(Record quote)
    {
        var values = Fields.ToDictionary(f => f, f => quote[f]);
        values["lines"] = quote.Lines().Select(l => (IReadOnlyDictionary<string, object?>)LineFields.ToDictionary(f => f, l.GetValueOrDefault)).ToList();
        return values;
    }

    private static string? Plain(object? value) => value switch
    {
        decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
        DateOnly day => Stored.Date(day),
        _ => value?.ToString(),
    };
}
