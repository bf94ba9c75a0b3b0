using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Sales.Products;

internal sealed class ProductRule(Session session) : IRecordRule
{
    public string RecordType => ProductType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (change.After.Text("code") is not { } code || !change.Changed("code") && change.Kind != ChangeKind.Restored) return;
        var taken = await session.FirstAsync<string>(
            $"SELECT name FROM sales_product WHERE {session.Dialect.Filters.AnyCase("code")} = @code AND deleted_at IS NULL AND id <> @id", new { code, id = change.After.Id }, ct);
        if (taken is null) return;
        // Restoring shows no form with a field to mark.
        if (change.Kind == ChangeKind.Restored) throw Shared.Problems.Problem.Conflict("product.codeTaken", code, taken);
        change.Wrong("code", "product.codeTaken", code, taken);
    }
}
