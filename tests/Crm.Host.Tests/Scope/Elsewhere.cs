using System.Net.Http.Headers;
using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;
using Crm.Workflows.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Host.Tests.Scope;

/// <summary>A company with one of everything that has an id, all of it another branch's than that of the rep who asks.</summary>
internal sealed class Elsewhere : IAsyncDisposable
{
    /// <summary>Sends a mail, then may not reach what it calls: a run with an incident.</summary>
    private static readonly object Broken = new
    {
        key = "broken", name = new { zh = "坏流程", en = "Broken" }, record = "lead",
        triggers = new object[] { new { kind = "button", inputs = new { label = new { zh = "同步", en = "Send" } } } },
        steps = new object[]
        {
            new { id = "mail", kind = "mail", inputs = new { to = new { path = "email" }, subject = "您好", body = "{{name}}" } },
            new { id = "call", kind = "http", inputs = new { method = "POST", url = "http://10.0.0.9/leads" } },
        },
    };

    public required TestCrm Crm { get; init; }
    /// <summary>Has a rep's rights and nothing of what lies here.</summary>
    public TestClient Rep { get; private set; } = null!;
    /// <summary>By the part of the address before it: <c>leads</c>, <c>auth/tokens</c>.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    /// <summary>The id that fits into an address.</summary>
    public string IdAt(string address) => Ids[address == "sops/{key}/migrations/{id}" ? "migrations" : address[..(address.IndexOf('{', StringComparison.Ordinal) - 1)]];

    public static async Task<Elsewhere> StartAsync()
    {
        await using var sink = new PushSink();
        var there = new Elsewhere { Crm = await TestCrm.StartAsync(o => o.Settings["Crm:AllowedHosts:0"] = new Uri(sink.Endpoint).Authority) };
        var crm = there.Crm;
        await crm.RunAsync(s => s.GetRequiredService<IShippedSops>().PublishAsync(["lead-assignment", "quote-approval"], default));
        var (east, west) = (await crm.UnitAsync("华东", crm.RootUnit), await crm.UnitAsync("西部", crm.RootUnit));
        there.Rep = (await crm.PersonAsync("李东", east, BuiltInRole.Rep)).Client;
        var owner = (await crm.PersonAsync("赵西", west, BuiltInRole.Rep)).Client;
        var chief = (await crm.PersonAsync("周经理", west, BuiltInRole.SalesManager)).Client;
        await crm.Admin.PatchJson($"units/{west}", new { manager = chief.UserId });
        there.Ids["units"] = there.Ids["calendars"] = west.ToString();
        there.Ids["users"] = owner.UserId.ToString();
        await there.RecordsAsync(owner);
        await there.WorkAsync(owner, chief);
        await there.BelongingsAsync(owner, sink);
        return there;
    }

    /// <summary>The owner's records, and those of the company that a rep may not touch.</summary>
    private async Task RecordsAsync(TestClient owner)
    {
        var customer = await MakeAsync("customers", new { name = "西区客户", owner = owner.UserId });
        await MakeAsync("contacts", new { name = "西区联系人", customer });
        await MakeAsync("opportunities", new { name = "西区商机", customer, owner = owner.UserId });
        await MakeAsync("leads", new { name = "西区线索", email = "west@example.com", owner = owner.UserId });
        await MakeAsync("activities", new { kind = "call", subject = "西区来电", customer, owner = owner.UserId });
        await MakeAsync("tickets", new { subject = "西区报修", customer, owner = owner.UserId });
        var product = await MakeAsync("products", new { name = "服务器", code = "SRV", price = 1000, cost = 600 });
        await MakeAsync("discountAuthorities", new { role = "rep", own = 10, superior = 20 });
        await MakeAsync("quotes", new { title = "西区报价", customer, lines = new[] { new { product, quantity = 1, lineDiscount = 15 } } }, owner);
        await MakeAsync("tags", new { code = "key", name = "重点" });
        var hand = await MakeAsync("segments", new { code = "hand", name = "手选", target = "lead", kind = "hand" });
        await MakeAsync("campaigns", new { code = "fair", name = "展会", audience = hand });
        await MakeAsync("mailTemplates", new { code = "hello", name = "问候", subject = "您好", body = "<p>您好</p>" });
        await MakeAsync("slaPolicies", new { name = "标准" });
        await MakeAsync("webForms", new { slug = "west", title = "登记", fields = new[] { "name", "email" } });
    }

    private async Task WorkAsync(TestClient owner, TestClient chief)
    {
        await owner.PostJson($"quotes/{Ids["quotes"]}/submit");
        await Crm.Admin.PutJson("sops/broken", Broken);
        await Crm.Admin.PostJson("sops/broken/publish", new { note = "" });
        await Crm.Admin.PostJson("sops/broken/start", new { recordId = Ids["leads"] });
        for (var i = 0; i < 3; i++) await Crm.PassAsync(TimeSpan.FromMinutes(1));
        await Crm.Admin.PostJson("sops/broken/publish", new { note = "", running = "migrate" });
        await Crm.RunDueAsync();
        Ids["runs"] = await FirstAsync("runs?sop=broken");
        Ids["incidents"] = await FirstAsync("incidents/open");
        Ids["migrations"] = await FirstAsync("sops/broken/migrations");
        Ids["outbox"] = (await Crm.ValueAsync<Guid>("SELECT id FROM platform_mail")).ToString();
        Ids["approvals"] = await FirstAsync("approvals?mine=true&state=open", chief);
        Ids["tasks"] = (await Crm.Admin.PostJson("tasks", new { title = "回访", recordType = "lead", recordId = Ids["leads"], assignee = owner.UserId })).GetProperty("id").GetString()!;
        Ids["quotas"] = (await Crm.Admin.PostJson("quotas", new { sop = "broken", per = "hour", most = 100 })).GetProperty("id").GetString()!;
        Ids["replays"] = (await Crm.Admin.PostJson("sops/broken/replay", new { version = "1", from = Crm.Time.GetUtcNow().AddDays(-1), to = Crm.Time.GetUtcNow() })).GetProperty("id").GetString()!;
    }

    private async Task BelongingsAsync(TestClient owner, PushSink sink)
    {
        Ids["absences"] = (await owner.PostJson("absences", new { from = Crm.Time.GetUtcNow().AddDays(3), to = Crm.Time.GetUtcNow().AddDays(4) })).GetProperty("id").GetString()!;
        Ids["auth/tokens"] = (await owner.PostJson("auth/tokens", new { name = "脚本" })).GetProperty("id").GetString()!;
        Ids["push/devices"] = (await owner.PostJson("push/devices", sink.Subscription())).GetProperty("id").GetString()!;
        Ids["views"] = (await owner.PostJson("views", new { type = "lead", name = "我的", columns = new[] { "name" } })).GetProperty("id").GetString()!;
        Ids["notifications"] = await FirstAsync("notifications", owner);
        using var form = new MultipartFormDataContent { { new StringContent("lead"), "type" } };
        var file = new StringContent("名称\n甲\n");
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", "leads.csv");
        Ids["imports"] = (await Crm.Admin.SendAsync(HttpMethod.Post, "imports", form)).Is(201).Json.GetProperty("id").GetString()!;
    }

    private async Task<Guid> MakeAsync(string plural, object body, TestClient? by = null)
    {
        var id = await (by ?? Crm.Admin).CreateAsync(plural, body);
        Ids[plural] = id.ToString();
        return id;
    }

    private async Task<string> FirstAsync(string path, TestClient? by = null) => (await (by ?? Crm.Admin).GetJson(path)).GetProperty("items")[0].GetProperty("id").GetString()!;

    public ValueTask DisposeAsync() => Crm.DisposeAsync();
}
