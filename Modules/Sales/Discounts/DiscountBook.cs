using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Sales.Discounts;

/// <summary>The administered discount authority as it stands for one person.</summary>
internal sealed class DiscountBook(Session session, IDirectory directory)
{
    /// <returns>Gives the limits for a product category.</returns>
    public async Task<Func<string?, Limits>> ForAsync(Guid? user, CancellationToken ct)
    {
        var roles = (await directory.ReadAsync(ct)).Person(user)?.Roles ?? [];
        var rows = await session.QueryAsync<Row>("SELECT role, category, own, superior FROM sales_discount_authority WHERE deleted_at IS NULL AND role IN @roles", new { roles }, ct);
        var rules = rows.Select(r => new Authority(r.Role, r.Category, r.Own, r.Superior)).ToArray();
        return category => DiscountRules.LimitsOf(rules, roles, category);
    }

    private sealed class Row
    {
        public string Role { get; init; } = "";
        public string? Category { get; init; }
        public decimal Own { get; init; }
        public decimal Superior { get; init; }
    }
}
