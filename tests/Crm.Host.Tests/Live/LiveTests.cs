using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;

namespace Crm.Host.Tests.Live;

internal sealed class LiveTests
{
    private TestCrm crm = null!;
    private TestClient rep = null!, service = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        crm = await TestCrm.StartAsync();
        rep = (await crm.PersonAsync("销售", crm.RootUnit, BuiltInRole.Rep)).Client;
        service = (await crm.PersonAsync("客服", crm.RootUnit, BuiltInRole.ServiceAgent)).Client;
    }

    [OneTimeTearDown]
    public async Task Stop() => await crm.DisposeAsync();

    [Test, CancelAfter(30_000)]
    public async Task An_open_page_hears_which_record_changed_and_nothing_more(CancellationToken ct)
    {
        using var page = await ListenAsync(rep, ct);
        var id = await crm.Admin.CreateAsync("leads", new { name = "有声" });
        var hint = await NextAsync(page, ct);
        hint.EnumerateObject().Select(p => p.Name).ShouldBe(["kind", "type", "id", "change"]);
        hint.GetProperty("kind").GetString().ShouldBe("record");
        hint.GetProperty("id").GetGuid().ShouldBe(id);
        hint.GetProperty("change").GetString().ShouldBe("created");
    }

    [Test, CancelAfter(30_000)]
    public async Task Who_may_not_read_a_type_hears_nothing_of_it(CancellationToken ct)
    {
        using var page = await ListenAsync(service, ct);
        await crm.Admin.CreateAsync("leads", new { name = "听不到" });
        var customer = await crm.Admin.CreateAsync("customers", new { name = "听得到" });
        (await NextAsync(page, ct)).GetProperty("id").GetGuid().ShouldBe(customer);
    }

    [Test, CancelAfter(30_000)]
    public async Task Whose_scope_does_not_hold_a_record_hears_nothing_of_it(CancellationToken ct)
    {
        var colleague = (await crm.PersonAsync("同事", crm.RootUnit, BuiltInRole.Rep)).User.Id;
        using var page = await ListenAsync(rep, ct);
        var theirs = await crm.Admin.CreateAsync("leads", new { name = "同事的", owner = colleague });
        await crm.Admin.PatchJson($"leads/{theirs}", new { score = 1 });
        var mine = await crm.Admin.CreateAsync("leads", new { name = "我的", owner = rep.UserId });
        (await NextAsync(page, ct)).GetProperty("id").GetGuid().ShouldBe(mine);

        await crm.Admin.PatchJson($"leads/{mine}", new { owner = colleague });
        (await NextAsync(page, ct)).GetProperty("change").GetString().ShouldBe("updated", "who loses a record hears of it");
        await crm.Admin.PatchJson($"leads/{mine}", new { score = 2 });
        await crm.Admin.PatchJson($"leads/{theirs}", new { owner = rep.UserId });
        (await NextAsync(page, ct)).GetProperty("id").GetGuid().ShouldBe(theirs, "who gets one hears of it, and of nothing in between");
    }

    [Test, CancelAfter(30_000)]
    public async Task Where_the_scope_comes_by_way_of_another_record_only_the_type_is_told(CancellationToken ct)
    {
        var customer = await crm.Admin.CreateAsync("customers", new { name = "某客户", owner = crm.Admin.UserId });
        using var page = await ListenAsync(rep, ct);
        await crm.Admin.CreateAsync("contacts", new { name = "某人", customer });
        var hint = await NextAsync(page, ct);
        (hint.GetProperty("type").GetString(), hint.GetProperty("id").ValueKind).ShouldBe(("contact", JsonValueKind.Null));
    }

    private static async Task<StreamReader> ListenAsync(TestClient client, CancellationToken ct)
    {
        var stream = await client.Http.GetStreamAsync(new Uri("/api/v1/live", UriKind.Relative), ct);
        var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(ct)).ShouldBe(": here");
        return reader;
    }

    private static async Task<JsonElement> NextAsync(StreamReader reader, CancellationToken ct)
    {
        while (true)
            if (await reader.ReadLineAsync(ct) is { } line && line.StartsWith("data: ", StringComparison.Ordinal)) return JsonDocument.Parse(line[6..]).RootElement;
    }
}
