namespace Crm.Shared.Data;

/// <summary>Numbers that grow when something kept in memory changes in the database. A host compares one row with what it holds and reloads when they differ, so it never acts on what another host has just replaced.</summary>
public static class Stamps
{
    /// <summary>Where they stand.</summary>
    public const string Table = "shared_stamp";

    public static async Task<long> ReadStampAsync(this Session session, string name, CancellationToken ct) =>
        await session.FirstAsync<long?>("SELECT value FROM shared_stamp WHERE name = @name", new { name }, ct) ?? 0;

    public static async Task RaiseStampAsync(this Session session, string name, CancellationToken ct)
    {
        const string raise = "UPDATE shared_stamp SET value = value + 1 WHERE name = @name";
        if (await session.ExecuteAsync(raise, new { name }, ct) > 0) return;
        try
        {
            await session.ExecuteAsync("INSERT INTO shared_stamp (name, value) VALUES (@name, 1)", new { name }, ct);
        }
        catch (Exception e) when (session.Dialect.IsDuplicate(e))
        {
            await session.ExecuteAsync(raise, new { name }, ct);
        }
    }
}
