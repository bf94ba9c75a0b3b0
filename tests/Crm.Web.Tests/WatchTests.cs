using System.Text.RegularExpressions;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>Sales ops watches SOPs run and mends them.</summary>
[TestFixture]
internal sealed class WatchTests : WebFixture
{
    /// <summary>An SOP whose first step may not reach where it wants to, begun for three leads.</summary>
    private async Task<TestClient> BrokenAsync(string key)
    {
        var ops = await Company.Crm.ClientAsync(Company.Ops);
        await ops.PutJson($"sops/{key}", new
        {
            key,
            name = new { zh = "同步到 ERP", en = "Send to the ERP" },
            record = "lead",
            triggers = new object[] { new { kind = "button", inputs = new { label = new { zh = "同步", en = "Send" } } } },
            steps = new object[]
            {
                new { id = "push", kind = "http", name = new { zh = "推送线索", en = "Push the lead" }, inputs = new { method = "POST", url = "http://10.0.0.9/leads" } },
                new { id = "tag", kind = "updateFields", inputs = new { fields = new { company = "已同步" } } },
            },
        });
        await ops.PostJson($"sops/{key}/publish", new { note = "" });
        foreach (var name in new[] { "丁一", "丁二", "丁三" })
        {
            var lead = await Company.LeadAsync(name, "甲方");
            await Company.Crm.Admin.PostJson($"sops/{key}/start", new { recordId = lead }, 201);
        }
        return ops;
    }

    [Test]
    public async Task Incidents_of_one_cause_are_mended_one_and_then_the_rest()
    {
        var ops = await BrokenAsync("erp-one");
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync("/runs?tab=incidents&sop=erp-one");
        var cause = page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex("10\\.0\\.0\\.9") });
        await Expect(cause).ToContainTextAsync("3 个运行");
        await Button(cause, "查看 3 个").ClickAsync();

        await cause.GetByLabel("选择 丁二").CheckAsync();
        await Button(cause, "更多").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "修改后重试" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("地址").First.FillAsync("http://10.0.0.9/{{nonsense}}");
        await Button(dialog, "重试").ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("nonsense");
        await Button(dialog, "取消").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        await Button(cause, "更多").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "跳过此步" }).ClickAsync();
        await Button(dialog, "跳过此步").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(cause).ToContainTextAsync("2 个运行");

        await Button(cause, "更多").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "取消运行" }).ClickAsync();
        await Button(page.GetByRole(AriaRole.Dialog), "取消运行").ClickAsync();
        await Expect(page.GetByText("没有异常")).ToBeVisibleAsync();
        (await ops.GetJson("runs?sop=erp-one")).GetProperty("items").EnumerateArray().Select(r => $"{r.GetProperty("record").GetProperty("name").GetString()} {r.GetProperty("state").GetString()}")
            .ShouldBe(["丁一 cancelled", "丁二 done", "丁三 cancelled"], ignoreOrder: true);
    }

    [Test]
    public async Task Figures_follow_what_happens_and_lead_to_the_runs_behind_them()
    {
        var ops = await Company.Crm.ClientAsync(Company.Ops);
        await Company.LeadAsync("冯一", "乙方");
        // every lead has begun its run before they are counted
        var before = (await Company.Crm.Admin.GetJson("leads?limit=100")).GetProperty("items").GetArrayLength();
        await HostProcess.UntilAsync(async () => (await ops.GetJson("sops/lead-assignment/statistics")).GetProperty("runs").GetProperty("total").GetInt32() == before, "the runs");
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync("/sops/lead-assignment?tab=figures");
        var total = page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^运行数") });
        await Expect(total).ToContainTextAsync(new Regex($"(^|\\D){before}(\\D|$)"));
        await Company.LeadAsync("冯二", "乙方");
        await Expect(total).ToContainTextAsync(new Regex($"(^|\\D){before + 1}(\\D|$)"));
        await Expect(page.GetByRole(AriaRole.Table).First).ToContainTextAsync("首次联系");

        // the numbers of a step lead to its runs as well
        await page.GetByTitle("查看最慢的一成").First.ClickAsync();
        await page.WaitForURLAsync(new Regex("/runs\\?.*took="));
        await Expect(page.GetByText(new Regex("至少用了"))).ToBeVisibleAsync();
        await Expect(page.Locator(".run-row").First).ToBeVisibleAsync();
        await page.GoBackAsync();
        await total.ClickAsync();
        await page.WaitForURLAsync(new Regex("/runs\\?sop=lead-assignment&from="));
        await Expect(page.GetByText(new Regex("^开始于"))).ToBeVisibleAsync();
        await Expect(page.Locator(".run-row")).ToHaveCountAsync(before + 1);
        (await ops.GetJson("sops/lead-assignment/statistics")).GetProperty("runs").GetProperty("total").GetInt32().ShouldBe(before + 1);
        Complaints.ShouldBeEmpty();
    }

    [TestCase("zh-CN", ColorScheme.Light)]
    [TestCase("en-US", ColorScheme.Dark)]
    public async Task The_pages_that_watch_fit_a_phone(string locale, ColorScheme scheme)
    {
        await BrokenAsync("erp-phone" + (scheme == ColorScheme.Dark ? "-dark" : ""));
        var page = await OpenAsAsync(Company.Ops, phone: true, locale, scheme);
        foreach (var address in new[] { "/runs?tab=incidents", "/sops/lead-assignment?tab=figures", "/sops/lead-assignment?tab=quotas" })
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.Locator(".bones")).ToHaveCountAsync(0);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, address);
        }
        Complaints.ShouldBeEmpty();
    }

    private static ILocator Button(ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}($|\\s)") });
}
