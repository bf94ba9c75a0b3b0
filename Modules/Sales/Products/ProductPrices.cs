using Crm.Shared.Data;

namespace Crm.Sales.Products;

/// <summary>A product as pricing needs it.</summary>
internal sealed class PricedProduct
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string? Category { get; init; }
    public decimal? Price { get; init; }
    public decimal? Cost { get; init; }
    public string? Currency { get; init; }
    public bool Active { get; init; }
}

/// <summary>Prices and costs by product, in one read.</summary>
internal sealed class ProductPrices(Session session)
{
    public async Task<IReadOnlyDictionary<Guid, PricedProduct>> ReadAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var found = new Dictionary<Guid, PricedProduct>();
        foreach (var chunk in ids.Distinct().Chunk(200))
            foreach (var product in await session.QueryAsync<PricedProduct>(
                "SELECT id, name, category, price, cost, currency, COALESCE(active, 1) AS active FROM sales_product WHERE deleted_at IS NULL AND id IN @ids", new { ids = chunk.Select(Stored.Id).ToArray() }, ct))
                found[product.Id] = product;
        return found;
    }
}
