using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;
using Crm.Workflows.People.Approvals;

namespace Crm.Workflows.Tests.Api;

/// <summary>Every act of the approval vocabulary through the API, by those who may and refused to those who may not.</summary>
internal sealed class ApprovalActApiTests
{
    private Firm firm = null!;
    private Editions editions = null!;
    private TestClient helper = null!;
    private string approval = "";
    private readonly HashSet<string> done = [];

    [SetUp]
    public async Task Open()
    {
        firm = await Firm.StartAsync();
        editions = new Editions(firm);
        (_, helper) = await firm.Crm.PersonAsync("赵副手", firm.Crm.RootUnit, BuiltInRole.SalesManager);
        await editions.PublishAsync(new
        {
            id = "ask",
            kind = "approval",
            inputs = new
            {
                title = "批",
                fields = new[] { "name" },
                stages = new object[]
                {
                    new { key = "boss", approvers = new { by = "superior" } },
                    new { key = "director", approvers = new { by = "role", role = "salesDirector" } },
                },
            },
        });
        await editions.StartAsync();
        approval = (await firm.OnlyAsync(firm.Lead, "approvals?mine=true&state=open")).GetProperty("id").GetString()!;
    }

    [TearDown]
    public ValueTask Close() => firm.DisposeAsync();

    private async Task<JsonElement> DoAsync(TestClient by, string act, object? body = null)
    {
        var came = await by.PostJson($"approvals/{approval}/{act}", body ?? new { });
        await firm.Crm.RunDueAsync();
        done.Add(act);
        return came;
    }

    private async Task RefusedAsync(TestClient by, string act, int status, string code, object? body = null) =>
        (await by.SendAsync(HttpMethod.Post, $"approvals/{approval}/{act}", body ?? new { })).Is(status, code);

    private async Task<string[]> OpenAsync() =>
        [.. (await firm.Ops.GetJson($"approvals/{approval}")).GetProperty("stages").EnumerateArray().SelectMany(s => s.GetProperty("seats").EnumerateArray())
            .Where(s => s.GetProperty("state").GetString() == "open").Select(s => s.GetProperty("approver").GetProperty("name").GetString()!)];

    private async Task<string?> StateAsync() => (await firm.Ops.GetJson($"approvals/{approval}")).GetProperty("state").GetString();

    [Test]
    public async Task Each_act_does_what_its_name_says_and_stands_in_the_history()
    {
        await DoAsync(firm.Rep, "urge");
        await RefusedAsync(firm.Lead, "urge", 403, "approval.onlyInitiator");
        await DoAsync(firm.Lead, "comment", new { comment = "我看看" });
        await DoAsync(firm.Lead, "copy", new { users = new[] { firm.Ops.UserId } });
        (await firm.Ops.GetJson("notifications")).GetProperty("items").EnumerateArray().ShouldNotBeEmpty();

        await DoAsync(firm.Lead, "delegate", new { to = helper.UserId });
        (await OpenAsync()).ShouldBe(["赵副手"]);
        await RefusedAsync(helper, "return", 409, "approval.opinionOnly", new { comment = "x" });
        await DoAsync(helper, "approve", new { comment = "可以" });
        (await OpenAsync()).ShouldBe(["陈经理"], "an opinion decides nothing");

        var added = await DoAsync(firm.Lead, "addSigner", new { to = helper.UserId, before = true });
        (await OpenAsync()).ShouldBe(["赵副手"]);
        await RefusedAsync(firm.Lead, "approve", 409, "approval.notYetYourTurn");
        var seat = added.GetProperty("stages")[0].GetProperty("seats").EnumerateArray().Single(s => s.GetProperty("state").GetString() == "open").GetProperty("id").GetInt32();
        await RefusedAsync(helper, "removeSigner", 409, "approval.notAddedByYou", new { seat });
        await DoAsync(firm.Lead, "removeSigner", new { seat });
        (await OpenAsync()).ShouldBe(["陈经理"]);

        await RefusedAsync(firm.Lead, "transfer", 403, "approval.selfApproval", new { to = firm.Rep.UserId });
        await DoAsync(firm.Lead, "transfer", new { to = helper.UserId });
        (await OpenAsync()).ShouldBe(["赵副手"]);
        await DoAsync(helper, "approve");
        (await OpenAsync()).ShouldBe(["林总监"]);
        await DoAsync(helper, "takeBack");
        (await OpenAsync()).ShouldBe(["赵副手"]);
        await DoAsync(helper, "approve");

        await RefusedAsync(firm.Director, "return", 400, "invalid");
        await DoAsync(firm.Director, "return", new { stage = "previous", comment = "再看看" });
        (await OpenAsync()).ShouldBe(["陈经理"], "the stage seats its approvers anew");
        await DoAsync(firm.Lead, "return", new { stage = "initiator", comment = "改名" });
        (await StateAsync()).ShouldBe("withInitiator");
        await DoAsync(firm.Rep, "resubmit", new { comment = "改了" });
        await DoAsync(firm.Lead, "approve");
        await DoAsync(firm.Director, "reject", new { comment = "不行" });
        (await StateAsync()).ShouldBe("rejected");
        await RefusedAsync(firm.Rep, "withdraw", 409, "approval.closed");

        done.ShouldBe(ApprovalActs.All.Except(["withdraw"]), ignoreOrder: true);
        (await firm.Ops.GetJson($"approvals/{approval}")).GetProperty("history").EnumerateArray().Select(h => h.GetProperty("act").GetString())
            .ShouldBe(["urge", "comment", "copy", "delegate", "approve", "addBefore", "removeSigner", "transfer", "approve", "takeBack", "approve", "return", "return", "resubmit", "approve", "reject"]);
    }

    [Test]
    public async Task The_initiator_withdraws_and_nobody_else()
    {
        await RefusedAsync(firm.Lead, "withdraw", 403, "approval.onlyInitiator");
        await DoAsync(firm.Rep, "withdraw", new { comment = "算了" });
        (await StateAsync()).ShouldBe("withdrawn");
    }

    [Test]
    public async Task A_signer_added_after_decides_too()
    {
        await DoAsync(firm.Lead, "addSigner", new { to = helper.UserId, before = false });
        await DoAsync(firm.Lead, "approve");
        (await OpenAsync()).ShouldBe(["赵副手"]);
        await DoAsync(helper, "approve");
        (await OpenAsync()).ShouldBe(["林总监"]);
    }
}
