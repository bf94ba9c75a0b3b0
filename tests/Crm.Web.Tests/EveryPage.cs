using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>A place in the page.</summary>
/// <param name="Route">As the routes of the page name it.</param>
/// <param name="Who">Who looks at it; nobody signed in where null.</param>
/// <param name="Press">What is pressed there before there is something to see.</param>
/// <param name="Shows">What is there then.</param>
internal sealed record Place(string Route, string Path, TestUser? Who, string? Press = null, string? Shows = null)
{
    /// <summary>What a picture of it is called.</summary>
    public string Name => Route == "*" ? "not-found" : Regex.Replace(Route, "[^a-z]+", "-", RegexOptions.IgnoreCase).Trim('-') is { Length: > 0 } name ? name : "work";
}

/// <summary>Finds a path with something to see for every route of the page.</summary>
internal static partial class EveryPage
{
    public static async Task<IReadOnlyList<Place>> PlacesAsync(TestClient admin, TestUser everything, TestUser approver, TestClient approving)
    {
        await SopPlaces.FillAsync(admin);
        var places = new List<Place>();
        foreach (var route in Routes())
        {
            if (await SopPlaces.OfAsync(route, admin, everything) is { } known) places.AddRange(known);
            else foreach (var (name, path) in await PathsAsync(route, admin, approving)) places.Add(new(name, path, Who(name)));
        }
        return places;

        TestUser? Who(string route) => route is "/sign-in" or "/forgot" or "/password" or "/setup" or "/f/:key" ? null
            : route is "/" or "tasks/:taskId" or "approvals/:approvalId" ? approver
            : everything;
    }

    /// <summary>What the sources say there is: a new page is walked without anybody thinking of it.</summary>
    private static IEnumerable<string> Routes()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Crm.sln"))) folder = folder.Parent;
        var files = Directory.EnumerateFiles(Path.Combine(folder.FullName, "Host", "web", "src"), "routes.tsx", SearchOption.AllDirectories);
        return files.SelectMany(f => PathOf().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct();
    }

    private static async Task<IReadOnlyList<(string Name, string Path)>> PathsAsync(string route, TestClient admin, TestClient approving)
    {
        string[] records = ["leads", "customers", "contacts", "opportunities", "products"];
        async Task<string> One(string plural, TestClient? client = null) => $"/{plural.Split('?')[0]}/{await IdAsync(client ?? admin, plural)}";
        switch (route)
        {
            case "/f/:key": return [(route, "/f/none")];
            case "*": return [(route, "/nowhere/at/all")];
            case ":plural": return [.. records.Select(r => (r, "/" + r)), ("quotes", "/quotes"), ("discountAuthorities", "/discountAuthorities")];
            case ":plural/:id":
                var details = new List<(string, string)>();
                foreach (var record in records) details.Add(($"{record}-one", await One(record)));
                return details;
            case ":plural/bin": return [("leads-bin", "/leads/bin")];
            case "tasks/:taskId": return [(route, await One("tasks?mine=true", approving))];
            case "approvals/:approvalId": return [(route, await One("approvals?mine=true", approving))];
            case "imports/:id": return (await admin.GetJson("imports")).GetProperty("items").GetArrayLength() > 0 ? [(route, await One("imports"))] : [];
        }
        if (!route.Contains(':', StringComparison.Ordinal)) return [(route, route.StartsWith('/') ? route : "/" + route)];
        var path = route.Replace(":id", await IdAsync(admin, route.Split('/')[0]), StringComparison.Ordinal);
        if (path.Contains(':', StringComparison.Ordinal)) throw new InvalidOperationException($"Tell here where the route {route} leads, so that it is looked at.");
        return [(route, "/" + path.TrimStart('/'))];
    }

    private static async Task<string> IdAsync(TestClient client, string list)
    {
        var items = (await client.GetJson(list)).GetProperty("items");
        return items.GetArrayLength() > 0 ? items[0].GetProperty("id").GetString()! : throw new InvalidOperationException($"There is nothing in {list} to look at.");
    }

    /// <summary>Waits until the page has come to rest.</summary>
    public static async Task OpenAsync(IPage page, Place place)
    {
        await page.GotoAsync(place.Path);
        await RestsAsync(page);
        if (place.Press is { } button) await page.Locator(button).ClickAsync();
        if (place.Shows is { } wanted) await page.Locator(wanted).First.WaitForAsync();
        await RestsAsync(page);
    }

    private static async Task RestsAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => document.querySelector('h1, h2') && !document.querySelector('.bone, .bones, .ant-skeleton, .shell-progress, [aria-busy=true]')");
        await page.EvaluateAsync("() => document.fonts.ready.then(() => Promise.all(document.getAnimations().map(a => a.finished.catch(() => 0)).slice(0, 50)).then(() => true))");
    }

    [GeneratedRegex(@"path: '([^']+)'")]
    private static partial Regex PathOf();
}
