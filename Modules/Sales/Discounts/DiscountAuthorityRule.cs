using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Sales.Discounts;

internal sealed class DiscountAuthorityRule(Session session) : IRecordRule
{
    public string RecordType => DiscountAuthorityType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (change.After.Amount("superior") < change.After.Amount("own")) change.Wrong("superior", "discountAuthority.order");
        var (role, category) = (change.After.Text("role"), change.After.Text("category"));
        var twin = await session.FirstAsync<int?>(
            $"SELECT 1 FROM sales_discount_authority WHERE role = @role AND {(category is null ? "category IS NULL" : "category = @category")} AND deleted_at IS NULL AND id <> @id",
            new { role, category, id = change.After.Id }, ct);
        if (twin is not null) change.Wrong("role", "discountAuthority.twice");
    }
}
