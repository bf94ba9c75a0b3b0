using System.Buffers.Binary;
using System.Text.Json;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>The page as an app of the phone: installed, told of news while it is closed, renewed.</summary>
[TestFixture]
internal sealed class InstallTests : WebFixture
{
    [Test]
    public async Task The_browser_finds_all_it_needs_to_install_the_page()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/sign-in");
        await ControlledAsync(page);
        var devTools = await page.Context.NewCDPSessionAsync(page);
        var found = (await devTools.SendAsync("Page.getAppManifest"))!.Value;
        found.GetProperty("errors").GetArrayLength().ShouldBe(0, found.GetProperty("errors").ToString());
        // Windows of a test are private ones, which never install; nothing else may be missing.
        var missing = (await devTools.SendAsync("Page.getInstallabilityErrors"))!.Value.GetProperty("installabilityErrors");
        missing.EnumerateArray().Select(e => e.GetProperty("errorId").GetString()).Where(e => e != "in-incognito").ShouldBeEmpty();

        var manifest = JsonDocument.Parse(found.GetProperty("data").GetString()!).RootElement;
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
        {
            var picture = await (await page.APIRequest.GetAsync(icon.GetProperty("src").GetString()!)).BodyAsync();
            var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20)));
            $"{width}x{height}".ShouldBe(icon.GetProperty("sizes").GetString());
        }
    }

    [Test]
    public async Task A_newer_version_is_offered_and_comes_when_it_is_taken()
    {
        await using var build = await NewerBuild.BeforeAsync(Company.Crm.RealUrl);
        var page = await OpenAsAsync(Company.Rep);
        await page.GotoAsync(build.Url);
        await ControlledAsync(page);
        await Expect(page.GetByText("有新版本可用。")).ToHaveCountAsync(0);

        build.Newer = true;
        await page.EvaluateAsync("() => { window.before = true; return navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => true) }");
        await Expect(page.GetByText("有新版本可用。")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "立即更新" }).ClickAsync();
        await page.WaitForFunctionAsync("() => window.before === undefined");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "待办" })).ToBeVisibleAsync();
        await Expect(page.GetByText("有新版本可用。")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task What_is_pushed_while_nobody_looks_is_shown_with_its_link()
    {
        var page = await OpenAsync();
        await page.Context.GrantPermissionsAsync(["notifications"]);
        await page.GotoAsync("/sign-in");
        await ControlledAsync(page);
        var devTools = await page.Context.NewCDPSessionAsync(page);
        string? registration = null;
        devTools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) => registration ??= told?.GetProperty("registrations").EnumerateArray().Select(r => r.GetProperty("registrationId").GetString()).FirstOrDefault();
        await devTools.SendAsync("ServiceWorker.enable");
        await HostProcess.UntilAsync(() => Task.FromResult(registration is not null), "the service worker");
        // One who looks at the page sees it there already.
        await page.GotoAsync("about:blank");
        var notice = JsonSerializer.Serialize(new { id = "n1", title = "新的审批", body = "恒通产线升级", link = "/approvals/1" });
        await devTools.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = Company.Crm.RealUrl.GetLeftPart(UriPartial.Authority), ["registrationId"] = registration!, ["data"] = notice });

        await page.GotoAsync("/sign-in");
        await page.WaitForFunctionAsync("() => navigator.serviceWorker.ready.then(r => r.getNotifications()).then(all => all.length === 1)");
        (await page.EvaluateAsync<string>("() => navigator.serviceWorker.ready.then(r => r.getNotifications()).then(([one]) => [one.title, one.body, one.data.link].join('|'))")).ShouldBe("新的审批|恒通产线升级|/approvals/1");
    }

    private static Task ControlledAsync(IPage page) => page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");
}
