using System.Text.Json;
using Crm.Shared.Data;

namespace Crm.Host.Demo;

/// <summary>The words the demo company is made of: db/demo/company.json.</summary>
internal sealed record DemoData(
    string Company, DemoUnit[] Units, DemoPerson[] People, DemoProduct[] Products, DemoAuthority[] Authorities,
    Dictionary<string, string[]> Cities, string[] Words, Dictionary<string, string[]> Trades,
    string Surnames, string[] Given, string[] Titles, string[] Needs, string[] Calls)
{
    public static DemoData Read()
    {
        using var stream = typeof(DemoData).Assembly.GetManifestResourceStream("demo/company.json")!;
        return JsonSerializer.Deserialize<DemoData>(stream, Stored.Json)!;
    }
}

internal sealed record DemoUnit(string Key, string Name, string? Region, string? Parent);

internal sealed record DemoPerson(string Name, string Email, string Unit, string Position, string[] Roles, string? Heads);

internal sealed record DemoProduct(string Code, string Name, string Category, string Unit, decimal Price, decimal Cost);

internal sealed record DemoAuthority(string Role, string? Category, decimal Own, decimal Superior);
