using System.Text.RegularExpressions;
using Crm.Shared.Access;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>The life of an SOP in the page: compared, published with a note, its runs moved, its draft edited by two at once.</summary>
[TestFixture]
internal sealed class VersionTests : WebFixture
{
    [Test]
    public async Task Differences_are_marked_on_both_flows_and_told_in_sentences()
    {
        var key = await PublishAsync(Task("call", "打电话"), Task("gone", "过时"));
        await PublishAsync(key, Task("call", "当面拜访"), Task("fresh", "发资料"));
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync($"/sops/{key}/compare?from=1&to=2");
        var list = page.GetByRole(AriaRole.List, new() { Name = "改动列表" });
        await Expect(list.GetByText("删除「过时」")).ToBeVisibleAsync();
        await Expect(list.GetByText("新增「发资料」，「当面拜访」之后")).ToBeVisibleAsync();
        await Expect(list.Locator(".change-before").GetByText("打电话")).ToBeVisibleAsync();
        await Expect(list.Locator(".change-after").GetByText("当面拜访")).ToBeVisibleAsync();
        var (before, after) = (page.GetByRole(AriaRole.Region, new() { Name = "之前 · 第 1 版" }), page.GetByRole(AriaRole.Region, new() { Name = "之后 · 第 2 版" }));
        await Expect(before.Locator("[data-step=gone]")).ToHaveClassAsync(new Regex("mark-removed"));
        await Expect(before.Locator("[data-step=fresh]")).ToHaveCountAsync(0);
        await Expect(after.Locator("[data-step=fresh]")).ToHaveClassAsync(new Regex("mark-added"));
        await Expect(after.Locator("[data-step=call]")).ToHaveClassAsync(new Regex("mark-changed"));
        Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Publishing_asks_for_a_note_and_moves_what_is_running()
    {
        var key = await PublishAsync(Task("call", "打电话"));
        var run = await StartAsync(key, "周先生");
        var ops = await Company.Crm.ClientAsync(Company.Ops);
        await ops.PutJson($"sops/{key}", Sop(key, Task("ring", "打电话"), Task("visit", "拜访")));

        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync($"/sops/{key}");
        await Button(page, "发布").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("与第 1 版相比")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("迁移到新版本") }).CheckAsync();
        // The step has another id now, and what it says has not changed: the plan finds it by itself.
        await Expect(dialog.GetByText("共 1 个：1 个可以迁移，0 个留在原版本")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("周先生")).ToBeVisibleAsync();
        await Button(dialog, "发布").ClickAsync();
        await Expect(dialog.GetByText("请写一句说明，方便以后查看")).ToBeVisibleAsync();
        await dialog.GetByLabel("这次改了什么").FillAsync("打完电话还要拜访");
        await Button(dialog, "发布").ClickAsync();

        await page.WaitForURLAsync(new Regex("tab=versions"));
        await Expect(page.GetByText("已迁移 1 / 1")).ToBeVisibleAsync();
        await Expect(page.GetByText("打完电话还要拜访")).ToBeVisibleAsync();
        var moved = await ops.GetJson($"runs/{run}");
        (moved.GetProperty("version").GetInt32(), moved.GetProperty("waitingFor")[0].GetProperty("step").GetString()).ShouldBe((2, "ring"));
        Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task A_run_is_moved_by_its_own_page_where_the_plan_says()
    {
        var key = await PublishAsync(Task("call", "打电话"));
        var run = await StartAsync(key, "吴先生");
        await PublishAsync(key, Task("ring", "响铃"));
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync($"/runs/{run}");
        await Button(page, "迁移到第 2 版").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("共 1 个：0 个可以迁移，1 个留在原版本")).ToBeVisibleAsync();
        await dialog.GetByLabel("打电话").PickAsync("响铃");
        await Expect(dialog.GetByText("共 1 个：1 个可以迁移，0 个留在原版本")).ToBeVisibleAsync();
        await Button(dialog, "迁移到第 2 版").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "第 2 版" })).ToBeVisibleAsync();
        await Expect(page.GetByText("已迁移到新版本")).ToBeVisibleAsync();
        Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Two_who_edit_a_draft_see_each_other_and_lose_nothing()
    {
        var key = await PublishAsync(Task("call", "打电话"), Task("visit", "拜访"));
        var other = await Company.Crm.UserAsync("郑运营", Company.Crm.RootUnit, BuiltInRole.SalesOps);
        var (mine, theirs) = (await OpenAsAsync(Company.Ops), await OpenAsAsync(other));
        await mine.GotoAsync($"/sops/{key}?edit=1");
        await theirs.GotoAsync($"/sops/{key}?edit=1");
        await Expect(mine.GetByRole(AriaRole.Status, new() { Name = "郑运营 也在编辑" })).ToBeVisibleAsync();
        await Expect(theirs.GetByRole(AriaRole.Status, new() { Name = "周运营 也在编辑" })).ToBeVisibleAsync();

        await TitleAsync(mine, "call", "先打电话");
        await TitleAsync(theirs, "visit", "再拜访");
        foreach (var page in new[] { mine, theirs })
        {
            await Expect(page.Locator("[data-step=call]")).ToContainTextAsync("先打电话");
            await Expect(page.Locator("[data-step=visit]")).ToContainTextAsync("再拜访");
        }
        await TitlesAsync(key, "先打电话", "再拜访");

        // Both at the same place, and the second does not hear of the first before saving.
        await theirs.Context.SetOfflineAsync(true);
        await TitleAsync(mine, "call", "周的标题");
        await TitlesAsync(key, "周的标题", "再拜访");
        await TitleAsync(theirs, "call", "郑的标题");
        await theirs.Context.SetOfflineAsync(false);
        var dialog = theirs.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator(".ant-modal-confirm-title")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("对方的.*周的标题") }).CheckAsync();
        await Button(dialog, "合并").ClickAsync();
        await Expect(theirs.Locator("[data-step=call]")).ToContainTextAsync("周的标题");
        await TitlesAsync(key, "周的标题", "再拜访");

        await mine.CloseAsync();
        await Expect(theirs.GetByRole(AriaRole.Status, new() { Name = "周运营 也在编辑" })).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Publishing_starts_for_what_is_overdue_already_if_wanted()
    {
        var rep = await Company.Crm.ClientAsync(Company.Rep);
        var customer = await rep.CreateAsync("customers", new { name = "拖延公司" });
        await rep.CreateAsync("opportunities", new { name = "拖了很久的商机", customer, closeDate = "2020-01-31" });
        await rep.CreateAsync("opportunities", new { name = "还早的商机", customer, closeDate = "2999-01-31" });
        var (key, ops) = ("v" + Guid.NewGuid().ToString("N")[..8], await Company.Crm.ClientAsync(Company.Ops));
        await ops.PutJson($"sops/{key}", new
        {
            key,
            name = new { zh = "过期催办", en = "Late deals" },
            record = "opportunity",
            triggers = new[] { new { kind = "dateField", inputs = new { field = "closeDate", offset = new { plain = "P1D" } }, filter = new { field = "customer", op = "eq", value = customer } } },
            steps = new[] { new { id = "ask", kind = "task", inputs = new { assignee = new { by = "owner" }, title = new { zh = "问进展", en = "Ask" } } } },
        });
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync($"/sops/{key}");
        await Button(page, "发布").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("也为之前已到期的记录启动（1 条）") }).CheckAsync();
        await dialog.GetByLabel("这次改了什么").FillAsync("逾期也要问");
        // Two quick presses had published two versions.
        await Button(dialog, "发布").DblClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await HostProcess.UntilAsync(async () => (await ops.GetJson($"runs?sop={key}")).GetProperty("items").GetArrayLength() > 0, "the overdue one to start");
        var run = (await ops.GetJson($"runs?sop={key}")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        run.GetProperty("record").GetProperty("name").GetString().ShouldBe("拖了很久的商机");
        (await ops.GetJson($"sops/{key}")).GetProperty("version").GetInt32().ShouldBe(1);
        Complaints.ShouldBeEmpty();
    }

    private static object Task(string id, string title) => new { id, kind = "task", inputs = new { assignee = new { by = "initiator" }, title = new { zh = title, en = title } } };

    private static object Sop(string key, params object[] steps) => new
    {
        key,
        name = new { zh = "版本 " + key, en = "Versions " + key },
        record = "lead",
        triggers = new object[] { new { kind = "button", inputs = new { label = new { zh = "开始", en = "Start" } } } },
        steps,
    };

    private Task<string> PublishAsync(params object[] steps) => PublishAsync("v" + Guid.NewGuid().ToString("N")[..8], steps);

    private async Task<string> PublishAsync(string key, params object[] steps)
    {
        var ops = await Company.Crm.ClientAsync(Company.Ops);
        await ops.PutJson($"sops/{key}", Sop(key, steps));
        await ops.PostJson($"sops/{key}/publish", new { note = "测试" });
        return key;
    }

    private async Task<string> StartAsync(string key, string name)
    {
        var rep = await Company.Crm.ClientAsync(Company.Rep);
        var lead = await rep.CreateAsync("leads", new { name, owner = rep.UserId });
        var run = (await rep.PostJson($"sops/{key}/start", new { recordId = lead }, 201)).GetProperty("runId").GetString()!;
        var ops = await Company.Crm.ClientAsync(Company.Ops);
        await HostProcess.UntilAsync(async () => (await ops.GetJson($"runs/{run}")).GetProperty("state").GetString() == "waiting", "the run waits");
        return run;
    }

    private static async Task TitleAsync(IPage page, string step, string title)
    {
        await page.Locator($"[data-step={step}]").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "标题", Exact = true }).FillAsync(title);
    }

    private async Task TitlesAsync(string key, params string[] titles)
    {
        var ops = await Company.Crm.ClientAsync(Company.Ops);
        await HostProcess.UntilAsync(async () => (await ops.GetJson($"sops/{key}?version=draft")).GetProperty("definition").GetProperty("steps").EnumerateArray()
            .Select(s => s.GetProperty("inputs").GetProperty("title").GetProperty("zh").GetString()).SequenceEqual(titles), "the titles");
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}$") });
    private static ILocator Button(ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}$") });
}
