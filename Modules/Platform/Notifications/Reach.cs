using System.Collections.Frozen;
using Crm.Shared.Data;

namespace Crm.Platform.Notifications;

/// <summary>Ways by which one kind of notice reaches somebody.</summary>
internal readonly record struct Ways(bool InPage, bool Mail, bool Push);

/// <summary>How people want to hear of things, and the browsers that listen for them: asked with every notice, changed once in a while.</summary>
internal sealed class Reach(Freshness freshness) : IRefreshable
{
    private volatile Picture current = new(FrozenDictionary<(Guid, string), Ways>.Empty, Enumerable.Empty<Device>().ToLookup(d => d.UserId, d => d.Id));

    public string Stamp => "reach";

    /// <summary>To be said in the transaction that changes it.</summary>
    public Task ChangedAsync(Session session, CancellationToken ct) => freshness.RaiseAsync(session, Stamp, ct);

    public async ValueTask<Picture> ReadAsync(CancellationToken ct)
    {
        await freshness.EnsureAsync(ct);
        return current;
    }

    public async Task LoadAsync(Session session, CancellationToken ct)
    {
        var choices = await session.QueryAsync<Choice>("SELECT user_id, kind, in_page, mail, push FROM platform_preference", null, ct);
        var devices = await session.QueryAsync<Device>("SELECT id, user_id FROM platform_push", null, ct);
        current = new(choices.ToFrozenDictionary(c => (c.UserId, c.Kind), c => new Ways(c.InPage, c.Mail, c.Push)), devices.ToLookup(d => d.UserId, d => d.Id));
    }

    internal sealed record Picture(FrozenDictionary<(Guid User, string Kind), Ways> Choices, ILookup<Guid, Guid> Devices)
    {
        public Ways Of(Guid user, string kind) => Choices.TryGetValue((user, kind), out var own) ? own : new(true, NoticeKinds.MailsByItself(kind), NoticeKinds.PushesByItself(kind));
    }

    private sealed class Choice
    {
        public Guid UserId { get; init; }
        public string Kind { get; init; } = "";
        public bool InPage { get; init; }
        public bool Mail { get; init; }
        public bool Push { get; init; }
    }

    private sealed class Device
    {
        public Guid Id { get; init; }
        public Guid UserId { get; init; }
    }
}
