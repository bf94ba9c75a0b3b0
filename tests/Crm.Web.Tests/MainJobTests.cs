using System.Text.RegularExpressions;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>From the lead to the approved quote, as people do it in the page.</summary>
[TestFixture]
internal sealed class MainJobTests : WebFixture
{
    [Test]
    public async Task A_rep_gets_the_task_without_reloading_and_finishes_it()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("邮箱").FillAsync(Company.Rep.Email);
        await page.GetByLabel("密码").FillAsync(TestCrm.Password);
        await Button(page, "登录").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "待办" })).ToBeVisibleAsync();
        await page.EvaluateAsync("window.sameWindow = true");

        var lead = await Company.LeadAsync("赵小敏", "远航仪表");
        var row = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("首次联系：赵小敏") });
        await row.ClickAsync();
        await page.GetByLabel("需求", new() { Exact = true }).FillAsync("两条产线的能耗监测");
        await page.GetByLabel("预算", new() { Exact = true }).FillAsync("120000");
        await page.GetByLabel("采购时间").PickFirstAsync();
        await Button(page, "有意向").ClickAsync();

        await SaidAsync(page, "已完成：有意向");
        await Expect(row).ToHaveCountAsync(0);
        (await page.EvaluateAsync<bool>("window.sameWindow === true")).ShouldBeTrue();
        await page.GotoAsync($"/leads/{lead}");
        await Expect(page.GetByRole(AriaRole.Main).GetByText("有意向").First).ToBeVisibleAsync();
        (await Company.StatusAsync("leads", lead)).ShouldBe("qualified");
    }

    [Test]
    public async Task A_lead_is_converted_and_its_opportunity_moves_on_the_board()
    {
        var lead = await Company.LeadAsync("钱大海", "东海轴承");
        var page = await OpenAsAsync(Company.Manager);
        await page.GotoAsync($"/leads/{lead}");
        await Expect(page.GetByText("跟进中").First).ToBeVisibleAsync();
        await Button(page, "转化").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("商机名称").FillAsync("东海轴承扩产");
        await Button(dialog, "转化").ClickAsync();
        await page.WaitForURLAsync(new Regex("/opportunities/[0-9a-f-]{36}$"));

        await page.GetByRole(AriaRole.List, new() { Name = "销售阶段" }).GetByRole(AriaRole.Button, new() { Name = "方案" }).ClickAsync();
        await Expect(page.Locator("[aria-current=step]")).ToContainTextAsync("方案");
        await page.GotoAsync("/opportunities");
        await page.GetByRole(AriaRole.Tab, new() { Name = "全部商机" }).ClickAsync();
        var column = page.GetByRole(AriaRole.Region, new() { Name = "方案" });
        await Expect(column.GetByRole(AriaRole.Link, new() { Name = "东海轴承扩产" })).ToBeVisibleAsync();
        (await Company.StatusAsync("leads", lead)).ShouldBe("converted");
    }

    [Test]
    public async Task A_discount_over_authority_reaches_the_superior_who_approves_on_a_phone()
    {
        var quote = await Company.QuoteAsync("恒通产线升级", discount: 15);
        var phone = await OpenAsAsync(Company.Manager, phone: true);
        await phone.GotoAsync("/");
        await Expect(phone.GetByRole(AriaRole.Region, new() { Name = "待办" })).ToBeVisibleAsync();
        var page = await OpenAsAsync(Company.Rep);
        await page.GotoAsync($"/quotes/{quote}");
        await Button(page, "提交审批").ClickAsync();
        await Expect(page.GetByText("审批中，内容已锁定")).ToBeVisibleAsync();

        await phone.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("恒通产线升级.*折扣 15") }).ClickAsync();
        await Button(phone, "同意").ClickAsync();
        await Expect(phone.GetByText("已同意").First).ToBeVisibleAsync();

        await Expect(Button(page, "标记为已发出")).ToBeVisibleAsync();
        (await Company.StatusAsync("quotes", quote)).ShouldBe("approved");
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}$") });
    private static ILocator Button(ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}$") });
}
