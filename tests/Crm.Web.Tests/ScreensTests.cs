using System.Net;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>Renews docs/screens from a running host with the demo company: <c>CRM_SCREENS=http://127.0.0.1:5080 dotnet test tests/Crm.Web.Tests --filter Screens</c>.</summary>
[TestFixture, Category("Web")]
internal sealed class ScreensTests
{
    private const string DemoPassword = "Xinghai-2026";
    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];

    [TestCase("zh", ColorScheme.Light)]
    [TestCase("en", ColorScheme.Dark)]
    public async Task Every_page_has_its_picture(string language, ColorScheme scheme)
    {
        if (Environment.GetEnvironmentVariable("CRM_SCREENS") is not { Length: > 0 } address) Assert.Ignore("Name the address of a host with the demo company in CRM_SCREENS to renew docs/screens.");
        else await TakeAsync(address.TrimEnd('/'), language, scheme);
    }

    private static async Task TakeAsync(string address, string language, ColorScheme scheme)
    {
        var (admin, administrator) = await SignInAsync(address, "admin@xinghai.example");
        var (manager, approver) = await SignInAsync(address, "manager.east@xinghai.example");
        foreach (var client in new[] { admin, manager }) await client.PatchJson("me", new { locale = language, theme = scheme == ColorScheme.Dark ? "dark" : "light" });
        if ((await manager.GetJson("tasks?mine=true")).GetProperty("items").GetArrayLength() == 0) await manager.CreateAsync("tasks", new { title = "准备周会" });
        var all = await EveryPage.PlacesAsync(admin, administrator, approver, manager);
        var places = language == "zh" ? all : [.. all.Where(p => !IsMinor(p))];

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("CRM_CHROMIUM") ?? "/usr/bin/chromium", Headless = true, Args = Quiet });
        foreach (var who in places.GroupBy(p => p.Who))
        {
            await using var window = await browser.NewContextAsync(new()
            {
                BaseURL = address,
                Locale = language == "zh" ? "zh-CN" : "en-US",
                TimezoneId = "Asia/Shanghai",
                ColorScheme = scheme,
                ViewportSize = new() { Width = 1280, Height = 800 },
                ReducedMotion = ReducedMotion.Reduce,
            });
            window.SetDefaultTimeout(120_000);
            var page = await window.NewPageAsync();
            if (who.Key is { } user) (await page.APIRequest.PostAsync($"{address}/api/v1/auth/sign-in", Body(user.Email))).Ok.ShouldBeTrue();
            foreach (var place in who)
            {
                await EveryPage.OpenAsync(page, place);
                await page.ScreenshotAsync(new() { Path = Path.Combine(Folder(), $"{place.Name}-{language}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png"), Animations = ScreenshotAnimations.Disabled });
            }
        }
    }

    /// <summary>Pictured once only, so that the repository stays small.</summary>
    private static bool IsMinor(Place place) => place.Who is null || new[] { "admin", "imports-", "contacts", "products", "discountAuthorities", "leads-bin" }.Any(n => place.Name.StartsWith(n, StringComparison.Ordinal));

    private static APIRequestContextOptions Body(string email) => new()
    {
        Headers = new Dictionary<string, string> { ["X-Crm"] = "1" },
        DataObject = new { email, password = DemoPassword, remember = false },
    };

    private static async Task<(TestClient, TestUser)> SignInAsync(string address, string email)
    {
        var client = new TestClient(new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(address) });
        var me = await client.PostJson("auth/sign-in", new { email, password = DemoPassword, remember = false });
        return (client, new(me.GetProperty("id").GetGuid(), me.GetProperty("name").GetString()!, email));
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Crm.sln"))) folder = folder.Parent;
        return Directory.CreateDirectory(Path.Combine(folder.FullName, "docs", "screens")).FullName;
    }
}
