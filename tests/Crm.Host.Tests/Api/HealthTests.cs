using Crm.Shared.Data;
using Crm.Shared.Work;
using Microsoft.Extensions.DependencyInjection;
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

    [Test]
    public async Task It_says_how_late_the_oldest_due_work_of_each_lane_is()
    {
        await using var crm = await Crm.Testing.TestCrm.StartAsync();
        await crm.RunAsync(s => s.GetRequiredService<Session>().InTransactionAsync(async () =>
        {
            var work = s.GetRequiredService<WorkQueue>();
            await work.EnqueueAsync("workflows.turn", null, new { }, Lane.Normal, crm.Time.GetUtcNow().UtcDateTime, default);
            await work.EnqueueAsync("workflows.turn", null, new { }, Lane.Bulk, crm.Time.GetUtcNow().UtcDateTime.AddHours(2), default);
        }, default));
        crm.Time.Advance(TimeSpan.FromSeconds(90));
        var health = await crm.Admin.GetJson("health");
        health.GetProperty("workLateSeconds").GetDouble().ShouldBe(90);
        health.GetProperty("runs").GetProperty("lateSeconds").GetDouble().ShouldBe(90);
        (health.GetProperty("lanes").GetProperty("normal").GetDouble(), health.GetProperty("lanes").GetProperty("bulk").GetDouble()).ShouldBe((90, 0));
        crm.Time.Advance(TimeSpan.FromMinutes(5));
        (await crm.Admin.SendAsync(HttpMethod.Get, "health")).Status.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
    }
}
