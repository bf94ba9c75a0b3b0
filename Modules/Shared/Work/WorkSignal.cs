namespace Crm.Shared.Work;

/// <summary>Wakes this host's workers; a hint only, polling finds what a lost hint left.</summary>
public sealed class WorkSignal
{
    private readonly SemaphoreSlim inside = new(0);
    private readonly SemaphoreSlim outside = new(0);

    public void Wake(Lane lane)
    {
        var signal = Of(lane);
        if (signal.CurrentCount == 0) signal.Release();
    }

    internal Task<bool> WaitAsync(Lane lane, TimeSpan atMost, CancellationToken ct) => Of(lane).WaitAsync(atMost, ct);

    private SemaphoreSlim Of(Lane lane) => lane == Lane.Outside ? outside : inside;
}
