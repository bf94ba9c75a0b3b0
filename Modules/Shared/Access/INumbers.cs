namespace Crm.Shared.Access;

/// <summary>A module's part of today's numbers (<c>GET me/numbers</c>): key to number for the present actor, in one query. Scoped.</summary>
public interface INumbers
{
    Task<IReadOnlyDictionary<string, decimal>> ReadAsync(CancellationToken ct);
}
