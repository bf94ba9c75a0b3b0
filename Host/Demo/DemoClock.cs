namespace Crm.Host.Demo;

/// <summary>Lets the demo company live through its past year: everything it does is done at the time it says.</summary>
internal sealed class DemoClock(DateTime startUtc) : TimeProvider
{
    public DateTime Now { get; private set; } = startUtc;

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);

    public void MoveTo(DateTime utc)
    {
        if (utc > Now) Now = utc;
    }
}
