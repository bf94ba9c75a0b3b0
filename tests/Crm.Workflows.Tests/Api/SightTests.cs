using System.Text.Json;
using Crm.Testing;

namespace Crm.Workflows.Tests.Api;

/// <summary>What people see of the tasks, approvals, runs and incidents of others.</summary>
internal sealed class SightTests
{
    private Firm firm = null!;

    [OneTimeSetUp]
    public async Task Start() => firm = await Firm.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await firm.DisposeAsync();

    [TestCase("tasks?mine=false&state=all")]
    [TestCase("tasks?mine=false&state=open")]
    [TestCase("approvals?mine=false&state=all")]
    [TestCase("runs")]
    [TestCase("runs?state=all")]
    [TestCase("incidents")]
    [TestCase("incidents/open")]
    public async Task Lists_can_be_asked_for_all_there_is(string list) => (await firm.Director.GetJson(list)).GetProperty("items").ValueKind.ShouldBe(JsonValueKind.Array);
}
