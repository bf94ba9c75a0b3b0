using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;

namespace Crm.Leads.Tests;

/// <summary>Two reps of one branch, their manager and marketing, over the real API.</summary>
internal sealed class Company : IAsyncDisposable
{
    public required TestCrm Crm { get; init; }
    public required TestClient Rep { get; init; }
    public required TestClient Other { get; init; }
    public required TestClient Manager { get; init; }
    public required TestClient Marketing { get; init; }

    public static async Task<Company> StartAsync(Action<TestCrmOptions>? configure = null)
    {
        var crm = await TestCrm.StartAsync(configure);
        var east = await crm.UnitAsync("华东", crm.RootUnit, region: "east");
        return new Company
        {
            Crm = crm,
            Rep = (await crm.PersonAsync("李销售", east, BuiltInRole.Rep)).Client,
            Other = (await crm.PersonAsync("孙销售", east, BuiltInRole.Rep)).Client,
            Manager = (await crm.PersonAsync("王经理", east, BuiltInRole.SalesManager)).Client,
            Marketing = (await crm.PersonAsync("钱市场", crm.RootUnit, BuiltInRole.Marketing)).Client,
        };
    }

    /// <summary>A lead in the pool.</summary>
    public Task<Guid> LeadAsync(object? lead = null) => Marketing.CreateAsync("leads", lead ?? new { name = "张三", company = "新锐科技", phone = "13800138000" });

    public async Task<Guid> OwnedLeadAsync(object? lead = null)
    {
        var id = await LeadAsync(lead);
        await Rep.PostJson($"leads/{id}/claim");
        return id;
    }

    public ValueTask DisposeAsync() => Crm.DisposeAsync();
}

internal static class JsonReading
{
    public static string? Text(this JsonElement json, string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    public static Guid? Reference(this JsonElement json, string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.Object } reference ? reference.GetProperty("id").GetGuid() : null;
}
