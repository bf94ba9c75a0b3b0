using System.Text.Json;
using static Crm.Workflows.Tests.Api.Editions;

namespace Crm.Workflows.Tests.Api;

internal sealed class VersionApiTests
{
    [Test]
    public async Task Each_version_tells_its_note_its_time_and_who_published_it()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Task("a"));
        await editions.PublishAsync(Task("a"), Task("b"));
        var page = await firm.Ops.GetJson($"sops/{Key}/versions?limit=1");
        var newest = page.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (newest.GetProperty("version").GetInt32(), newest.GetProperty("note").GetString(), newest.GetProperty("publishedBy").GetProperty("name").GetString()).ShouldBe((2, "改进", "周运营"));
        var older = (await firm.Ops.GetJson($"sops/{Key}/versions?after={page.GetProperty("next").GetString()}")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        older.GetProperty("retiredAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await firm.Ops.GetJson($"sops/{Key}/versions/1")).GetProperty("definition").GetProperty("steps").GetArrayLength().ShouldBe(1);
        (await firm.Ops.SendAsync(HttpMethod.Get, $"sops/{Key}/versions/3")).Is(404);
    }

    [Test]
    public async Task A_version_is_copied_back_to_the_draft_unless_somebody_has_changed_that()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Task("a"));
        await editions.PublishAsync(Task("b"));
        (await firm.Ops.SendAsync(HttpMethod.Post, $"sops/{Key}/versions/1/draft", null, ("If-Match", "\"1\""))).Is(412, "stale");
        var draft = await firm.Ops.PostJson($"sops/{Key}/versions/1/draft");
        (draft.GetProperty("draft").GetBoolean(), draft.GetProperty("version").GetInt32()).ShouldBe((true, 2));
        draft.GetProperty("definition").GetProperty("steps")[0].GetProperty("id").GetString().ShouldBe("a");
        (await firm.Lead.SendAsync(HttpMethod.Post, $"sops/{Key}/versions/1/draft")).Is(403);
    }

    [Test]
    public async Task Two_versions_are_told_apart_step_by_step()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Task("a"), Task("b"), Task("gone"));
        await editions.PublishAsync(Task("b"), Task("a", "打电话"), Task("fresh"));
        var told = await firm.Ops.GetJson($"sops/{Key}/compare?from=1&to=2");
        var steps = told.GetProperty("steps").EnumerateArray().ToDictionary(s => s.GetProperty("step").GetString()!);
        Differences(steps["gone"]).ShouldBe(["removed"]);
        Differences(steps["fresh"]).ShouldBe(["added"]);
        Differences(steps["a"]).ShouldBe(["moved", "changed"]);
        var title = steps["a"].GetProperty("inputs").EnumerateArray().ShouldHaveSingleItem();
        title.GetProperty("path").GetString().ShouldBe("inputs.title");
        title.GetProperty("label").GetProperty("zh").GetString().ShouldNotBeNullOrEmpty();
        (title.GetProperty("before").GetProperty("zh").GetString(), title.GetProperty("after").GetProperty("zh").GetString()).ShouldBe(("做", "打电话"));
        steps["fresh"].GetProperty("placeAfter").GetProperty("after").GetString().ShouldBe("a");
    }

    [Test]
    public async Task The_draft_is_compared_with_what_is_published()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await firm.Ops.PutJson($"sops/{Key}", editions.Sop(Task("a")));
        (await firm.Ops.SendAsync(HttpMethod.Get, $"sops/{Key}/compare")).Is(409, "sop.notPublished");
        await firm.Ops.PostJson($"sops/{Key}/publish");
        (await firm.Ops.GetJson($"sops/{Key}/compare")).GetProperty("steps").GetArrayLength().ShouldBe(0);
        await firm.Ops.PutJson($"sops/{Key}", JsonSerializer.Serialize(editions.Sop(Task("a"))).Replace("Edition", "New edition", StringComparison.Ordinal));
        var told = await firm.Ops.GetJson($"sops/{Key}/compare");
        told.GetProperty("head").EnumerateArray().ShouldHaveSingleItem().GetProperty("path").GetString().ShouldBe("name");
        told.GetProperty("to").GetProperty("version").ValueKind.ShouldBe(JsonValueKind.Null);
        (await firm.Rep.SendAsync(HttpMethod.Get, $"sops/{Key}/compare")).Is(403);
    }

    private static string?[] Differences(JsonElement step) => [.. step.GetProperty("differences").EnumerateArray().Select(d => d.GetString())];
}
