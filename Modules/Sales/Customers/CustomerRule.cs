using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Sales.Customers;

/// <summary>No customer stands above itself, over however many levels.</summary>
internal sealed class CustomerRule(Session session) : IRecordRule
{
    private const int Deepest = 20;

    public string RecordType => CustomerType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (!change.Changed("parent")) return;
        var parent = change.After.Reference("parent");
        for (var depth = 0; parent is { } id; depth++)
        {
            if (id == change.After.Id || depth == Deepest)
            {
                change.Wrong("parent", "customer.circle");
                return;
            }
            parent = await session.FirstAsync<Guid?>("SELECT parent_id FROM sales_customer WHERE id = @id", new { id }, ct);
        }
    }
}
