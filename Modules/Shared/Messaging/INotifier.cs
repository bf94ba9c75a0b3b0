using Crm.Shared.Records;

namespace Crm.Shared.Messaging;

/// <summary>Something people should know.</summary>
/// <param name="Kind">What it is about, also the key of their preferences: <c>task</c>, <c>approval</c>, <c>record</c>, <c>incident</c>, <c>import</c>...</param>
/// <param name="Title">Plain text, in both languages.</param>
/// <param name="Body">Plain text or null.</param>
/// <param name="Link">Path in the page: <c>/approvals/0198...</c>.</param>
/// <param name="DedupeKey">The same key reaches a person once, however often it is sent.</param>
public sealed record Notice(string Kind, Label Title, Label? Body, string? Link, string DedupeKey);

/// <summary>Told to a rehearsal: these people would have been told.</summary>
public sealed record Notified(IReadOnlyList<Guid> Users, Notice Notice, DateTime At);

/// <summary>Tells people, in the page at once and by mail where they want it and mail is set up. In the caller's transaction: what is rolled back was never said. Scoped.</summary>
public interface INotifier
{
    Task NotifyAsync(IReadOnlyCollection<Guid> users, Notice notice, CancellationToken ct);

    /// <summary>What a person was told of a thing is dealt with and counts as read.</summary>
    /// <param name="about">Notices whose dedupe keys begin with this and a slash.</param>
    Task SettleAsync(Guid user, string about, CancellationToken ct);
}

/// <summary>A mail. Html that users wrote is sanitised here; text is made from it where none is given.</summary>
public sealed record Mail(string To, string Subject, string? Html, string? Text);

/// <summary>Mail leaves through the durable queue: stored in the caller's transaction, sent at least once, always under the same <c>Message-ID</c>. Scoped.</summary>
public interface IMailer
{
    /// <param name="key">Names the mail for good; a second one under the same key is not enqueued.</param>
    /// <returns>False where it was there already.</returns>
    Task<bool> EnqueueAsync(string key, Mail mail, CancellationToken ct);
}
