using Crm.Host.Live;
using Crm.Shared.Access;
using Crm.Shared.Messaging;

namespace Crm.Host.Tests.Live;

internal sealed class LiveConnectionTests
{
    private readonly LiveConnection connection = new(new Listener(new Actor(), new([], [], [])));

    private static LiveHint Hint(int n) => new("record", "lead", new Guid(n, 0, 0, new byte[8]), "created");

    [Test]
    public async Task The_same_hint_waits_once()
    {
        connection.Add(Hint(1));
        connection.Add(Hint(1));
        (await connection.TakeAsync(TimeSpan.Zero, default)).ShouldBe([Hint(1)]);
        (await connection.TakeAsync(TimeSpan.Zero, default)).ShouldBeEmpty();
    }

    [Test]
    public async Task A_burst_that_nobody_reads_becomes_one_hint_for_the_type()
    {
        for (var i = 0; i < 100_000; i++) connection.Add(Hint(i));
        (await connection.TakeAsync(TimeSpan.Zero, default)).ShouldBe([new LiveHint("record", "lead", null, "updated")]);
    }
}
