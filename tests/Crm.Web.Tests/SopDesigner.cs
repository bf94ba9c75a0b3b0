using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>The designer as somebody uses it who sees the page: cards, the palette, the panel.</summary>
internal sealed class SopDesigner(IPage page)
{
    public ILocator Panel { get; } = page.Locator(".step-panel");
    public ILocator StartCard => Step("start");
    public ILocator Step(string id) => page.Locator($"[data-step='{id}']");

    /// <summary>An empty SOP, made by the dialog.</summary>
    public static async Task<SopDesigner> NewAsync(IPage page, string name, string record)
    {
        await page.GotoAsync("/sops");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("新建流程$") }).First.ClickAsync();
        await page.GetByLabel("流程名称").FillAsync(name);
        await page.GetByLabel("针对的对象").PickAsync(record);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("创建草稿$") }).ClickAsync();
        await page.WaitForURLAsync(new Regex("edit=1"));
        return await ReadyAsync(page);
    }

    /// <summary>From the picture of an SOP to its designer.</summary>
    public static async Task<SopDesigner> EditAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("编辑$") }).ClickAsync();
        return await ReadyAsync(page);
    }

    /// <summary>Drawn to be worked on, and no longer to be looked at only.</summary>
    private static async Task<SopDesigner> ReadyAsync(IPage page)
    {
        await page.Locator(".flow-edits .react-flow__viewport").WaitForAsync();
        var designer = new SopDesigner(page);
        await designer.StartCard.WaitForAsync();
        return designer;
    }

    /// <summary>A text field of the panel; the last of the name: what was opened last.</summary>
    public ILocator Text(string name) => Panel.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true }).Last;

    /// <summary>Behind what has the keyboard, by the key and the palette's search; then the new step has it.</summary>
    public async Task InsertAsync(string step)
    {
        var before = await Cards.CountAsync();
        await page.Keyboard.PressAsync("+");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync(step);
        await page.Locator(".palette-first").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Cards).ToHaveCountAsync(before + 1);
        await Assertions.Expect(page.Locator("[data-step]:focus")).ToHaveClassAsync(new Regex("chosen"));
        await Assertions.Expect(Panel.Locator(".design-body")).ToBeVisibleAsync();
    }

    public async Task PickAsync(string name, string option)
    {
        await Panel.GetByRole(AriaRole.Combobox, new() { Name = name, Exact = true }).Last.PickAsync(option);
    }

    public async Task InsertFieldAsync(string input, string field)
    {
        await Panel.GetByRole(AriaRole.Button, new() { Name = $"插入字段: {input}" }).Last.ClickAsync();
        await page.Locator(".ant-cascader-menu-item:visible", new() { HasTextRegex = new Regex($"^{field}$") }).First.ClickAsync();
    }

    public Task OpenItemAsync(int index) => Panel.Locator(".design-item-name").Nth(index).ClickAsync();

    /// <summary>Adds a condition: this field is one of these.</summary>
    public async Task ConditionAsync(string field, params string[] values)
    {
        await Panel.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("添加条件$") }).Last.ClickAsync();
        var row = Panel.Locator(".filter-row").Last;
        await row.Locator(".filter-field").ClickAsync();
        await page.Locator(".ant-cascader-dropdown:visible .ant-cascader-menu-item", new() { HasTextRegex = new Regex($"^{field}$") }).First.ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Choosing.ClosedAsync(page);
        await row.Locator(".filter-value .ant-select").ClickAsync();
        foreach (var value in values) await Option(page, value).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Choosing.ClosedAsync(page);
    }

    public async Task PublishAsync(string note)
    {
        var publish = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("发布$") });
        await publish.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("这次改了什么").FillAsync(note);
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("发布$") }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/sops/[a-z0-9-]+$"));
    }

    /// <summary>These steps stand below each other, and no others.</summary>
    public Task StandsAsync(params string[] ids) => page.WaitForFunctionAsync(
        "wanted => [...document.querySelectorAll('[data-step]')].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map(card => card.dataset.step).join() === wanted", string.Join(",", ids));

    /// <summary>The draft as the server has it, once the page says that it is saved.</summary>
    public async Task<JsonElement> SavedAsync(TestClient client, string? key = null)
    {
        await Assertions.Expect(page.GetByText("已自动保存")).ToBeVisibleAsync();
        key ??= Regex.Match(page.Url, "/sops/([^?]+)").Groups[1].Value;
        return (await client.GetJson($"sops/{key}?version=draft")).GetProperty("definition");
    }

    private ILocator Cards => page.Locator("[data-step]");

    private static ILocator Option(IPage page, string name) =>
        Choosing.Option(page, new Regex($"^{Regex.Escape(name)}$"));
}
