namespace Crm.Workflows.Contracts;

/// <summary>The SOPs that come with the product, for set-up and the demo company. Scoped.</summary>
public interface IShippedSops
{
    /// <summary>Those that work together, without ones that would do the same twice.</summary>
    IReadOnlyList<string> Keys { get; }

    /// <summary>Makes and publishes those that are not there yet, as the present actor. Refuses as publishing does.</summary>
    Task PublishAsync(IEnumerable<string> keys, CancellationToken ct);
}
