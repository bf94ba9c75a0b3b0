using System.Collections.Concurrent;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>The real host with the real page, and one browser for the fixture; each test opens windows of its own.</summary>
[Category("Web")]
internal abstract class WebFixture
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly List<IBrowserContext> windows = [];
    private IPlaywright playwright = null!;
    private IBrowser? browser;
    private Company? company;

    protected Company Company => company!;
    /// <summary>What the pages of this test complained about in the browser's console.</summary>
    protected ConcurrentQueue<string> Complaints { get; } = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("CRM_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";
        if (!File.Exists(chromium)) Assert.Ignore($"There is no Chromium at {chromium}: name one in CRM_CHROMIUM to test the page.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Headless = true, Args = Quiet });
        company = await Company.StartAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (company is not null) await company.DisposeAsync();
    }

    [TearDown]
    public async Task CloseAsync()
    {
        foreach (var window in windows) await window.CloseAsync();
        windows.Clear();
        Complaints.Clear();
    }

    /// <summary>A window nobody has signed in to.</summary>
    protected async Task<IPage> OpenAsync(bool phone = false, string locale = "zh-CN", ColorScheme scheme = ColorScheme.Light)
    {
        var window = await browser!.NewContextAsync(new()
        {
            BaseURL = Company.Crm.RealUrl.ToString(),
            Locale = locale,
            TimezoneId = "Asia/Shanghai",
            ColorScheme = scheme,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            HasTouch = phone,
        });
        windows.Add(window);
        window.SetDefaultTimeout(20_000);
        window.Console += (_, message) =>
        {
            if (message.Type == "error") Complaints.Enqueue(message.Text);
        };
        window.WebError += (_, error) => Complaints.Enqueue(error.Error);
        return await window.NewPageAsync();
    }

    /// <summary>A window where the person is signed in already.</summary>
    protected async Task<IPage> OpenAsAsync(TestUser user, bool phone = false, string locale = "zh-CN", ColorScheme scheme = ColorScheme.Light)
    {
        var page = await OpenAsync(phone, locale, scheme);
        var answer = await page.APIRequest.PostAsync("api/v1/auth/sign-in", new()
        {
            Headers = new Dictionary<string, string> { ["X-Crm"] = "1" },
            DataObject = new { email = user.Email, password = TestCrm.Password, remember = false },
        });
        answer.Ok.ShouldBeTrue(await answer.TextAsync());
        return page;
    }

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
