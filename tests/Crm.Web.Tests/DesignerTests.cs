using System.Text.RegularExpressions;
using Crm.Shared.Access;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>Sales ops make SOPs in the page, with nothing but mouse and keyboard.</summary>
[TestFixture]
internal sealed class DesignerTests : WebFixture
{
    [Test]
    public async Task The_quote_approval_is_made_from_an_empty_page_and_three_people_take_it_to_its_end()
    {
        await (await Company.Crm.ClientAsync(Company.Ops)).PostJson("sops/quote-approval/retire");
        var ops = await OpenAsAsync(Company.Ops);
        var designer = await SopDesigner.NewAsync(ops, "折扣审批流程", "报价");

        await designer.StartCard.ClickAsync();
        await designer.PickAsync("什么时候", "进入阶段");
        await designer.PickAsync("阶段字段", "状态");
        await designer.PickAsync("阶段", "审批中");
        await designer.PickAsync("重复进入", "同一记录同时只运行一次");

        await designer.StartCard.FocusAsync();
        await designer.InsertAsync("审批");
        await designer.Text("标题").FillAsync("折扣审批 ");
        await designer.InsertFieldAsync("标题", "编号");
        await designer.OpenItemAsync(0);
        await designer.Text("名称").FillAsync("上级审批");
        await designer.ConditionAsync("需要审批", "直属上级", "上级和销售总监");
        await designer.Panel.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("增加阶段$") }).ClickAsync();
        await designer.Text("名称").FillAsync("总监审批");
        await designer.PickAsync("审批人", "角色");
        await designer.PickAsync("角色", "销售总监");
        await Expect(designer.Panel.GetByText("今天：陈总监")).ToBeVisibleAsync();
        await designer.ConditionAsync("需要审批", "上级和销售总监");
        await designer.PickAsync("锁定的字段", "整单折扣 %");

        await designer.Step("approval").FocusAsync();
        await designer.InsertAsync("分支");
        await Expect(ops.Locator("[data-way='branch/approved']")).ToBeVisibleAsync();
        foreach (var (way, status) in new[] { ("approved", "已批准"), ("rejected", "已驳回"), ("returned", "草稿"), ("else", "草稿") })
        {
            await ops.Locator($"[data-way='branch/{way}']").FocusAsync();
            await designer.InsertAsync("更新字段");
            await designer.PickAsync("增加字段", "状态");
            await designer.PickAsync("状态", status);
        }
        await designer.PublishAsync("第一版");

        var quote = await Company.QuoteAsync("大客户年框", discount: 25);
        var rep = await OpenAsAsync(Company.Rep);
        await rep.GotoAsync($"/quotes/{quote}");
        await Button(rep, "提交审批").ClickAsync();
        await Expect(rep.GetByText("审批中，内容已锁定")).ToBeVisibleAsync();
        var number = (await Company.Crm.Admin.GetJson($"quotes/{quote}")).GetProperty("number").GetString()!;
        foreach (var approver in new[] { Company.Manager, Company.Director })
        {
            var page = await OpenAsAsync(approver);
            await page.GotoAsync("/");
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"折扣审批 {number}") }).ClickAsync();
            await Button(page, "同意").ClickAsync();
            await Expect(page.GetByText("已同意").First).ToBeVisibleAsync();
        }
        await Expect(Button(rep, "标记为已发出")).ToBeVisibleAsync();
        (await Company.StatusAsync("quotes", quote)).ShouldBe("approved");

        designer = await SopDesigner.EditAsync(ops);
        await designer.Step("updateFields").FocusAsync();
        await designer.InsertAsync("发送通知");
        await designer.Text("标题").FillAsync("报价已批准");
        await designer.PublishAsync("批准后通知负责人");
        await Expect(ops.GetByText("第 2 版").First).ToBeVisibleAsync();
        Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task A_mail_of_an_opportunity_asks_for_an_address_and_not_for_a_stage()
    {
        var designer = await SopDesigner.NewAsync(await OpenAsAsync(Company.Ops), "商机邮件", "商机");
        await designer.StartCard.FocusAsync();
        await designer.InsertAsync("发送邮件");
        await designer.PickAsync("收件地址", "取自字段");
        await designer.StartCard.ClickAsync();
        await designer.PickAsync("什么时候", "进入阶段");
        await designer.PickAsync("阶段", "谈判");
        await Expect(designer.StartCard).ToContainTextAsync("谈判");
    }

    [Test]
    public async Task Steps_are_moved_copied_and_deleted_by_keys_and_every_change_can_be_taken_back()
    {
        var page = await OpenAsAsync(Company.Ops);
        var designer = await SopDesigner.NewAsync(page, "按键", "线索");
        await designer.StartCard.FocusAsync();
        await designer.InsertAsync("任务");
        await designer.InsertAsync("等待");
        await designer.StandsAsync("start", "task", "wait");

        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await designer.StandsAsync("start", "wait", "task");
        await Expect(designer.Step("wait")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(designer.Step("task")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+c");
        await page.Keyboard.PressAsync("Control+v");
        await designer.StandsAsync("start", "wait", "task", "task2");
        await Expect(designer.Step("task2")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Delete");
        await designer.StandsAsync("start", "wait", "task");
        for (var i = 0; i < 3; i++) await page.Keyboard.PressAsync("Control+z");
        await designer.StandsAsync("start", "task", "wait");
        for (var i = 0; i < 3; i++) await page.Keyboard.PressAsync("Control+y");
        await designer.StandsAsync("start", "wait", "task");

        await designer.Step("task").FocusAsync();
        await page.Keyboard.PressAsync("Control+c");
        var other = await SopDesigner.NewAsync(page, "另一个", "线索");
        await other.StartCard.FocusAsync();
        await page.Keyboard.PressAsync("Control+v");
        await other.StandsAsync("start", "task");
    }

    [Test]
    public async Task Neighbours_are_chosen_together_and_moved_copied_dragged_and_deleted_as_one()
    {
        var page = await OpenAsAsync(Company.Ops);
        var designer = await SopDesigner.NewAsync(page, "多选", "线索");
        await designer.StartCard.FocusAsync();
        foreach (var step in new[] { "任务", "等待", "发送通知", "分支" }) await designer.InsertAsync(step);
        await designer.Step("task").ClickAsync();
        await designer.Step("wait").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(designer.Panel.GetByText("已选 2 个步骤")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Alt+ArrowDown");
        await designer.StandsAsync("start", "notify", "task", "wait", "branch");
        await page.Keyboard.PressAsync("Control+c");
        await page.Keyboard.PressAsync("Control+v");
        await designer.StandsAsync("start", "notify", "task", "wait", "task2", "wait2", "branch");
        await Expect(designer.Panel.GetByText("已选 2 个步骤")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Delete");
        await designer.StandsAsync("start", "notify", "task", "wait", "branch");

        await designer.Step("notify").ClickAsync();
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(designer.Panel.GetByText("已选 3 个步骤")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Shift+ArrowUp");
        await Expect(designer.Panel.GetByText("已选 2 个步骤")).ToBeVisibleAsync();
        await designer.Step("task").DragToAsync(page.Locator("[aria-label*='其他情况']").First);
        var saved = await designer.SavedAsync(Company.Crm.Admin);
        saved.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("id").GetString()).ShouldBe(["wait", "branch"]);
        saved.GetProperty("steps")[1].GetProperty("else").EnumerateArray().Select(s => s.GetProperty("id").GetString()).ShouldBe(["notify", "task"]);
    }

    [Test]
    public async Task What_a_webhook_is_sent_is_chosen_where_a_text_or_a_value_needs_it()
    {
        var page = await OpenAsAsync(Company.Ops);
        var designer = await SopDesigner.NewAsync(page, "官网线索", "线索");
        await designer.StartCard.ClickAsync();
        await designer.PickAsync("什么时候", "外部调用");
        await designer.Text("名称").FillAsync("官网");
        await designer.PickAsync("增加字段", "姓名");
        await designer.Panel.GetByText("收到的内容", new() { Exact = true }).ClickAsync();
        await designer.Text("姓名：收到的内容中的名称").FillAsync("contact");
        await designer.StartCard.FocusAsync();
        await designer.InsertAsync("任务");
        await designer.Panel.GetByRole(AriaRole.Button, new() { Name = "插入字段: 标题" }).ClickAsync();
        foreach (var level in new[] { "启动时", "收到的内容", "contact" }) await page.Locator(".ant-cascader-menu-item:visible", new() { HasTextRegex = new Regex($"^{level}$") }).Last.ClickAsync();
        await Expect(designer.Text("标题")).ToHaveValueAsync("{{run.payload.contact}}");
        var saved = await designer.SavedAsync(Company.Crm.Admin);
        saved.GetProperty("triggers")[0].GetProperty("inputs").GetProperty("fields").GetProperty("name").GetProperty("path").GetString().ShouldBe("run.payload.contact");
        await Expect(page.Locator(".problem-error")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Who_may_only_read_an_SOP_takes_its_picture_along()
    {
        var page = await OpenAsAsync(Company.Manager);
        await page.GotoAsync("/sops/lead-assignment");
        foreach (var (item, file) in new[] { ("导出图片 (SVG)", "lead-assignment.svg"), ("导出图片 (PNG)", "lead-assignment.png"), ("导出 JSON", "lead-assignment.json") })
        {
            await Button(page, "更多").ClickAsync();
            var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync());
            download.SuggestedFilename.ShouldBe(file);
        }
        await Expect(Button(page, "编辑")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_step_is_dragged_into_a_way()
    {
        var page = await OpenAsAsync(Company.Ops);
        var designer = await SopDesigner.NewAsync(page, "拖动", "线索");
        await designer.StartCard.FocusAsync();
        await designer.InsertAsync("任务");
        await designer.InsertAsync("分支");
        await designer.Step("task").DragToAsync(page.Locator(".flow-plus").Nth(2));
        var saved = await designer.SavedAsync(Company.Crm.Admin);
        saved.GetProperty("steps").GetArrayLength().ShouldBe(1);
        saved.GetProperty("steps")[0].GetProperty("paths")[0].GetProperty("steps")[0].GetProperty("id").GetString().ShouldBe("task");
    }

    [Test]
    public async Task An_SOP_is_started_by_its_button_on_the_record()
    {
        var ops = await OpenAsAsync(Company.Ops);
        var designer = await SopDesigner.NewAsync(ops, "回访", "线索");
        await designer.StartCard.ClickAsync();
        await designer.PickAsync("什么时候", "记录上的按钮");
        await designer.Text("按钮文字").FillAsync("安排回访");
        await designer.StartCard.FocusAsync();
        await designer.InsertAsync("任务");
        await designer.PickAsync("负责人", "发起人");
        await designer.Text("标题").FillAsync("回访客户");
        await designer.PublishAsync("第一版");

        var lead = await Company.LeadAsync("孙先生", "金桥机械");
        var page = await OpenAsAsync(Company.Manager);
        await page.GotoAsync($"/leads/{lead}");
        await Button(page, "安排回访").ClickAsync();
        await SaidAsync(page, "已启动「安排回访」");
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("回访客户") }).First).ToBeVisibleAsync();
    }

    [Test]
    public async Task On_a_phone_the_flow_is_readable_and_a_step_is_edited()
    {
        var page = await OpenAsAsync(Company.Ops, phone: true);
        await page.GotoAsync("/sops/lead-assignment?edit=1");
        var designer = new SopDesigner(page);
        await designer.Step("begin").ClickAsync();
        await Expect(designer.Panel.GetByText("更新字段").First).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
        (await designer.Step("begin").EvaluateAsync<double>("card => card.getBoundingClientRect().width / card.offsetWidth")).ShouldBeGreaterThan(0.8);
        await designer.PickAsync("状态", "有意向");
        await Expect(designer.Panel.Locator(".lead")).ToContainTextAsync("有意向");
        (await designer.SavedAsync(Company.Crm.Admin, "lead-assignment")).GetProperty("steps")[1].GetProperty("inputs").GetProperty("fields").GetProperty("status").GetString().ShouldBe("qualified");
    }

    [TestCase("zh", ColorScheme.Light)]
    [TestCase("en", ColorScheme.Dark)]
    public async Task The_designer_shuts_nobody_out(string language, ColorScheme scheme)
    {
        var person = await Company.Crm.UserAsync("林一凡", Company.Crm.RootUnit, BuiltInRole.SalesOps);
        await (await Company.Crm.ClientAsync(person)).PatchJson("me", new { locale = language });
        var page = await OpenAsAsync(person, locale: language == "zh" ? "zh-CN" : "en-US", scheme: scheme);
        foreach (var (sop, step) in new[] { ("lead-assignment", "contact"), ("lead-assignment", "result"), ("lead-assignment", "start"), ("quote-approval", "approval"), ("follow-up", "start") })
        {
            await page.GotoAsync($"/sops/{sop}?edit=1&step={step}");
            await page.Locator(".flow-step.chosen").WaitForAsync();
            while (await page.Locator(".design-section-head[aria-expanded=false]").CountAsync() > 0) await page.Locator(".design-section-head[aria-expanded=false]").First.ClickAsync();
            await Expect(page.Locator(".bones")).ToHaveCountAsync(0);
            await FindsNothingAsync(page, $"{sop} {step}");
        }
        await page.Locator("[data-step='start']").FocusAsync();
        await page.Keyboard.PressAsync("+");
        await Expect(page.Locator(".palette-step").First).ToBeVisibleAsync();
        await FindsNothingAsync(page, "palette");
    }

    private static async Task FindsNothingAsync(IPage page, string what)
    {
        // Axe measures what the window's edge cuts off a button of the drawing: their sizes are looked at below.
        (await Axe.LookAsync(page, ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "target-size")).ShouldBeEmpty(what);
        (await page.Locator(".flow-plus, .flow-way, .flow-step").EvaluateAllAsync<double>("all => Math.min(...all.map(one => one.getBoundingClientRect().height))")).ShouldBeGreaterThanOrEqualTo(24, what);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}$") });
}
