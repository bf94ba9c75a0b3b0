using System.Collections.Concurrent;
using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Records;

namespace Crm.Host.Live;

/// <summary>Whom a hint is for.</summary>
/// <param name="Users">Null for all who may read records of the hint's type.</param>
/// <param name="Whose">Of those, who may see one that belongs so; null for all.</param>
internal sealed record Audience(IReadOnlyCollection<Guid>? Users, IReadOnlyList<Belonging>? Whose);

/// <summary>The open pages of this host. What is told here also travels to other hosts, see <see cref="HintExchange"/>.</summary>
internal sealed class LiveHub(HintExchange exchange, ICatalogueSource catalogue) : ILive
{
    private readonly ConcurrentDictionary<LiveConnection, byte> connections = [];

    public LiveConnection Open(Listener who)
    {
        var connection = new LiveConnection(who);
        connections.TryAdd(connection, 0);
        return connection;
    }

    public void Close(LiveConnection connection) => connections.TryRemove(connection, out _);

    public void Tell(IReadOnlyCollection<Guid> users, LiveHint hint) => Tell(new Audience(users, null), hint);

    public void TellReaders(LiveHint hint, IReadOnlyList<Belonging>? whose = null) => Tell(new Audience(null, whose), hint);

    public void Deliver(Audience audience, LiveHint hint)
    {
        var type = audience.Whose is null || hint.Type is null ? null : catalogue.Current.Find(hint.Type);
        foreach (var connection in connections.Keys)
            if (Concerns(connection.Who, audience, hint, type)) connection.Add(hint);
    }

    private void Tell(Audience audience, LiveHint hint)
    {
        Deliver(audience, hint);
        exchange.Send(audience, hint);
    }

    private bool Concerns(Listener who, Audience audience, LiveHint hint, RecordType? type) => audience.Users is { } users
        ? users.Contains(who.Actor.UserId!.Value)
        : who.Actor.Can($"{hint.Type}.read") && (type is null || audience.Whose!.Any(w => ScopeFilter.Holds(type, catalogue.Current, who.Actor, who.People, w)));
}
