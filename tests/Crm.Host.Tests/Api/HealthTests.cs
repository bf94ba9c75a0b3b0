using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class HealthTests
{
    [Test]
    public async Task A_host_that_can_work_says_so_to_everybody()
    {
        using var stranger = Company.Stranger();
        var health = await stranger.GetJson("health");
        health.GetProperty("database").GetString().ShouldBe("ok");
        health.GetProperty("workLateSeconds").GetDouble().ShouldBe(0);
    }
}
