using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;

namespace Crm.Sales.Tests;

/// <summary>A small company over the real API: a rep, the rep's manager, sales ops, three products, a customer, and who may give what discount.</summary>
internal sealed class Company : IAsyncDisposable
{
    public required TestCrm Crm { get; init; }
    public required TestClient Rep { get; init; }
    public required TestClient Manager { get; init; }
    public required TestClient Ops { get; init; }
    public Guid Server { get; private set; }
    public Guid Service { get; private set; }
    public Guid Old { get; private set; }
    public Guid Customer { get; private set; }

    public static async Task<Company> StartAsync()
    {
        var crm = await TestCrm.StartAsync();
        var east = await crm.UnitAsync("华东", crm.RootUnit);
        var company = new Company
        {
            Crm = crm,
            Rep = (await crm.PersonAsync("李销售", east, BuiltInRole.Rep)).Client,
            Manager = (await crm.PersonAsync("王经理", east, BuiltInRole.SalesManager)).Client,
            Ops = (await crm.PersonAsync("周运营", crm.RootUnit, BuiltInRole.SalesOps)).Client,
        };
        company.Server = await crm.Admin.CreateAsync("products", new { name = "服务器", code = "SRV", category = "硬件", price = 1000, cost = 600 });
        company.Service = await crm.Admin.CreateAsync("products", new { name = "实施服务", code = "SVC", category = "服务", price = 500, cost = 200 });
        company.Old = await crm.Admin.CreateAsync("products", new { name = "旧型号", code = "OLD", price = 100, active = false });
        await crm.Admin.CreateAsync("discountAuthorities", new { role = "rep", own = 10, superior = 20 });
        await crm.Admin.CreateAsync("discountAuthorities", new { role = "rep", category = "服务", own = 5, superior = 8 });
        await crm.Admin.CreateAsync("discountAuthorities", new { role = "salesManager", own = 20, superior = 30 });
        company.Customer = await company.Rep.CreateAsync("customers", new { name = "东方制造" });
        return company;
    }

    public object Line(Guid product, decimal lineDiscount = 0, decimal quantity = 1, decimal? price = null) => new { product, quantity, price, lineDiscount };

    public Task<Guid> QuoteAsync(params object[] lines) => Rep.CreateAsync("quotes", new { title = "设备报价", customer = Customer, lines });

    public async Task<Guid> SubmittedAsync(decimal lineDiscount)
    {
        var id = await QuoteAsync(Line(Server, lineDiscount));
        await Rep.PostJson($"quotes/{id}/submit");
        return id;
    }

    public async Task<string?> StatusAsync(Guid quote) => (await Rep.GetJson($"quotes/{quote}")).GetProperty("status").GetString();

    public ValueTask DisposeAsync() => Crm.DisposeAsync();
}

internal static class JsonReading
{
    public static string? Text(this JsonElement json, string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    public static decimal Number(this JsonElement json, string name) => json.GetProperty(name).GetDecimal();
}
