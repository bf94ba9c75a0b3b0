using Crm.Testing;

namespace Crm.Host.Tests.Crash;

public sealed class PatienceTests
{
    [Test]
    public async Task A_host_that_ends_while_it_is_waited_for_is_not_asked_how_far_it_came()
    {
        var asked = 0;
        await HostProcess.UntilAsync(() => Task.FromResult(++asked == 3), "the third question", () => throw new InvalidOperationException("This is asked only of what is late."));
        asked.ShouldBe(3);
    }
}
