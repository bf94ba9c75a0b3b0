using Crm.Shared.Access;
using Crm.Shared.Messaging;

namespace Crm.Host.Live;

/// <summary>Who listens, and the company as it was when that was last asked.</summary>
internal sealed record Listener(Actor Actor, DirectoryView People);

/// <summary>Hints on their way to one open page. The same hint waits once, and a burst becomes one hint for each kind and type, so a slow reader costs little.</summary>
internal sealed class LiveConnection(Listener who)
{
    private const int Most = 200;
    private readonly SemaphoreSlim arrived = new(0, 1);
    private readonly Lock gate = new();
    private HashSet<LiveHint> waiting = [];

    public Listener Who { get; set; } = who;

    public void Add(LiveHint hint)
    {
        lock (gate)
        {
            if (waiting.Count >= Most) waiting = [.. waiting.Select(Broad)];
            waiting.Add(waiting.Count >= Most || waiting.Contains(Broad(hint)) ? Broad(hint) : hint);
            if (arrived.CurrentCount == 0) arrived.Release();
        }
    }

    /// <summary>What came since the last time; empty when nothing did for that long.</summary>
    public async Task<IReadOnlyCollection<LiveHint>> TakeAsync(TimeSpan atMost, CancellationToken ct)
    {
        if (!await arrived.WaitAsync(atMost, ct)) return [];
        lock (gate)
        {
            var taken = waiting;
            waiting = [];
            return taken;
        }
    }

    private static LiveHint Broad(LiveHint hint) => hint with { Id = null, Change = "updated" };
}
