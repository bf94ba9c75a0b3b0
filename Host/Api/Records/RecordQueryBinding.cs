using System.Globalization;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Host.Api.Records;

/// <summary>Reads the query string of a list.</summary>
internal static class RecordQueryBinding
{
    public static RecordQuery Read(HttpRequest request, RecordType type, Catalogue catalogue) => new(type.Key)
    {
        Filter = Text(request, "filter") is { } filter ? FilterParser.Parse(filter, type, catalogue) : null,
        Search = Text(request, "q"),
        Sort = Text(request, "sort")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        Limit = Number(request, "limit", 50),
        After = Text(request, "after"),
        Deleted = Flag(request, "deleted"),
    };

    /// <summary>Fields asked for, all when null.</summary>
    public static IReadOnlySet<string>? Fields(HttpRequest request, RecordType type)
    {
        if (Text(request, "fields") is not { } text) return null;
        var keys = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        return keys.FirstOrDefault(k => type.Find(k) is null) is { } unknown ? throw Problem.Invalid("fields", "field.unknown", unknown) : keys;
    }

    public static string? Text(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    public static int Number(HttpRequest request, string name, int otherwise) =>
        Text(request, name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Problem.Invalid(name, "query.number");

    public static Guid? Id(HttpRequest request, string name) =>
        Text(request, name) is not { } text ? null : Guid.TryParse(text, out var id) ? id : throw Problem.Invalid(name, "field.type.reference");

    private static bool Flag(HttpRequest request, string name) => Text(request, name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Problem.Invalid(name, "query.boolean"),
    };
}
