using System.Collections.Frozen;
using System.Text.Json;

namespace Crm.Shared.Records.Filters;

/// <summary>Which comparisons fit which type of field: the one table that parser, page and schema share.</summary>
public static class FilterOps
{
    private static readonly FilterOp[] Text =
        [FilterOp.Eq, FilterOp.Ne, FilterOp.In, FilterOp.NotIn, FilterOp.Contains, FilterOp.StartsWith, FilterOp.Empty, FilterOp.NotEmpty];
    private static readonly FilterOp[] Number =
        [FilterOp.Eq, FilterOp.Ne, FilterOp.Gt, FilterOp.Gte, FilterOp.Lt, FilterOp.Lte, FilterOp.Between, FilterOp.In, FilterOp.NotIn, FilterOp.Empty, FilterOp.NotEmpty];
    private static readonly FilterOp[] Time =
        [FilterOp.Eq, FilterOp.Ne, FilterOp.Gt, FilterOp.Gte, FilterOp.Lt, FilterOp.Lte, FilterOp.Between, FilterOp.Within, FilterOp.Empty, FilterOp.NotEmpty];
    private static readonly FilterOp[] Choice =
        [FilterOp.Eq, FilterOp.Ne, FilterOp.In, FilterOp.NotIn, FilterOp.Empty, FilterOp.NotEmpty];

    private static readonly FrozenDictionary<string, FilterOp> ByName = Enum.GetValues<FilterOp>().ToFrozenDictionary(Name, StringComparer.Ordinal);

    /// <summary>For every field type the operators that fit it, in the order a page offers them.</summary>
    public static IReadOnlyDictionary<FieldType, IReadOnlyList<FilterOp>> ByType { get; } =
        Enum.GetValues<FieldType>().ToFrozenDictionary(type => type, For);

    /// <summary>The name of the operator in JSON: <c>startsWith</c>.</summary>
    public static string Name(FilterOp op) => JsonNamingPolicy.CamelCase.ConvertName(op.ToString());

    public static FilterOp? Find(string name) => ByName.TryGetValue(name, out var op) ? op : null;

    /// <summary>How many values the operator takes: none, one, two, or null for a list.</summary>
    public static int? Arity(FilterOp op) => op switch
    {
        FilterOp.Empty or FilterOp.NotEmpty => 0,
        FilterOp.Between => 2,
        FilterOp.In or FilterOp.NotIn => null,
        _ => 1,
    };

    private static IReadOnlyList<FilterOp> For(FieldType type) => type switch
    {
        FieldType.Text or FieldType.LongText or FieldType.Email or FieldType.Phone or FieldType.Url => Text,
        FieldType.Integer or FieldType.Decimal or FieldType.Money => Number,
        FieldType.Date or FieldType.DateTime => Time,
        FieldType.Select or FieldType.Reference => Choice,
        FieldType.Boolean => [FilterOp.Eq, FilterOp.Ne, FilterOp.Empty, FilterOp.NotEmpty],
        FieldType.MultiSelect => [FilterOp.Contains, FilterOp.Empty, FilterOp.NotEmpty],
        FieldType.Json => [FilterOp.Empty, FilterOp.NotEmpty],
        _ => [],
    };
}
