using System.Collections.Concurrent;
using Crm.Shared.Access;
using Crm.Shared.Messaging;

namespace Crm.Host.Live;

/// <summary>The open pages of this host. What is told here also travels to other hosts, see <see cref="HintExchange"/>.</summary>
internal sealed class LiveHub(HintExchange exchange) : ILive
{
    private readonly ConcurrentDictionary<LiveConnection, byte> connections = [];

    public LiveConnection Open(Actor actor)
    {
        var connection = new LiveConnection(actor);
        connections.TryAdd(connection, 0);
        return connection;
    }

    public void Close(LiveConnection connection) => connections.TryRemove(connection, out _);

    public void Tell(IReadOnlyCollection<Guid> users, LiveHint hint)
    {
        Deliver(users, hint);
        exchange.Send(users, hint);
    }

    public void TellReaders(LiveHint hint)
    {
        Deliver(null, hint);
        exchange.Send(null, hint);
    }

    /// <param name="users">Null for all who may read records of the hint's type.</param>
    public void Deliver(IReadOnlyCollection<Guid>? users, LiveHint hint)
    {
        foreach (var connection in connections.Keys)
            if (users is null ? connection.Actor.Can($"{hint.Type}.read") : users.Contains(connection.Actor.UserId!.Value)) connection.Add(hint);
    }
}
