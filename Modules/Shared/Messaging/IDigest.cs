using Crm.Shared.Records;

namespace Crm.Shared.Messaging;

/// <summary>A module's part of the mail that tells people their day: what waits for them. Scoped.</summary>
public interface IDigest
{
    /// <param name="endOfDay">When the reader's day ends.</param>
    Task<IReadOnlyList<DigestSection>> ReadAsync(Guid user, DateTime now, DateTime endOfDay, CancellationToken ct);
}

/// <param name="More">How many more there are than are named.</param>
public sealed record DigestSection(Label Title, IReadOnlyList<DigestItem> Items, int More);

/// <param name="Link">Path in the page.</param>
public sealed record DigestItem(Label Title, DateTime? DueAt, string Link);
