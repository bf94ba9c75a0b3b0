using System.Collections.Concurrent;
using System.Text.Json;
using Crm.Testing;

namespace Crm.Host.Tests.Crash;

/// <summary>Leads that two reps claim at the same moment, and leads that two people convert at once, each as long as it takes to hear an answer.</summary>
internal sealed class Pool(HostClient admin, (HostClient Client, string Id) rep, (HostClient Client, string Id) mate, HostClient chief)
{
    private int leads;

    /// <summary>Leads that the host has taken for the pool.</summary>
    public int Leads => leads;

    /// <summary>By lead: whom the host has told that it is his.</summary>
    public ConcurrentDictionary<string, string[]> Claims { get; } = [];

    /// <summary>By lead: what the host said it was converted to, once for each who was told so.</summary>
    public ConcurrentDictionary<string, Deal[]> Conversions { get; } = [];

    public async Task RunAsync(CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            // Met in person: no first contact is left to be made, so nobody assigns it.
            var body = new { name = $"p{n}", email = $"p{n}@example.com", externalId = $"p{n}", status = "qualified" };
            if (await admin.InsistAsync(HttpMethod.Post, "leads", body, CancellationToken.None, $"p{n}") is not { } made) continue;
            leads++;
            var lead = made.GetProperty("id").GetString()!;
            Claims[lead] = [.. (await Task.WhenAll(ClaimAsync(rep, lead), ClaimAsync(mate, lead))).OfType<string>()];
            await ConvertAsync(lead, Claims[lead] is [var owner] && owner == mate.Id ? mate.Client : rep.Client, chief);
            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>What became of first contacts.</summary>
    public async Task ConvertQualifiedAsync(CancellationToken stop)
    {
        const string Mine = """leads?limit=20&filter={"and":[{"field":"owner","op":"eq","value":{"$":"me"}},{"field":"status","op":"eq","value":"qualified"}]}""";
        while (!stop.IsCancellationRequested)
        {
            foreach (var lead in Load.Items(await chief.InsistAsync(HttpMethod.Get, Mine, null, stop))) await ConvertAsync(lead, chief);
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private static async Task<string?> ClaimAsync((HostClient Client, string Id) who, string lead) =>
        await who.Client.InsistAsync(HttpMethod.Post, $"leads/{lead}/claim", null, CancellationToken.None, $"claim-{lead}") is null ? null : who.Id;

    private async Task ConvertAsync(string lead, params HostClient[] people)
    {
        var answers = await Task.WhenAll(people.Select(p => p.InsistAsync(HttpMethod.Post, $"leads/{lead}/convert", new { customerName = $"客户 {lead}" }, CancellationToken.None, $"convert-{lead}")));
        Conversions[lead] = [.. answers.OfType<JsonElement>().Select(a => new Deal(a.GetProperty("customer").GetString()!, a.GetProperty("contact").GetString()!, a.GetProperty("opportunity").GetString()!))];
    }

    internal sealed record Deal(string Customer, string Contact, string Opportunity);
}
