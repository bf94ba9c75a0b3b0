using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>Publishes the SOPs that come with the product.</summary>
internal sealed class ShippedPublishing(SopBook book) : IShippedSops
{
    public IReadOnlyList<string> Keys => ShippedSops.Together;

    public async Task PublishAsync(IEnumerable<string> keys, CancellationToken ct)
    {
        foreach (var key in keys)
        {
            if (await book.FindAsync(key, ct) is not null) continue;
            await book.PutAsync(key, ShippedSops.Read(key), null, ct);
            await book.PublishAsync(key, null, ct);
        }
    }
}
