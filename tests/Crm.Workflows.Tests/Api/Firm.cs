using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;
using Crm.Workflows.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Api;

/// <summary>The real host with a branch of five people and the SOPs that come with the product.</summary>
internal sealed class Firm : IAsyncDisposable
{
    public TestCrm Crm { get; private init; } = null!;
    public TestClient Rep { get; private set; } = null!;
    public TestClient Lead { get; private set; } = null!;
    public TestClient Director { get; private set; } = null!;
    public TestClient Ops { get; private set; } = null!;

    public static async Task<Firm> StartAsync(params string[] sops)
    {
        var firm = new Firm { Crm = await TestCrm.StartAsync() };
        var crm = firm.Crm;
        var (director, directing) = await crm.PersonAsync("林总监", crm.RootUnit, BuiltInRole.SalesDirector);
        await crm.Admin.PatchJson($"units/{crm.RootUnit}", new { manager = director.Id });
        var east = await crm.UnitAsync("华东", crm.RootUnit, region: "east");
        var (lead, leading) = await crm.PersonAsync("陈经理", east, BuiltInRole.SalesManager);
        await crm.Admin.PatchJson($"units/{east}", new { manager = lead.Id });
        (_, firm.Rep) = await crm.PersonAsync("李销售", east, BuiltInRole.Rep);
        (_, firm.Ops) = await crm.PersonAsync("周运营", crm.RootUnit, BuiltInRole.SalesOps);
        (firm.Lead, firm.Director) = (leading, directing);
        if (sops.Length > 0) await crm.RunAsync(s => s.GetRequiredService<IShippedSops>().PublishAsync(sops, default));
        return firm;
    }

    public async Task<JsonElement> OnlyAsync(TestClient client, string path) => (await client.GetJson(path)).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();

    public ValueTask DisposeAsync() => Crm.DisposeAsync();
}
