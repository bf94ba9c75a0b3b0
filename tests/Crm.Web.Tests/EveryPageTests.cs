using System.Globalization;
using System.Text;
using Crm.Shared.Access;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>Every page there is, for those who use a screen reader, a keyboard, or eyes that need contrast.</summary>
[TestFixture]
internal sealed class EveryPageTests : WebFixture
{
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
    private TestUser administrator = null!;
    private IReadOnlyList<Place> places = [];

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        administrator = await Company.Crm.UserAsync("何管理", Company.Crm.RootUnit, BuiltInRole.Administrator);
        var rep = await Company.Crm.ClientAsync(Company.Rep);
        await Company.LeadAsync("赵小敏", "远航仪表");
        var customer = await rep.CreateAsync("customers", new { name = "东海轴承" });
        await rep.CreateAsync("contacts", new { name = "钱大海", customer });
        await rep.CreateAsync("opportunities", new { name = "东海轴承扩产", customer, amount = 120_000 });
        var quote = await Company.QuoteAsync("恒通产线升级", discount: 15);
        await rep.PostJson($"quotes/{quote}/submit");
        var approver = await Company.Crm.ClientAsync(Company.Manager);
        await approver.CreateAsync("tasks", new { title = "准备周会" });
        await HostProcess.UntilAsync(async () => (await approver.GetJson("approvals?mine=true")).GetProperty("items").GetArrayLength() > 0, "the approval");
        places = await EveryPage.PlacesAsync(Company.Crm.Admin, administrator, Company.Manager, approver);
    }

    [Test]
    public async Task What_keeps_people_out_is_found()
    {
        var page = await OpenAsync();
        await page.SetContentAsync("<html lang='zh'><title>t</title><button></button><p style='color: #ccc; background: #fff'>text</p></html>");
        var found = await Axe.LookAsync(page, Rules);
        found.Select(one => one.Split(',')[0]).ShouldBe(["button-name", "color-contrast"], ignoreOrder: true);
    }

    // Names depend on the language and contrast on the colours, neither on the other: two walks see all of it.
    [TestCase("zh", ColorScheme.Light)]
    [TestCase("en", ColorScheme.Dark)]
    public async Task No_page_keeps_anybody_out(string language, ColorScheme scheme)
    {
        var wrong = new StringBuilder();
        foreach (var who in places.GroupBy(p => p.Who))
        {
            var page = await OpenForAsync(who.Key, language, scheme);
            foreach (var place in who)
            {
                await EveryPage.OpenAsync(page, place);
                foreach (var one in await Axe.LookAsync(page, Rules)) wrong.AppendLine(CultureInfo.InvariantCulture, $"{place.Name} {place.Path}: {one}");
            }
            await page.CloseAsync();
        }
        wrong.ToString().ShouldBeEmpty();
        places.Count.ShouldBeGreaterThan(45);
    }

    private async Task<IPage> OpenForAsync(TestUser? user, string language, ColorScheme scheme)
    {
        var locale = language == "zh" ? "zh-CN" : "en-US";
        if (user is null) return await OpenAsync(locale: locale, scheme: scheme);
        await (await Company.Crm.ClientAsync(user)).PatchJson("me", new { locale = language });
        return await OpenAsAsync(user, locale: locale, scheme: scheme);
    }
}
