using System.Collections.Concurrent;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>The real host with the real page, and one browser for the fixture; each test opens windows of its own.</summary>
[Category("Web")]
internal abstract class WebFixture
{
    /// <summary>Milliseconds: other tests may have the machine for a while.</summary>
    private const int Patience = 60_000;
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private const string KeepWhatIsSaid =
        """
        window.said = []
        new MutationObserver(all => all.forEach(({ addedNodes }) => addedNodes.forEach(node => node.closest?.('.ant-message') && said.push(node.textContent))))
          .observe(document, { childList: true, subtree: true })
        """;

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
        Assertions.SetDefaultExpectTimeout(Patience);
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
    /// <param name="motion">Off for most: a browser that shares two cores may lose the end of a movement, and what moved stays.</param>
    protected async Task<IPage> OpenAsync(bool phone = false, string locale = "zh-CN", ColorScheme scheme = ColorScheme.Light, ReducedMotion motion = ReducedMotion.Reduce)
    {
        var window = await browser!.NewContextAsync(new()
        {
            BaseURL = Company.Crm.RealUrl.ToString(),
            Locale = locale,
            TimezoneId = "Asia/Shanghai",
            ColorScheme = scheme,
            ReducedMotion = motion,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            HasTouch = phone,
        });
        windows.Add(window);
        window.SetDefaultTimeout(Patience);
        window.Console += (_, message) =>
        {
            if (message.Type == "error") Complaints.Enqueue(message.Text);
        };
        window.WebError += (_, error) => Complaints.Enqueue(error.Error);
        await window.AddInitScriptAsync(KeepWhatIsSaid);
        return await window.NewPageAsync();
    }

    /// <summary>A window where the person is signed in already.</summary>
    protected async Task<IPage> OpenAsAsync(TestUser user, bool phone = false, string locale = "zh-CN", ColorScheme scheme = ColorScheme.Light, ReducedMotion motion = ReducedMotion.Reduce)
    {
        var page = await OpenAsync(phone, locale, scheme, motion);
        var answer = await page.APIRequest.PostAsync("api/v1/auth/sign-in", new()
        {
            Headers = new Dictionary<string, string> { ["X-Crm"] = "1" },
            DataObject = new { email = user.Email, password = TestCrm.Password, remember = false },
        });
        answer.Ok.ShouldBeTrue(await answer.TextAsync());
        return page;
    }

    /// <summary>Waits until the page has told the person so, in a message that is gone after three seconds.</summary>
    protected static Task SaidAsync(IPage page, string text) => page.WaitForFunctionAsync("text => said.some(one => one.includes(text))", text);

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
