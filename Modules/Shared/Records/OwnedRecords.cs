using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>Keeps the unit of records in step with their owner's.</summary>
public sealed class OwnedRecords(Session session, ICatalogueSource source)
{
    /// <summary>The owner has moved to another unit: all he owns goes with him, one update per table. Nobody's edit is disturbed, since the unit is never edited; so versions stay.</summary>
    public async Task MoveAsync(Guid owner, Guid? unit, CancellationToken ct)
    {
        foreach (var table in source.Current.Types.Where(t => t is { Owned: true, IsLine: false, External: false }).Select(t => t.Table).Distinct())
            await session.ExecuteAsync($"UPDATE {table} SET unit_id = @unit WHERE owner_id = @owner", new { owner, unit }, ct);
    }
}
