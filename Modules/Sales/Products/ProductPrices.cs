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
    /// <summary>On sale.</summary>
    public bool Active { get; init; }
}

/// <summary>Prices and costs by product, in one read. Of one that was taken away too: what stands in a quote keeps its list price, by which its discount is judged.</summary>
internal sealed class ProductPrices(Session session)
{
    public async Task<IReadOnlyDictionary<Guid, PricedProduct>> ReadAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var found = new Dictionary<Guid, PricedProduct>();
        foreach (var chunk in ids.Distinct().Chunk(200))
            foreach (var product in await session.QueryAsync<PricedProduct>(
                "SELECT id, name, category, price, cost, currency, CASE WHEN deleted_at IS NULL THEN COALESCE(active, 1) ELSE 0 END AS active FROM sales_product WHERE id IN @ids", new { ids = chunk.Select(Stored.Id).ToArray() }, ct))
                found[product.Id] = product;
        return found;
    }
}
