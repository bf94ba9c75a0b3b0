using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Host.Demo;

/// <summary>The company itself: units, people with passwords, products, discount authority.</summary>
internal sealed class DemoSetup(DemoData data, DemoOffice office, string domain)
{
    public const string Password = "Xinghai-2026";

    public async Task RunAsync(CancellationToken ct)
    {
        await office.TogetherAsync([.. data.Units.Select(Unit), .. data.People.Select(Person)], sops: false, ct);
        await office.TogetherAsync([.. data.People.Where(p => p.Heads is not null).Select(Head), .. data.People.Select(SetPassword)], sops: false, ct);
        await office.TogetherAsync([.. data.Products.Select(Product), Form()], sops: false, ct);
        // for categories that there are by now
        await office.TogetherAsync(data.Authorities.Select(Authority), sops: false, ct);
        office.Reps = data.People.Where(p => p.Roles.Contains("rep")).ToLookup(p => p.Unit, p => office.People[p.Email]);
    }

    public string Address(string email) => $"{email}@{domain}";

    private Deed Unit(DemoUnit unit) => new(office.Clock.Now, null, async (_, records) =>
        office.Units[unit.Key] = (await CreateAsync(records, "unit", ("name", unit.Name), ("region", unit.Region), ("parent", unit.Parent is { } parent ? office.Units[parent] : null))).Id);

    private Deed Person(DemoPerson person) => new(office.Clock.Now, null, async (_, records) =>
        office.People[person.Email] = (await CreateAsync(records, "user",
            ("name", person.Name), ("email", Address(person.Email)), ("unit", office.Units[person.Unit]), ("position", person.Position), ("roles", person.Roles))).Id);

    private Deed Head(DemoPerson person) => new(office.Clock.Now, null, (_, records) =>
        records.UpdateAsync("unit", office.Units[person.Heads!], new Dictionary<string, object?> { ["manager"] = office.People[person.Email] }, WriteOptions.None, default));

    private Deed SetPassword(DemoPerson person) => new(office.Clock.Now, null, (services, _) =>
        services.GetRequiredService<IPasswords>().SetAsync(office.People[person.Email], Password, default));

    private Deed Product(DemoProduct product) => new(office.Clock.Now, office.People["ops"], async (_, records) =>
        office.Products[product.Code] = (await CreateAsync(records, "product",
            ("code", product.Code), ("name", product.Name), ("category", product.Category), ("unit", product.Unit), ("price", product.Price), ("cost", product.Cost))).Id);

    private Deed Authority(DemoAuthority authority) => new(office.Clock.Now, null, (_, records) =>
        CreateAsync(records, "discountAuthority", ("role", authority.Role), ("category", authority.Category), ("own", authority.Own), ("superior", authority.Superior)));

    private Deed Form() => new(office.Clock.Now, null, (_, records) => CreateAsync(records, "form",
        ("slug", "demo"), ("title", "预约产品演示"), ("intro", "留下联系方式，工程师会在一个工作小时内与您联系。"),
        ("fields", new[] { "name", "company", "phone", "region", "industry", "need" }), ("requiredFields", new[] { "name", "phone" }),
        ("thanks", "谢谢！我们很快与您联系。")));

    private static Task<Record> CreateAsync(IRecords records, string type, params (string Key, object? Value)[] values) =>
        records.CreateAsync(type, values.ToDictionary(v => v.Key, v => v.Value), WriteOptions.None, default);
}
