using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>What each person sees, and that all of it fits a phone.</summary>
[TestFixture]
internal sealed class PageTests : WebFixture
{
    [Test]
    public async Task What_the_API_forbids_is_not_shown()
    {
        var rep = await MenuAsync(Company.Rep);
        await Expect(rep.GetByRole(AriaRole.Link, new() { Name = "线索" })).ToBeVisibleAsync();
        await Expect(rep.GetByRole(AriaRole.Link, new() { Name = "设置" })).ToHaveCountAsync(0);
        (await (await Company.Crm.ClientAsync(Company.Rep)).SendAsync(HttpMethod.Put, "settings", new { })).Is(403);

        var ops = await MenuAsync(Company.Ops);
        await Expect(ops.GetByRole(AriaRole.Link, new() { Name = "流程" })).ToBeVisibleAsync();
        await (await Company.Crm.ClientAsync(Company.Ops)).GetJson("sops");
    }

    [TestCase("zh", ColorScheme.Light, "我的工作", "线索", "商机")]
    [TestCase("zh", ColorScheme.Dark, "我的工作", "线索", "商机")]
    [TestCase("en", ColorScheme.Light, "My work", "Leads", "Opportunities")]
    [TestCase("en", ColorScheme.Dark, "My work", "Leads", "Opportunities")]
    public async Task The_page_is_whole_on_a_phone_in_both_languages(string language, ColorScheme scheme, string work, string leads, string opportunities)
    {
        var person = await Company.Crm.UserAsync("林一凡", Company.Crm.RootUnit, "salesDirector");
        await (await Company.Crm.ClientAsync(person)).PatchJson("me", new { locale = language });
        await Company.LeadAsync("名字很长很长的一位客户联系人", "一家名字非常非常长以至于一行放不下的精密制造股份有限公司");
        var page = await OpenAsAsync(person, phone: true, language == "zh" ? "zh-CN" : "en-US", scheme);
        await page.GotoAsync("/");
        var menu = page.GetByRole(AriaRole.Navigation);
        foreach (var name in new[] { work, leads, opportunities })
        {
            await menu.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.Locator("[aria-busy=true], .ant-skeleton")).ToHaveCountAsync(0);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, name);
        }
        (await page.EvaluateAsync<string>("document.documentElement.dataset.theme")).ShouldBe(scheme == ColorScheme.Dark ? "dark" : "light");
        Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task A_list_opens_with_the_view_that_was_used_last()
    {
        var page = await OpenAsAsync(Company.Rep);
        await page.GotoAsync("/leads");
        await page.GetByRole(AriaRole.Tab, new() { Name = "全部线索" }).ClickAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "线索" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "全部线索" })).ToHaveAttributeAsync("aria-selected", "true");
    }

    [Test]
    public async Task A_card_of_the_board_opens_wherever_it_is_pressed()
    {
        var rep = await Company.Crm.ClientAsync(Company.Rep);
        await rep.CreateAsync("opportunities", new { name = "整卡可点", customer = await rep.CreateAsync("customers", new { name = "整卡可点的客户" }) });
        var page = await OpenAsAsync(Company.Rep, phone: true);
        await page.GotoAsync("/opportunities");
        var card = page.GetByRole(AriaRole.Group, new() { Name = "整卡可点" });
        await card.ClickAsync(new() { Position = new() { X = 20, Y = (await card.BoundingBoxAsync())!.Height - 12 } });
        await page.WaitForURLAsync("**/opportunities/*");
    }

    [Test]
    public async Task A_unit_dragged_onto_another_belongs_to_it_and_stays_in_sight()
    {
        var (upper, lower) = ("华西大区", "成都办事处");
        var target = await Company.Crm.UnitAsync(upper, Company.Crm.RootUnit);
        var dragged = await Company.Crm.UnitAsync(lower, Company.Crm.RootUnit);
        var page = await OpenAsAsync((await Company.Crm.UserAsync("郝管理", Company.Crm.RootUnit, "administrator")));
        await page.GotoAsync("/admin/units");
        await page.Locator(".unit-line", new() { HasText = lower }).DragToAsync(page.Locator(".unit-line", new() { HasText = upper }));
        await Expect(page.GetByText("已保存")).ToBeVisibleAsync();
        await Expect(page.Locator(".unit-line", new() { HasText = lower })).ToBeVisibleAsync();
        (await Company.Crm.Admin.GetJson($"units/{dragged}")).GetProperty("parent").GetProperty("id").GetString().ShouldBe(target.ToString());
    }

    [TestCase(ReducedMotion.Reduce, false)]
    [TestCase(ReducedMotion.NoPreference, true)]
    public async Task Nothing_moves_for_who_wants_it_so(ReducedMotion motion, bool moves)
    {
        var page = await OpenAsAsync(Company.Rep, motion: motion);
        await page.GotoAsync("/leads");
        var create = page.GetByRole(AriaRole.Button, new() { NameRegex = new("新建$") }).First;
        await create.WaitForAsync();
        await page.EvaluateAsync("window.moved = 0; for (const kind of ['animationstart', 'transitionstart']) document.addEventListener(kind, () => moved++, true)");
        await create.ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        await drawer.GetByRole(AriaRole.Textbox).First.FillAsync("周先生");
        await drawer.GetByRole(AriaRole.Button, new() { NameRegex = new("^取\\s?消$") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^放\\s?弃$") }).ClickAsync();
        await Expect(drawer).ToHaveCountAsync(0);
        (await page.EvaluateAsync<int>("moved") > 0).ShouldBe(moves);
    }

    private async Task<ILocator> MenuAsync(TestUser user)
    {
        var page = await OpenAsAsync(user);
        await page.GotoAsync("/");
        return page.GetByRole(AriaRole.Navigation, new() { Name = "菜单" });
    }
}
