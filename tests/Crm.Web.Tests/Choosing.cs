using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>Choosing in lists and calendars as a person does who waits until they are open, and sees them close.</summary>
internal static class Choosing
{
    /// <summary>Opens a list and takes what is called so.</summary>
    public static Task PickAsync(this ILocator list, string option) => list.PickAsync(new Regex($"^{Regex.Escape(option)}$"));

    /// <summary>Opens a list and takes whatever comes first.</summary>
    public static Task PickFirstAsync(this ILocator list) => list.PickAsync(new Regex(""));

    private static async Task PickAsync(this ILocator list, Regex option)
    {
        await list.ClickAsync();
        await Option(list.Page, option).ClickAsync();
        await LeaveAsync(list);
    }

    /// <summary>Looks a record up by its name, which nothing else has, and takes it.</summary>
    public static async Task LookUpAsync(this ILocator list, string name)
    {
        await list.FillAsync(name);
        // what was listed before the search gives way
        await Assertions.Expect(list.Page.Locator(".ant-select-dropdown:visible .ant-select-item-option")).ToHaveCountAsync(1);
        await Option(list.Page, new Regex(Regex.Escape(name))).ClickAsync();
        await LeaveAsync(list);
    }

    /// <summary>Types a time into a calendar's field; the calendar stays open.</summary>
    public static async Task TypeTimeAsync(this ILocator field, DateTime time)
    {
        var text = time.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        await field.ClickAsync();
        await Assertions.Expect(field).ToBeFocusedAsync();
        await Assertions.Expect(field.Page.Locator(".ant-picker-dropdown:visible")).ToHaveCountAsync(1);
        await field.FillAsync(text);
        await Assertions.Expect(field).ToHaveValueAsync(text);
    }

    /// <summary>A list of several stays open until it is left; the key goes to the list itself, wherever the focus went when what was taken was drawn.</summary>
    private static async Task LeaveAsync(ILocator list)
    {
        var several = list.Locator("xpath=ancestor-or-self::*[contains(@class, 'ant-select-multiple')] | .//*[contains(@class, 'ant-select-multiple')]");
        if (await several.CountAsync() > 0) await list.PressAsync("Escape");
        await ClosedAsync(list.Page);
    }

    public static Task ClosedAsync(IPage page) => Assertions.Expect(page.Locator(".ant-select-dropdown:visible, .ant-picker-dropdown:visible")).ToHaveCountAsync(0);

    public static ILocator Option(IPage page, Regex name) => page.Locator(".ant-select-dropdown:visible .ant-select-item-option", new() { HasTextRegex = name }).First;
}
