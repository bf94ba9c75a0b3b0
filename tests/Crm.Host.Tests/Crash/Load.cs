using System.Globalization;
using System.Text.Json;
using Crm.Testing;

namespace Crm.Host.Tests.Crash;

/// <summary>A small company at work, through the API, whether the host is there or not.</summary>
internal sealed class Load
{
    /// <summary>For each lead: counts, mails, calls outside, waits, counts again.</summary>
    private const string Round = """
        {
          "key": "round", "name": { "zh": "往返", "en": "Round" }, "record": "lead",
          "triggers": [{ "kind": "created" }],
          "steps": [
            { "id": "one", "kind": "score", "inputs": { "add": 1 } },
            { "id": "mail", "kind": "mail", "inputs": { "to": { "path": "email" }, "subject": "您好", "body": "{{name}}" } },
            { "id": "call", "kind": "http", "inputs": { "url": "ADDRESS{{name}}", "body": {} } },
            { "id": "rest", "kind": "wait", "inputs": { "until": { "in": { "plain": "PT1S" } } } },
            { "id": "two", "kind": "score", "inputs": { "add": 1 } }
          ]
        }
        """;

    private readonly HostProcess host;
    private readonly HostClient rep;
    private readonly HostClient chief;
    private readonly string customer;
    private readonly string product;
    private int leads;

    private Load(HostProcess host, (HostClient Client, string Id) rep, (HostClient Client, string Id) mate, HostClient chief, string customer, string product)
    {
        (this.host, this.rep, this.chief, this.customer, this.product) = (host, rep.Client, chief, customer, product);
        Pool = new(host.Admin, rep, mate, chief);
        Imports = new(host.Admin);
    }

    public Pool Pool { get; }
    public Imports Imports { get; }

    /// <summary>Leads that the host has taken.</summary>
    public int Leads => leads + Pool.Leads + Imports.Good("lead");

    public static async Task<Load> PrepareAsync(HostProcess host, Outside outside)
    {
        await host.SetUpAsync();
        var company = (await host.Admin.SendAsync(HttpMethod.Get, "units?limit=1")).GetProperty("items")[0].GetProperty("id").GetString();
        var unit = await IdAsync(host.Admin, "units", new { name = "华东", parent = company });
        var (chief, chiefId) = await host.HireAsync("王经理", "chief@example.com", unit, "salesManager");
        var rep = await host.HireAsync("李销售", "rep@example.com", unit, "rep");
        var mate = await host.HireAsync("赵销售", "mate@example.com", unit, "rep");
        await host.Admin.SendAsync(HttpMethod.Patch, $"units/{unit}", new { manager = chiefId });
        await IdAsync(host.Admin, "discountAuthorities", new { role = "rep", own = 10, superior = 20 });
        var product = await IdAsync(host.Admin, "products", new { name = "服务器", code = "SRV", price = 1000, cost = 600 });
        var customer = await IdAsync(rep.Client, "customers", new { name = "东方制造" });
        await host.PublishAsync("lead-assignment");
        await host.PublishAsync("quote-approval");
        await host.PublishAsync("round", JsonDocument.Parse(Round.Replace("ADDRESS", outside.System.Address.ToString(), StringComparison.Ordinal)).RootElement);
        return new(host, rep, mate, chief, customer, product);
    }

    public Task RunAsync(int seed, CancellationToken stop) => Task.WhenAll(
        Task.Run(() => SendLeadsAsync("a", stop), CancellationToken.None), Task.Run(() => SendLeadsAsync("b", stop), CancellationToken.None),
        Task.Run(() => CompleteTasksAsync(new Random(seed), stop), CancellationToken.None),
        Task.Run(() => Pool.RunAsync(stop), CancellationToken.None), Task.Run(() => Pool.ConvertQualifiedAsync(stop), CancellationToken.None), Task.Run(() => Imports.RunAsync(stop), CancellationToken.None),
        Task.Run(() => SubmitQuotesAsync(stop), CancellationToken.None), Task.Run(() => DecideAsync(new Random(seed + 1), stop), CancellationToken.None));

    private async Task SendLeadsAsync(string line, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var name = $"{line}{n}";
            // Not given up halfway: an answer that never came may still be a lead.
            if (await host.Admin.InsistAsync(HttpMethod.Post, "leads", new { name, email = $"{name}@example.com", externalId = name }, CancellationToken.None, name) is not null) Interlocked.Increment(ref leads);
            await Task.Delay(80, CancellationToken.None);
        }
    }

    private async Task CompleteTasksAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var task in Items(await chief.InsistAsync(HttpMethod.Get, "tasks?mine=true&state=open&limit=20", null, stop)))
            {
                var soon = DateTime.UtcNow.AddSeconds(1).ToString("O", CultureInfo.InvariantCulture);
                object done = random.Next(3) switch
                {
                    0 => new { outcome = "notReached", answers = new { nextTryAt = soon } },
                    1 => new { outcome = "invalid", answers = new { invalidReason = "noNeed" } },
                    _ => new { outcome = "interested", answers = new { need = "一套", budget = 1000, timing = "now" } },
                };
                await chief.InsistAsync(HttpMethod.Post, $"tasks/{task}/complete", done, stop);
            }
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private async Task SubmitQuotesAsync(CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var body = new { title = $"报价{n}", customer, lines = new[] { new { product, quantity = 1, lineDiscount = 15 } } };
            if (await rep.InsistAsync(HttpMethod.Post, "quotes", body, CancellationToken.None, $"quote{n}") is { } quote)
                // Under a key: sent back meanwhile, a quote may be submitted again, and would be by whoever only did not hear that it had worked.
                await rep.InsistAsync(HttpMethod.Post, $"quotes/{quote.GetProperty("id").GetString()}/submit", null, CancellationToken.None, $"submit{n}");
            await Task.Delay(150, CancellationToken.None);
        }
    }

    private async Task DecideAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var approval in Items(await chief.InsistAsync(HttpMethod.Get, "approvals?mine=true&state=open&limit=20", null, stop)))
                await chief.InsistAsync(HttpMethod.Post, $"approvals/{approval}/{(random.Next(4) switch { 0 => "reject", 1 => "return", _ => "approve" })}", new { comment = "看过了" }, stop);
            await Task.Delay(50, CancellationToken.None);
        }
    }

    public static IEnumerable<string> Items(JsonElement? page) => page is { } found ? [.. found.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)] : [];

    private static async Task<string> IdAsync(HostClient client, string plural, object body) => (await client.SendAsync(HttpMethod.Post, plural, body)).GetProperty("id").GetString()!;
}
