using Crm.Shared.Access;
using Crm.Testing;

namespace Crm.Workflows.Tests.Api;

/// <summary>What people see of the tasks, approvals, runs and incidents of others.</summary>
internal sealed class SightTests
{
    private const string Definition = """
        {"key":"sight","name":{"zh":"x","en":"x"},"record":"lead","triggers":[{"kind":"created"}],
         "steps":[{"id":"both","kind":"parallel","paths":[
            {"id":"first","steps":[{"id":"call","kind":"task","inputs":{"title":"x","script":"{{phone}}","assignee":{"by":"owner"}}}]},
            {"id":"second","steps":[{"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"superior"}}]}}]},
            {"id":"third","steps":[{"id":"nobody","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"role","role":"serviceAgent"}}]}}]}]}]}
        """;

    private Firm firm = null!;
    private TestClient north = null!, northLead = null!;
    /// <summary>Of the north; the east sees none of it.</summary>
    private Guid lead, task, approval, run;

    [OneTimeSetUp]
    public async Task Start()
    {
        firm = await Firm.StartAsync();
        var unit = await firm.Crm.UnitAsync("华北", firm.Crm.RootUnit);
        (_, northLead) = await firm.Crm.PersonAsync("钱经理", unit, BuiltInRole.SalesManager);
        await firm.Crm.Admin.PatchJson($"units/{unit}", new { manager = northLead.UserId });
        (_, north) = await firm.Crm.PersonAsync("孙销售", unit, BuiltInRole.Rep);
        await firm.Ops.PutJson("sops/sight", Definition);
        await firm.Ops.PostJson("sops/sight/publish");
        lead = await NewLeadAsync(north, "北方公司");
        await firm.Crm.RunDueAsync();
        (task, approval, run) = (await IdAsync($"tasks?record={lead}"), await IdAsync($"approvals?record={lead}", 1), await IdAsync($"runs?record={lead}"));
    }

    [OneTimeTearDown]
    public async Task Stop() => await firm.DisposeAsync();

    [TestCase("tasks?mine=false&state=all")]
    [TestCase("tasks?mine=false&state=open")]
    [TestCase("approvals?mine=false&state=all")]
    [TestCase("runs")]
    [TestCase("runs?state=all")]
    [TestCase("incidents/open")]
    public async Task Lists_can_be_asked_for_all_there_is_and_show_it_to_those_who_see_the_records(string list)
    {
        foreach (var watching in (TestClient[])[firm.Director, northLead]) (await watching.GetJson($"{list}{(list.Contains('?') ? '&' : '?')}limit=200")).GetRawText().ShouldContain(lead.ToString());
        (await firm.Lead.GetJson(list)).GetRawText().ShouldNotContain(lead.ToString());
    }

    [Test]
    public async Task Incidents_are_counted_of_records_that_one_sees()
    {
        await NewLeadAsync(firm.Rep, "东方有限");
        await firm.Crm.RunDueAsync();
        var (all, east, norths) = (await CountAsync(firm.Director), await CountAsync(firm.Lead), await CountAsync(northLead));
        east.ShouldBeGreaterThan(0);
        (east + norths).ShouldBe(all);

        async Task<int> CountAsync(TestClient client) => (await firm.OnlyAsync(client, "incidents")).GetProperty("count").GetInt32();
    }

    [Test]
    public async Task A_manager_sees_nothing_of_records_outside_the_branch()
    {
        (await firm.Lead.SendAsync(HttpMethod.Get, $"leads/{lead}")).Is(404);
        foreach (var list in (string[])[$"tasks?assignee={north.UserId}&state=all", $"tasks?record={lead}", $"approvals?record={lead}&state=all", $"runs?record={lead}"])
            (await firm.Lead.GetJson(list)).GetProperty("items").GetArrayLength().ShouldBe(0, list);
        foreach (var one in (string[])[$"tasks/{task}", $"approvals/{approval}", $"runs/{run}"]) (await firm.Lead.SendAsync(HttpMethod.Get, one)).Is(404);
        var incident = await IdAsync("incidents/open");
        (await firm.Lead.SendAsync(HttpMethod.Get, $"incidents/{incident}/attempts")).Is(404);
        (await northLead.SendAsync(HttpMethod.Get, $"incidents/{incident}/attempts")).Is(200);
    }

    [Test]
    public async Task Nobody_acts_on_what_is_out_of_their_sight()
    {
        (await firm.Lead.SendAsync(HttpMethod.Post, $"approvals/{approval}/comment", new { comment = "x" })).Is(404);
        (await firm.Lead.SendAsync(HttpMethod.Post, $"tasks/{task}/reassign", new { assignee = firm.Lead.UserId })).Is(404);
        var mender = await MenderAsync();
        (await mender.SendAsync(HttpMethod.Post, $"runs/{run}/cancel", new { })).Is(404);
        (await mender.SendAsync(HttpMethod.Post, $"runs/{run}/urge", new { step = "call" })).Is(404);
        (await mender.PostJson("incidents/retry", new { sop = "sight" })).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Test]
    public async Task Ones_own_stays_in_sight_wherever_the_record_goes()
    {
        var mine = await NewLeadAsync(firm.Rep, "东方公司");
        await firm.Crm.RunDueAsync();
        var (call, ask, started) = (await IdAsync($"tasks?record={mine}"), await IdAsync($"approvals?record={mine}&state=all", 1), await IdAsync($"runs?record={mine}"));
        await firm.Crm.Admin.PatchJson($"leads/{mine}", new { owner = north.UserId });
        await firm.Crm.RunDueAsync();
        (await firm.Rep.SendAsync(HttpMethod.Get, $"leads/{mine}")).Is(404);
        await firm.Rep.GetJson($"tasks/{call}");
        await firm.Rep.GetJson($"approvals/{ask}");
        // The superior of who holds the task, and who was asked.
        await firm.Lead.GetJson($"tasks/{call}");
        await firm.Lead.GetJson($"approvals/{ask}");
        (await firm.Lead.GetJson($"tasks?assignee={firm.Rep.UserId}")).GetProperty("items").EnumerateArray().ShouldContain(t => t.GetProperty("id").GetGuid() == call);
        (await firm.Lead.SendAsync(HttpMethod.Get, $"runs/{started}")).Is(404);
    }

    [Test]
    public async Task Whoever_was_sent_a_copy_may_read_it()
    {
        (await firm.Rep.SendAsync(HttpMethod.Get, $"approvals/{approval}")).Is(404);
        await northLead.PostJson($"approvals/{approval}/copy", new { users = new[] { firm.Rep.UserId } });
        await firm.Rep.GetJson($"approvals/{approval}");
    }

    [Test]
    public async Task A_list_reads_on_until_the_page_is_full_and_misses_nothing()
    {
        var expected = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            expected.Insert(0, await NewLeadAsync(firm.Rep, $"东方 {i}"));
            await NewLeadAsync(north, $"北方 {i}");
            await NewLeadAsync(north, $"北方又 {i}");
        }
        await firm.Crm.RunDueAsync();
        var (found, after, pages) = (new List<Guid>(), (string?)null, 0);
        do
        {
            var page = await firm.Lead.GetJson($"runs?sop=sight&limit=2{(after is null ? "" : $"&after={after}")}");
            page.GetProperty("items").GetArrayLength().ShouldBeLessThanOrEqualTo(2);
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("record").GetProperty("id").GetGuid()));
            after = page.GetProperty("next").GetString();
            pages++;
        }
        while (after is not null);
        found.Where(expected.Contains).ShouldBe(expected);
        found.ShouldBeUnique();
        pages.ShouldBeLessThan(6);
    }

    [Test]
    public async Task Runs_of_deleted_records_are_left_to_those_who_watch_over_all()
    {
        var gone = await NewLeadAsync(north, "要删的公司");
        await firm.Crm.RunDueAsync();
        await firm.Crm.Admin.DeleteJson($"leads/{gone}");
        (await firm.OnlyAsync(firm.Ops, $"runs?record={gone}")).GetProperty("record").GetProperty("id").GetGuid().ShouldBe(gone);
        (await northLead.GetJson($"runs?record={gone}")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static Task<Guid> NewLeadAsync(TestClient by, string name) => by.CreateAsync("leads", new { name, phone = "13800000000", owner = by.UserId });

    private async Task<Guid> IdAsync(string list, int index = 0) => (await firm.Crm.Admin.GetJson(list)).GetProperty("items")[index].GetProperty("id").GetGuid();

    /// <summary>May mend runs, in their own branch.</summary>
    private async Task<TestClient> MenderAsync()
    {
        await firm.Crm.Admin.PostJson("roles", new { key = "mender", name = new { zh = "处理人", en = "Mender" }, permissions = new[] { "lead.read", "run.read", "run.manage" }, scopes = new Dictionary<string, string> { ["*"] = "unit" } });
        return (await firm.Crm.PersonAsync("处理人", firm.Crm.RootUnit, "mender")).Client;
    }
}
