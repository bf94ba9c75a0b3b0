using Crm.Sales.Discounts;
using Crm.Shared.Data;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Sales.Products;

/// <summary>Discount authority is given for the categories that products are in.</summary>
internal sealed class Categories : IFieldOptions
{
    public string RecordType => DiscountAuthorityType.Key;
    public string Field => "category";

    public async Task<IReadOnlyList<Option>> ReadAsync(Session session, CancellationToken ct) =>
        [.. (await session.QueryAsync<string>("SELECT DISTINCT category FROM sales_product WHERE category IS NOT NULL AND deleted_at IS NULL ORDER BY category", null, ct)).Select(c => new Option(c, new(c, c)))];
}

internal sealed class CategoryWatch(Session session, Freshness freshness) : INotificationHandler<RecordChanged>
{
    public Task Handle(RecordChanged notification, CancellationToken cancellationToken) =>
        notification.Change is { Type.Key: ProductType.Key } change && (change.Kind != ChangeKind.Updated || change.Changed("category"))
            ? freshness.RaiseAsync(session, ICatalogueSource.Stamp, cancellationToken) : Task.CompletedTask;
}
