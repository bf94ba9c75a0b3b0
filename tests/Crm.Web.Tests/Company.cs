using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;
using Crm.Workflows.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Web.Tests;

/// <summary>A branch with a rep and a manager, a director and sales ops, with all shipped SOPs running on the real clock.</summary>
internal sealed class Company : IAsyncDisposable
{
    public required TestCrm Crm { get; init; }
    public required TestUser Rep { get; init; }
    public required TestUser Manager { get; init; }
    public required TestUser Ops { get; init; }
    public required TestUser Director { get; init; }
    public Guid Server { get; private set; }

    public static async Task<Company> StartAsync()
    {
        var crm = await TestCrm.StartAsync(o => (o.Browser, o.Work, o.RealTime) = (true, true, true));
        var east = await crm.UnitAsync("华东", crm.RootUnit, region: "华东");
        var company = new Company
        {
            Crm = crm,
            Rep = await crm.UserAsync("李销售", east, BuiltInRole.Rep),
            Manager = await crm.UserAsync("王经理", east, BuiltInRole.SalesManager, BuiltInRole.Approver),
            Ops = await crm.UserAsync("周运营", crm.RootUnit, BuiltInRole.SalesOps),
            Director = await crm.UserAsync("陈总监", crm.RootUnit, BuiltInRole.SalesDirector, BuiltInRole.Approver),
        };
        await crm.Admin.PatchJson($"units/{east}", new { manager = company.Manager.Id });
        await crm.Admin.PatchJson($"units/{crm.RootUnit}", new { manager = company.Director.Id });
        await crm.Admin.CreateAsync("discountAuthorities", new { role = "rep", own = 8, superior = 18 });
        company.Server = await crm.Admin.CreateAsync("products", new { name = "服务器", code = "SRV", price = 1000, cost = 600 });
        await crm.RunAsync(services =>
        {
            var shipped = services.GetRequiredService<IShippedSops>();
            return shipped.PublishAsync(shipped.Keys, CancellationToken.None);
        });
        return company;
    }

    public async Task<Guid> LeadAsync(string name, string company) =>
        await Crm.Admin.CreateAsync("leads", new { name, company, phone = "138" + Random.Shared.Next(10_000_000, 99_999_999), region = "east" });

    /// <summary>A draft of the rep's with one line at this discount.</summary>
    public async Task<Guid> QuoteAsync(string title, decimal discount)
    {
        var rep = await Crm.ClientAsync(Rep);
        var customer = await rep.CreateAsync("customers", new { name = title + "的客户" });
        return await rep.CreateAsync("quotes", new { title, customer, lines = new[] { new { product = Server, quantity = 2, lineDiscount = discount } } });
    }

    public async Task<string?> StatusAsync(string plural, Guid id) => (await Crm.Admin.GetJson($"{plural}/{id}")).GetProperty("status").GetString();

    public ValueTask DisposeAsync() => Crm.DisposeAsync();
}
