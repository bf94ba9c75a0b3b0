namespace Crm.Shared.Time;

/// <summary>The host's clock. Inside a rehearsal it shows the rehearsal's time, to whoever acts there and to nobody else.</summary>
public sealed class HostClock(TimeProvider real) : TimeProvider
{
    private readonly AsyncLocal<RehearsedTime?> rehearsed = new();

    public override DateTimeOffset GetUtcNow() => rehearsed.Value is { } time ? new(time.Now, TimeSpan.Zero) : real.GetUtcNow();

    // What measures how long something takes goes on as it does in truth.
    public override long GetTimestamp() => real.GetTimestamp();
    public override long TimestampFrequency => real.TimestampFrequency;
    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);

    /// <summary>For the rest of the calling method and all that it awaits.</summary>
    internal RehearsedTime Rehearse(DateTime startUtc) => rehearsed.Value = new(startUtc);
}

/// <summary>A time that stands still until it is moved on.</summary>
internal sealed class RehearsedTime(DateTime startUtc)
{
    public DateTime Now { get; set; } = DateTime.SpecifyKind(startUtc, DateTimeKind.Utc);
}
