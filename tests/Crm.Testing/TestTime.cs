namespace Crm.Testing;

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class TestTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>A Monday, nine in the morning in Shanghai.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Goes on as it does in truth, and by what the clock was moved.</summary>
    public override long GetTimestamp() => base.GetTimestamp() + (long)((Interlocked.Read(ref ticks) - start.UtcTicks) * (double)TimestampFrequency / TimeSpan.TicksPerSecond);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public void Set(DateTimeOffset to) => Interlocked.Exchange(ref ticks, to.UtcTicks);
}
