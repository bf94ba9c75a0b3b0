using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;

namespace Crm.Leads.Tests.Assignment;

/// <summary>The step leads.assign in a published SOP, over the real API and engine.</summary>
public sealed class AssignmentTests
{
    private const string Sop = """
        {
          "key": "assign-test",
          "name": { "zh": "分配", "en": "Assign" },
          "record": "lead",
          "triggers": [{ "kind": "created", "reentry": "onceEver" }],
          "steps": [{
            "id": "assign", "kind": "leads.assign",
            "inputs": {
              "rules": [
                { "label": { "zh": "政府", "en": "Government" }, "filter": { "field": "industry", "op": "eq", "value": "government" }, "assignees": { "by": "role", "role": "salesManager", "within": "region" } },
                { "label": { "zh": "本地区", "en": "Region" }, "filter": { "field": "region", "op": "notEmpty" }, "assignees": { "by": "leastLoad", "among": [{ "by": "role", "role": "rep", "within": "region" }] } }
              ],
              "default": { "by": "role", "role": "salesDirector" }
            }
          }]
        }
        """;

    private Company company = null!;
    private TestUser director = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        company = await Company.StartAsync();
        director = await company.Crm.UserAsync("郑总监", company.Crm.RootUnit, BuiltInRole.SalesDirector);
        await company.Crm.Admin.PutJson("sops/assign-test", Sop);
        await company.Crm.Admin.PostJson("sops/assign-test/publish", new { note = "test" });
    }

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task The_rep_of_the_region_with_the_least_open_work_gets_the_lead()
    {
        for (var i = 0; i < 5; i++) await company.Rep.CreateAsync("leads", new { name = "在手", owner = company.Rep.UserId });
        (await ArrivesAsync(new { name = "新来的", region = "east" })).ShouldBe(company.Other.UserId);
        for (var i = 0; i < 10; i++) await company.Other.CreateAsync("leads", new { name = "在手", owner = company.Other.UserId });
        (await ArrivesAsync(new { name = "再来的", region = "east" })).ShouldBe(company.Rep.UserId);
    }

    [TestCase("西南", "southwest")]
    [TestCase("northeast china", "northeast")]
    public async Task A_branch_may_name_its_region_as_people_say_it(string name, string region)
    {
        var unit = await company.Crm.UnitAsync(name, company.Crm.RootUnit, region: name);
        var rep = await company.Crm.UserAsync("当地销售", unit, BuiltInRole.Rep);
        (await ArrivesAsync(new { name = "当地客户", region })).ShouldBe(rep.Id);
    }

    [Test]
    public async Task The_first_rule_that_fits_decides() =>
        (await ArrivesAsync(new { name = "政府客户", region = "east", industry = "government" })).ShouldBe(company.Manager.UserId);

    [Test]
    public async Task Where_no_rule_finds_anybody_the_default_owner_does()
    {
        (await ArrivesAsync(new { name = "无地区" })).ShouldBe(director.Id);
        (await ArrivesAsync(new { name = "无人地区", region = "northwest" })).ShouldBe(director.Id);
    }

    [Test]
    public async Task A_lead_with_an_owner_keeps_it()
    {
        var id = await company.Rep.CreateAsync("leads", new { name = "自拓", region = "east", owner = company.Rep.UserId });
        await company.Crm.RunDueAsync();
        (await OwnerAsync(id)).ShouldBe(company.Rep.UserId);
    }

    [Test]
    public async Task The_run_says_which_rule_chose_whom_in_both_languages()
    {
        var id = await company.LeadAsync(new { name = "说明", region = "east" });
        await company.Crm.RunDueAsync();
        var run = (await company.Crm.Admin.GetJson($"runs?record={id}")).GetProperty("items")[0].GetProperty("id").GetGuid();
        var why = (await company.Crm.Admin.GetJson($"runs/{run}")).GetProperty("history").EnumerateArray()
            .Single(h => h.TryGetProperty("step", out var step) && step.GetString() == "assign" && h.GetProperty("why") is { ValueKind: JsonValueKind.Object }).GetProperty("why");
        why.Text("zh").ShouldStartWith("按规则「本地区」分配给");
        why.Text("en").ShouldStartWith("Rule “Region” gives it to");
    }

    private async Task<Guid?> ArrivesAsync(object lead)
    {
        var id = await company.LeadAsync(lead);
        await company.Crm.RunDueAsync();
        return await OwnerAsync(id);
    }

    private async Task<Guid?> OwnerAsync(Guid lead) => (await company.Crm.Admin.GetJson($"leads/{lead}")).Reference("owner");
}
