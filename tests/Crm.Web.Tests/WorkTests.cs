using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>What reps and approvers do with their list of work.</summary>
[TestFixture]
internal sealed class WorkTests : WebFixture
{
    [Test]
    public async Task Two_approvals_are_approved_at_once_with_one_comment()
    {
        var (one, two) = (await SubmitAsync("成批甲"), await SubmitAsync("成批乙"));
        var page = await HomeAsync(Company.Manager);
        await Row(page, "成批甲").WaitForAsync();
        await Row(page, "成批乙").WaitForAsync();
        await Button(page, "多选").ClickAsync();
        foreach (var title in new[] { "成批甲", "成批乙" }) await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("选择：.*" + title) }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("同意 2 项") }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "意见" }).FillAsync("按惯例同意");
        await Button(page.GetByRole(AriaRole.Dialog), "同意").ClickAsync();
        await SaidAsync(page, "已同意 2 项");
        await Expect(Row(page, "成批甲")).ToHaveCountAsync(0);
        foreach (var quote in new[] { one, two }) await Eventually(() => Company.StatusAsync("quotes", quote), "approved");
    }

    [Test]
    public async Task What_was_typed_into_a_task_outlives_a_reload_and_not_the_one_who_typed_it()
    {
        await Company.LeadAsync("郑未完", "半途机电");
        var page = await HomeAsync(Company.Rep);
        await ChooseAsync(page, "首次联系：郑未完");
        await page.GetByLabel("需求", new() { Exact = true }).FillAsync("先记半句");
        await page.ReloadAsync();
        await ChooseAsync(page, "首次联系：郑未完");
        await Expect(page.GetByLabel("需求", new() { Exact = true })).ToHaveValueAsync("先记半句");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("李销售") }).ClickAsync();
        await Button(page, "退出登录").ClickAsync();
        await Expect(page.GetByLabel("密码")).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(key => key.startsWith('draft/')).length")).ShouldBe(0);
    }

    [Test]
    public async Task A_snoozed_task_is_out_of_sight_and_can_be_brought_back()
    {
        await TaskAsync("推迟试验");
        var page = await HomeAsync(Company.Rep);
        await ChooseAsync(page, "推迟试验");
        await page.Keyboard.PressAsync("s");
        await Button(page.GetByRole(AriaRole.Dialog), "确定").ClickAsync();
        await Expect(Row(page, "推迟试验")).ToHaveCountAsync(0);
        await page.GetByText("已推迟", new() { Exact = true }).ClickAsync();
        await Row(page, "推迟试验").ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "打开的任务或审批" }).GetByRole(AriaRole.Button, new() { Name = "更多" }).ClickAsync();
        await page.GetByText("立即恢复").ClickAsync();
        await page.GetByText("待办", new() { Exact = true }).ClickAsync();
        await Expect(Row(page, "推迟试验")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_task_is_handed_over_to_a_colleague_who_sees_it_at_once()
    {
        var colleague = await Company.Crm.UserAsync("许同事", Company.Crm.RootUnit, "rep");
        await TaskAsync("转交试验");
        var theirs = await HomeAsync(colleague);
        var page = await HomeAsync(Company.Rep);
        await ChooseAsync(page, "转交试验");
        await page.Keyboard.PressAsync("h");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox).LookUpAsync("许同事");
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("转给他人$") }).ClickAsync();
        await SaidAsync(page, "已转交");
        await Expect(Row(theirs, "转交试验")).ToBeVisibleAsync();
    }

    // It was said in a message that went away, while the two dates looked right.
    [Test]
    public async Task An_absence_that_would_be_over_is_refused_beside_its_dates()
    {
        var page = await HomeAsync(await Company.Crm.UserAsync("郑已回", Company.Crm.RootUnit, "rep"));
        var dialog = await AbsenceAsync(page);
        var (from, to) = (dialog.Locator(".ant-picker-input input").First, dialog.Locator(".ant-picker-input input").Last);
        await from.TypeTimeAsync(DateTime.UtcNow.AddDays(-5));
        await page.Keyboard.PressAsync("Enter");
        await Expect(to).ToBeFocusedAsync();
        await to.TypeTimeAsync(DateTime.UtcNow.AddDays(-3));
        await page.Keyboard.PressAsync("Enter");
        await Choosing.ClosedAsync(page);
        await Button(dialog, "保存").ClickAsync();
        await Expect(dialog.Locator(".ant-form-item-explain-error")).ToHaveTextAsync("结束时间应在将来");
    }

    [Test]
    public async Task Who_is_out_of_office_has_a_substitute_until_they_are_back()
    {
        var (away, substitute) = (await Company.Crm.UserAsync("孙外出", Company.Crm.RootUnit, "rep"), await Company.Crm.UserAsync("吴代办", Company.Crm.RootUnit, "rep"));
        var own = await Company.Crm.ClientAsync(away);
        await own.CreateAsync("tasks", new { title = "外出前的任务" });
        var page = await HomeAsync(away);
        var dialog = await AbsenceAsync(page);
        await dialog.GetByLabel("代理人").LookUpAsync("吴代办");
        var (from, to) = (dialog.Locator(".ant-picker-input input").First, dialog.Locator(".ant-picker-input input").Last);
        await from.TypeTimeAsync(DateTime.UtcNow.AddHours(-20));
        await page.Keyboard.PressAsync("Enter");
        await Expect(to).ToBeFocusedAsync();
        await to.TypeTimeAsync(DateTime.UtcNow.AddDays(3));
        await page.Keyboard.PressAsync("Enter");
        await Choosing.ClosedAsync(page);
        await Button(dialog, "保存").ClickAsync();
        await Expect(page.GetByText("吴代办 代办")).ToBeVisibleAsync();
        await Expect(Row(page, "外出前的任务")).ToHaveCountAsync(0);
        var theirs = await HomeAsync(substitute);
        await Expect(Row(theirs, "外出前的任务")).ToBeVisibleAsync();

        await Button(page, "我回来了").ClickAsync();
        await Button(page.GetByRole(AriaRole.Dialog), "我回来了").ClickAsync();
        await Expect(Row(page, "外出前的任务")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_mouse_that_rests_on_the_calendar_takes_nothing_from_what_is_typed()
    {
        var page = await HomeAsync(Company.Rep);
        var dialog = await AbsenceAsync(page);
        var fields = dialog.Locator(".ant-picker-input input");
        var typed = new[] { new DateTime(2031, 3, 4, 9, 30, 0), new DateTime(2031, 3, 7, 18, 0, 0) };
        for (var i = 0; i < 2; i++)
        {
            await fields.Nth(i).ClickAsync();
            await page.Locator(".ant-picker-dropdown:visible .ant-picker-cell-in-view").Nth(9).HoverAsync();
            await fields.Nth(i).PressSequentiallyAsync($"{typed[i]:yyyy-MM-dd HH:mm}");
            await Expect(fields.Nth(i)).ToHaveValueAsync($"{typed[i]:yyyy-MM-dd HH:mm}");
            await page.Keyboard.PressAsync("Tab");
        }
        // gone on without a word to the calendar
        await dialog.GetByLabel("说明").ClickAsync();
        await Choosing.ClosedAsync(page);
        for (var i = 0; i < 2; i++) await Expect(fields.Nth(i)).ToHaveValueAsync($"{typed[i]:yyyy-MM-dd HH:mm}");
    }

    [Test]
    public async Task A_pending_quote_is_withdrawn_by_who_submitted_it()
    {
        var quote = await SubmitAsync("撤回试验");
        var page = await OpenAsAsync(Company.Rep);
        await page.GotoAsync($"/quotes/{quote}");
        await Button(page, "撤回").ClickAsync();
        await Button(page.GetByRole(AriaRole.Dialog), "撤回").ClickAsync();
        await Expect(page.GetByText("已撤回").First).ToBeVisibleAsync();
        await Expect(Button(page, "提交审批")).ToBeVisibleAsync();
        (await Company.StatusAsync("quotes", quote)).ShouldBe("draft");
    }

    [Test]
    public async Task An_approver_sees_what_changed_since_the_last_time()
    {
        var quote = await SubmitAsync("再次提交");
        var manager = await Company.Crm.ClientAsync(Company.Manager);
        var approval = await ApprovalOfAsync(manager, quote);
        await manager.PostJson($"approvals/{approval}/reject", new { comment = "折扣太大" });
        await Eventually(() => Company.StatusAsync("quotes", quote), "rejected");
        var rep = await Company.Crm.ClientAsync(Company.Rep);
        await rep.PatchJson($"quotes/{quote}", new { terms = "货到付款", lines = new[] { new { product = Company.Server, quantity = 2, lineDiscount = 12 } } });
        await rep.PostJson($"quotes/{quote}/submit");
        var page = await OpenAsAsync(Company.Manager);
        await page.GotoAsync($"/approvals/{await ApprovalOfAsync(manager, quote)}");
        var changed = page.GetByRole(AriaRole.Region, new() { Name = "与上次相比" });
        await Expect(changed.GetByText("货到付款")).ToBeVisibleAsync();
        await Expect(changed.Locator("del", new() { HasText = "15" })).ToBeVisibleAsync();
        await Expect(changed.Locator("ins", new() { HasText = "12" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_card_is_dragged_to_another_stage_of_the_board()
    {
        var rep = await Company.Crm.ClientAsync(Company.Rep);
        var customer = await rep.CreateAsync("customers", new { name = "拖动客户" });
        var deal = await rep.CreateAsync("opportunities", new { name = "拖动商机", customer, amount = 1000 });
        var page = await OpenAsAsync(Company.Rep);
        await page.GotoAsync("/opportunities");
        var card = page.GetByRole(AriaRole.Group, new() { Name = "拖动商机" });
        var target = page.GetByRole(AriaRole.Region, new() { Name = "方案" });
        // when it stands still
        await card.HoverAsync();
        var (from, to) = ((await card.BoundingBoxAsync())!, (await target.BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(from.X + from.Width / 2, from.Y + from.Height - 6);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(from.X + from.Width / 2 + 20, from.Y + from.Height, new() { Steps = 4 });
        await page.Mouse.MoveAsync(to.X + to.Width / 2, to.Y + 140, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        await Expect(target.GetByRole(AriaRole.Link, new() { Name = "拖动商机" })).ToBeVisibleAsync();
        await Eventually(async () => (await rep.GetJson($"opportunities/{deal}")).GetProperty("stage").GetString(), "propose");
    }

    [Test]
    public async Task The_daily_digest_is_chosen_with_its_hour()
    {
        var page = await OpenAsAsync(Company.Rep);
        await page.GotoAsync("/admin/notices");
        await page.GetByRole(AriaRole.Switch, new() { Name = "每日摘要" }).ClickAsync();
        await Expect(page.GetByText("08:00")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "任务: 推送" }).UncheckAsync();
        var rep = await Company.Crm.ClientAsync(Company.Rep);
        await Eventually(async () => (await rep.GetJson("notifications/digest")).GetProperty("hour").GetRawText(), "8");
        await Eventually(async () => (await rep.GetJson("notifications/preferences")).GetProperty("items").EnumerateArray().First(i => i.GetProperty("kind").GetString() == "task").GetProperty("push").GetRawText(), "false");
    }

    [Test]
    public async Task On_a_phone_everything_of_the_list_is_one_column()
    {
        await TaskAsync("一个名字很长很长很长很长很长很长很长很长很长的任务");
        var page = await OpenAsAsync(Company.Rep, phone: true);
        await page.GotoAsync("/");
        await Row(page, "一个名字很长").ClickAsync();
        await Expect(Button(page, "完成")).ToBeInViewportAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
        await Button(page, "完成").ClickAsync();
        await SaidAsync(page, "已完成：完成");
    }

    [Test]
    public async Task Without_a_network_the_page_still_opens_and_says_so()
    {
        var page = await OpenAsAsync(Company.Rep);
        await page.GotoAsync("/");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/");
        await Expect(page.GetByText("连接不上服务器，请检查网络后重试").First).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("caches.match('/api/v1/me').then(found => found === undefined)")).ShouldBeTrue();
        await page.Context.SetOfflineAsync(false);
        await Button(page, "重试").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "待办" })).ToBeVisibleAsync();
    }

    private async Task<IPage> HomeAsync(TestUser user)
    {
        var page = await OpenAsAsync(user);
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "待办" })).ToBeVisibleAsync();
        return page;
    }

    private static async Task<ILocator> AbsenceAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "更多" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "外出代办" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator(".ant-picker-input input")).ToHaveCountAsync(2);
        return dialog;
    }

    /// <summary>Opens it beside the list and waits until it is there.</summary>
    private static async Task ChooseAsync(IPage page, string title)
    {
        await Row(page, title).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
    }

    private async Task<Guid> SubmitAsync(string title)
    {
        var quote = await Company.QuoteAsync(title, discount: 15);
        await (await Company.Crm.ClientAsync(Company.Rep)).PostJson($"quotes/{quote}/submit");
        return quote;
    }

    private async Task TaskAsync(string title) => await (await Company.Crm.ClientAsync(Company.Rep)).CreateAsync("tasks", new { title });

    private static async Task<string> ApprovalOfAsync(TestClient client, Guid quote)
    {
        JsonElement items = default;
        await Eventually(async () => (items = (await client.GetJson($"approvals?record={quote}&state=open&mine=false")).GetProperty("items")).GetArrayLength().ToString(), "1");
        return items[0].GetProperty("id").GetString()!;
    }

    /// <summary>What the host does in its own time.</summary>
    private static Task Eventually(Func<Task<string?>> read, string wanted) => HostProcess.UntilAsync(async () => await read() == wanted, wanted);

    private static ILocator Row(IPage page, string title) => page.Locator(".work-row", new() { HasText = title });
    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}$") });
    private static ILocator Button(ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}$") });
}
