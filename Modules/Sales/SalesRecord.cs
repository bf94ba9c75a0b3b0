using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Sales;

/// <summary>Small readings that several features of sales share.</summary>
internal static class SalesRecord
{
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Lines(this Record record) =>
        record.Get<IReadOnlyList<IReadOnlyDictionary<string, object?>>>("lines") ?? [];

    public static decimal Number(this IReadOnlyDictionary<string, object?> line, string key) => line.GetValueOrDefault(key) as decimal? ?? 0m;

    public static Guid? Product(this IReadOnlyDictionary<string, object?> line) => line.GetValueOrDefault("product") as Guid?;

    /// <summary>Field equals value.</summary>
    public static Condition Is(this RecordType type, string field, object value) => new(field, [type.Find(field)!], FilterOp.Eq, [new Literal(value)]);
}
