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
        var total = sum is null ? "0" : $"SUM(COALESCE({sql.Value([type.Find(sum)!])}, 0))";
        var rows = await session.QueryAsync<GroupRow>($"SELECT {key} AS name, COUNT(*) AS n, {total} AS total {from} {sql.Joins} WHERE {where} GROUP BY {key}", args, ct);
        return [.. rows.Select(r => new RecordGroup(r.Name, r.N, Stored.Decimal(r.Total)))];
    }

    private sealed class GroupRow
    {
        public string? Name { get; init; }
        public long N { get; init; }
        public long Total { get; init; }
    }
}
