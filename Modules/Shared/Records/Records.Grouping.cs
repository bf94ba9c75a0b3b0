using Crm.Shared.Data;
using Crm.Shared.Records.Filters;

namespace Crm.Shared.Records;

internal sealed partial class Records
{
    public async Task<IReadOnlyList<RecordGroup>> GroupAsync(RecordQuery query, string by, string? sum, CancellationToken ct)
    {
        var (from, where, sql, args) = await CompileAsync(query, ct);
        var type = Catalogue[query.Type];
        var key = sql.Value([type.Find(by)!]);
        // Added up as floating numbers: exact up to nine hundred thousand millions, and never too large for the engine as whole numbers can be.
        var total = sum is null ? "CAST(0 AS FLOAT)" : $"SUM(CAST(COALESCE({sql.Value([type.Find(sum)!])}, 0) AS FLOAT))";
        var rows = await session.QueryAsync<GroupRow>($"SELECT {key} AS name, COUNT(*) AS n, {total} AS total {from} {sql.Joins} WHERE {where} GROUP BY {key}", args, ct);
        return [.. rows.Select(r => new RecordGroup(r.Name, r.N, r.Whole))];
    }

    private sealed class GroupRow
    {
        public string? Name { get; init; }
        public long N { get; init; }
        public double Total { get; init; }
        public decimal Whole => Math.Abs(Total) < long.MaxValue ? Stored.Decimal((long)Total) : (decimal)Total / Stored.Decimal(1m);
    }
}
