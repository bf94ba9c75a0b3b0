using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>Sales ops try an SOP on a record and replay it over the past.</summary>
[TestFixture]
internal sealed class TrialTests : WebFixture
{
    [Test]
    public async Task An_sop_is_tried_step_by_step_and_nothing_comes_of_it()
    {
        var lead = await Company.LeadAsync("钱试试", "试运行公司");
        await StatusIsAsync(lead, "contacting");
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync("/sops/lead-assignment");
        await page.GetByRole(AriaRole.Button, new() { Name = "更多" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "试运行" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "线索" }).LookUpAsync("钱试试");
        await page.GetByRole(AriaRole.Button, new() { Name = "开始试运行" }).ClickAsync();

        var now = page.Locator(".trial-now");
        await Expect(now.GetByText("首次联系：钱试试")).ToBeVisibleAsync();
        await Expect(now.GetByText("李销售 处理")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-step=contact]")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("run-waiting"));
        var clock = await now.GetByLabel("试运行中的时间").TextContentAsync();
        await now.GetByRole(AriaRole.Button, new() { Name = "到下一个期限" }).ClickAsync();
        await Expect(page.GetByText("时间到了下一个期限")).ToBeVisibleAsync();
        await Expect(now.GetByLabel("试运行中的时间")).Not.ToHaveTextAsync(clock!);

        await now.GetByRole(AriaRole.Button, new() { Name = "有意向" }).ClickAsync();
        await Expect(now.Locator(".ant-form-item-explain-error")).ToHaveCountAsync(3);
        await now.GetByLabel("需求").FillAsync("换一套系统");
        await now.GetByLabel("预算").FillAsync("80000");
        await now.GetByLabel("采购时间").PickFirstAsync();
        await now.GetByRole(AriaRole.Button, new() { Name = "有意向" }).ClickAsync();
        await Expect(now.GetByText("流程已走完。")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-step=qualify]")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("run-done"));
        var effects = page.Locator(".trial-effects");
        await Expect(effects.GetByText("李销售 修改了记录")).ToBeVisibleAsync();
        await Expect(effects.GetByText("（实际为有意向）").First).ToBeVisibleAsync();

        await effects.GetByRole(AriaRole.Button, new() { Name = "回到这之前" }).Last.ClickAsync();
        await now.GetByRole(AriaRole.Button, new() { Name = "无效" }).ClickAsync();
        await now.GetByLabel("无效原因").PickFirstAsync();
        await now.GetByRole(AriaRole.Button, new() { Name = "无效" }).ClickAsync();
        await Expect(page.Locator("[data-step=close]")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("run-done"));
        await Expect(page.Locator("[data-step=qualify]")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("run-none"));

        (await Company.StatusAsync("leads", lead)).ShouldBe("contacting");
        Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task A_replay_shows_its_figures_on_the_flow_and_the_cases_behind_them()
    {
        foreach (var name in new[] { "孙回放", "周回放" }) await StatusIsAsync(await Company.LeadAsync(name, name + "公司"), "contacting");
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync("/sops/lead-assignment");
        await page.GetByRole(AriaRole.Button, new() { Name = "更多" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "回放" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "开始回放" }).ClickAsync();
        var tiles = page.Locator(".replay-tiles");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "删除", Exact = true })).ToBeVisibleAsync();
        await Expect(tiles.GetByRole(AriaRole.Button, new() { NameRegex = new("正常完成") })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "孙回放" })).ToBeVisibleAsync();
        await tiles.GetByRole(AriaRole.Button, new() { NameRegex = new("正常完成") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "周回放" })).ToBeVisibleAsync();

        var csv = await page.APIRequest.GetAsync((await page.GetByRole(AriaRole.Link, new() { Name = "导出 CSV" }).GetAttributeAsync("href"))!);
        (await csv.TextAsync()).ShouldContain("孙回放");

        await page.GetByText("流程图", new() { Exact = true }).ClickAsync();
        var count = page.Locator("[data-step=contact] .flow-count");
        await Expect(count).ToBeVisibleAsync();
        int.Parse((await count.TextContentAsync())!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(2);
        await page.Locator("[data-step=contact]").ClickAsync();
        await Expect(page.Locator(".sop-side").GetByRole(AriaRole.Link, new() { Name = "孙回放" })).ToBeVisibleAsync();
        Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task An_approval_is_tried_with_all_that_people_may_do()
    {
        var quote = await Company.QuoteAsync("试审批", discount: 15);
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync($"/sops/quote-approval/trial?record={quote}");
        await page.GetByRole(AriaRole.Button, new() { Name = "开始试运行" }).ClickAsync();
        var (now, effects) = (page.Locator(".trial-now"), page.Locator(".trial-effects"));
        foreach (var act in new[] { "催办", "抄送", "委派" })
        {
            await MoreAsync(page, act);
            if (act != "催办") await ChooseAsync(page, "陈总监");
            await Expect(effects.Locator(".trial-chosen", new() { HasText = act })).ToBeVisibleAsync();
        }
        await Expect(now.GetByText("陈总监").First).ToBeVisibleAsync();
        (await Company.StatusAsync("quotes", quote)).ShouldBe("draft");
        Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task In_a_trial_a_signer_is_removed_a_decision_taken_back_and_a_word_said()
    {
        var quote = await Company.QuoteAsync("试加签", discount: 25);
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync($"/sops/quote-approval/trial?record={quote}");
        await page.GetByRole(AriaRole.Button, new() { Name = "开始试运行" }).ClickAsync();
        var (now, effects) = (page.Locator(".trial-now"), page.Locator(".trial-effects"));
        var asked = now.Locator(".ant-select").First;
        await Expect(asked).ToContainTextAsync("王经理");
        await MoreAsync(page, "加签");
        await ChooseAsync(page, "李销售");
        await Expect(asked).ToContainTextAsync("李销售");
        await MoreAsync(page, "王经理 减签 李销售");
        await Expect(asked).ToContainTextAsync("王经理");

        await now.GetByRole(AriaRole.Textbox, new() { Name = "意见" }).FillAsync("先问问客户");
        await MoreAsync(page, "仅评论");
        await Expect(effects.GetByText("先问问客户")).ToBeVisibleAsync();
        await now.GetByRole(AriaRole.Button, new() { NameRegex = new("^同\\s?意$") }).ClickAsync();
        await Expect(asked).ToContainTextAsync("陈总监");
        await MoreAsync(page, "王经理 拿回");
        await Expect(asked).ToContainTextAsync("王经理");
        Complaints.ShouldBeEmpty();
    }

    private static async Task MoreAsync(IPage page, string act)
    {
        await page.Locator(".trial-now").GetByRole(AriaRole.Button, new() { NameRegex = new("^更\\s?多$") }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = act, Exact = true }).ClickAsync();
        await Expect(page.Locator(".ant-dropdown:visible")).ToHaveCountAsync(0);
    }

    private static async Task ChooseAsync(IPage page, string name)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox).LookUpAsync(name);
        await dialog.Locator(".ant-modal-footer .ant-btn-primary").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Both_fit_a_phone()
    {
        var lead = await Company.LeadAsync("吴手机", "一家名字非常非常长以至于一行放不下的精密制造股份有限公司");
        var page = await OpenAsAsync(Company.Ops, phone: true, scheme: ColorScheme.Dark);
        await page.GotoAsync($"/sops/lead-assignment/trial?record={lead}");
        await page.GetByRole(AriaRole.Button, new() { Name = "开始试运行" }).ClickAsync();
        await Expect(page.Locator(".trial-card")).ToBeVisibleAsync();
        await FitsAsync(page);
        await page.GetByText("流程图", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-step=assign]")).ToBeVisibleAsync();
        await page.GotoAsync("/sops/lead-assignment/replay");
        await page.GetByRole(AriaRole.Button, new() { Name = "开始回放" }).ClickAsync();
        await Expect(page.Locator(".replay-case").First).ToBeVisibleAsync();
        await FitsAsync(page);
        Complaints.ShouldBeEmpty();
    }

    private static async Task FitsAsync(IPage page) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);

    /// <summary>The SOP in earnest works in the background.</summary>
    private Task StatusIsAsync(Guid lead, string status) => HostProcess.UntilAsync(async () =>
    {
        var runs = (await Company.Crm.Admin.GetJson($"runs?record={lead}")).GetProperty("items").EnumerateArray();
        return runs.Any(run => run.GetProperty("state").GetString() == "waiting") && await Company.StatusAsync("leads", lead) == status;
    }, status);
}
