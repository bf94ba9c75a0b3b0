using System.Text;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Shared.Records.Filters;

/// <summary>Reads the JSON form of a filter against a record type. Refusals are <see cref="Problem.Invalid(string, string, object?[])"/>
/// whose field is the place in the JSON: <c>filter.and[1].value</c>.</summary>
public sealed class FilterParser
{
    public const int MaxDepth = 12;
    public const int MaxConditions = 200;
    /// <summary>Values of one <c>in</c>.</summary>
    public const int MaxValues = 200;
    /// <summary>Values of the whole filter: SQL Server takes 2,100 parameters in a statement.</summary>
    public const int MaxAllValues = 1000;
    /// <summary>References followed by one path, and distinct references followed by the whole filter: each costs a join.</summary>
    public const int MaxPath = 4;
    public const int MaxJoins = 16;

    private readonly RecordType type;
    private readonly Catalogue catalogue;
    private readonly HashSet<string> joins = [];
    private int conditions;
    private int values;

    private FilterParser(RecordType type, Catalogue catalogue) => (this.type, this.catalogue) = (type, catalogue);

    /// <param name="root">How errors call the filter itself; they append the place inside it.</param>
    public static Filter Parse(string json, RecordType type, Catalogue catalogue, string root = "filter")
    {
        if (SoundText.BrokenAt(Encoding.UTF8.GetBytes(json)) is { } place) throw Problem.Invalid(place.Length == 0 ? root : $"{root}.{place}", "field.characters");
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement, type, catalogue, root);
        }
        catch (JsonException)
        {
            throw Problem.Invalid(root, "filter.json");
        }
    }

    /// <inheritdoc cref="Parse(string, RecordType, Catalogue, string)"/>
    public static Filter Parse(JsonElement json, RecordType type, Catalogue catalogue, string root = "filter") =>
        new FilterParser(type, catalogue).Any(json, root, 1);

    private Filter Any(JsonElement json, string at, int depth)
    {
        if (depth > MaxDepth) throw Problem.Invalid(at, "filter.tooDeep", MaxDepth);
        if (json.ValueKind != JsonValueKind.Object) throw Problem.Invalid(at, "filter.shape");
        var members = json.EnumerateObject().ToArray();
        return members switch
        {
            [{ Name: "and", Value.ValueKind: JsonValueKind.Array } and] => new And(Parts(and.Value, $"{at}.and", depth)),
            [{ Name: "or", Value.ValueKind: JsonValueKind.Array } or] => new Or(Parts(or.Value, $"{at}.or", depth)),
            [{ Name: "not" } not] => new Not(Any(not.Value, $"{at}.not", depth + 1)),
            _ => One(members, at),
        };
    }

    private List<Filter> Parts(JsonElement array, string at, int depth) =>
        [.. array.EnumerateArray().Select((part, i) => Any(part, $"{at}[{i}]", depth + 1))];

    private Condition One(JsonProperty[] members, string at)
    {
        var named = members.DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => m.Value);
        if (named.Count != members.Length || named.Keys.Any(k => k is not ("field" or "op" or "value"))
            || named.GetValueOrDefault("field") is not { ValueKind: JsonValueKind.String } field
            || named.GetValueOrDefault("op") is not { ValueKind: JsonValueKind.String } opName)
            throw Problem.Invalid(at, "filter.shape");
        if (++conditions > MaxConditions) throw Problem.Invalid(at, "filter.tooManyConditions", MaxConditions);

        var path = field.GetString()!;
        var fields = catalogue.Path(type, path) ?? throw Problem.Invalid($"{at}.field", "filter.unknownField", path);
        CountJoins(path, $"{at}.field");
        var op = FilterOps.Find(opName.GetString()!) ?? throw Problem.Invalid($"{at}.op", "filter.unknownOp", opName.GetString());
        if (!FilterOps.ByType[fields[^1].Type].Contains(op))
            throw Problem.Invalid($"{at}.op", "filter.opNotForType", FilterOps.Name(op), path, FilterValueParser.TypeName(fields[^1]));
        return new(path, fields, op, Values(new(fields[^1], op, path), named.GetValueOrDefault("value"), $"{at}.value"));
    }

    private void CountJoins(string path, string at)
    {
        var parts = path.Split('.');
        if (parts.Length - 1 > MaxPath) throw Problem.Invalid(at, "filter.pathTooLong", path, MaxPath);
        for (var i = 1; i < parts.Length; i++) joins.Add(string.Join('.', parts[..i]));
        if (joins.Count > MaxJoins) throw Problem.Invalid(at, "filter.tooManyPaths", MaxJoins);
    }

    private List<FilterValue> Values(FilterValueParser parser, JsonElement json, string at)
    {
        var arity = FilterOps.Arity(parser.Op);
        if (arity == 0)
            return json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? [] : throw parser.Bad(at);
        // Left to be filled in: said in the words of whoever forgot it.
        if (json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || json.ValueKind == JsonValueKind.String && json.GetString() == "")
            throw Problem.Invalid(at, "filter.noValue", parser.Name);
        if (arity == 1) return Counted([parser.Parse(json, at)], at);
        if (json.ValueKind != JsonValueKind.Array || arity is { } n && json.GetArrayLength() != n) throw parser.Bad(at);
        if (json.GetArrayLength() > MaxValues) throw Problem.Invalid(at, "filter.tooManyValues", MaxValues);
        return Counted([.. json.EnumerateArray().Select((value, i) => parser.Parse(value, $"{at}[{i}]"))], at);
    }

    private List<FilterValue> Counted(List<FilterValue> parsed, string at) =>
        (values += parsed.Count) <= MaxAllValues ? parsed : throw Problem.Invalid(at, "filter.tooManyValues", MaxAllValues);
}
