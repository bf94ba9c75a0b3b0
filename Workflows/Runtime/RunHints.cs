using Crm.Shared.Messaging;

namespace Crm.Workflows.Runtime;

/// <summary>Tells open pages of those who may see runs that one went on. In a rush one hint a second says so for all: the page asks again anyway.</summary>
internal sealed class RunHints(ILive live, TimeProvider time) : IDisposable
{
    private const int EachSecond = 20;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private long began = long.MinValue;
    private int told;
    private ITimer? later;

    public void Tell(Guid run)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (began == long.MinValue || time.GetElapsedTime(began, now) >= Second) (began, told) = (now, 0);
            if (++told > EachSecond)
            {
                later ??= time.CreateTimer(_ => TellAll(), null, Second, Timeout.InfiniteTimeSpan);
                return;
            }
        }
        live.TellReaders(new("run", "run", run, "updated"));
    }

    private void TellAll()
    {
        lock (gate)
        {
            later?.Dispose();
            later = null;
        }
        live.TellReaders(new("run", "run", null, "updated"));
    }

    public void Dispose() => later?.Dispose();
}
