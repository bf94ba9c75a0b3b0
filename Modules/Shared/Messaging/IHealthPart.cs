namespace Crm.Shared.Messaging;

/// <summary>One figure of <c>GET health</c>, such as the number of open incidents. One cheap query; nothing secret. Scoped.</summary>
public interface IHealthPart
{
    /// <summary>Name in the answer.</summary>
    string Name { get; }
    Task<object?> ReadAsync(CancellationToken ct);
}
