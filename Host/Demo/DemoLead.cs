using Crm.Shared.Records;

namespace Crm.Host.Demo;

/// <summary>The life of one lead: it arrives, is called, and is converted, found invalid, or still open.</summary>
internal sealed class DemoLead(DemoData data, DemoOffice office, DemoNames names, Random random, DemoYear year)
{
    private static readonly (string Key, int Weight)[] Sources =
        [("webForm", 26), ("paidSearch", 18), ("exhibition", 16), ("referral", 12), ("organicSearch", 10), ("social", 8), ("phone", 6), ("partner", 4)];
    private static readonly string[] Reasons = ["wrongContact", "noNeed", "noNeed", "duplicate", "noBudget", "competitor", "unreachable"];

    private Guid id;

    /// <param name="bySop">Left without owner, for the SOP to assign and follow.</param>
    public void Plan(DateTime at, bool convert, bool bySop)
    {
        var region = names.Of(data.Cities.Keys.ToArray());
        var owner = names.Of(office.Reps[region].ToArray());
        year.At(at, bySop ? null : office.People["ops"], async (_, records) => id = (await records.CreateAsync("lead", Values(region, bySop ? null : owner), WriteOptions.None, default)).Id);
        if (bySop) return;
        var called = year.Later(at, random.NextDouble() * 1.5);
        year.At(called, owner, CallAsync);
        if (convert) year.At(year.Later(called, 1 + random.Next(9)), owner, (services, records) => ConvertAsync(services, records, owner));
        else if (random.Next(100) < 38) year.At(year.Later(called, 1 + random.Next(20)), owner, (_, records) => InvalidAsync(records));
        else if (random.Next(100) < 45) year.At(year.Later(called, 2 + random.Next(12)), owner, (_, records) => QualifiedAsync(records));
    }

    public static async Task<Guid> CustomerAsync(IRecords records, DemoNames names, DemoData data, string region)
    {
        var firm = names.NewFirm(region);
        var customer = await CreateAsync(records, "customer", ("name", firm.Name), ("region", firm.Region), ("industry", firm.Industry),
            ("level", names.Of(["A", "B", "B", "C", "C", "C"])), ("size", names.Of(["small", "medium", "medium", "large"])), ("source", "referral"));
        await CreateAsync(records, "contact", ("name", names.Person()), ("customer", customer), ("title", names.Of(data.Titles)), ("phone", names.Phone()), ("isPrimary", true));
        return customer;
    }

    internal static async Task<Guid> CreateAsync(IRecords records, string type, params (string Key, object? Value)[] values) =>
        (await records.CreateAsync(type, values.ToDictionary(v => v.Key, v => v.Value), WriteOptions.None, default)).Id;

    private Dictionary<string, object?> Values(string region, Guid? owner)
    {
        var firm = names.NewFirm(region);
        return new()
        {
            ["name"] = names.Person(),
            ["company"] = firm.Name,
            ["title"] = names.Of(data.Titles),
            ["phone"] = names.Phone(),
            ["region"] = firm.Region,
            ["industry"] = firm.Industry,
            ["source"] = Source(),
            ["score"] = (long)(20 + random.Next(80)),
            ["owner"] = owner,
        };
    }

    private async Task CallAsync(IServiceProvider services, IRecords records)
    {
        await CreateAsync(records, "activity", ("kind", "call"), ("subject", "首次电话"), ("content", names.Of(data.Calls)), ("lead", id), ("happenedAt", office.Clock.Now));
        await UpdateAsync(records, ("status", "contacting"));
    }

    private Task QualifiedAsync(IRecords records) => UpdateAsync(records,
        ("status", "qualified"), ("need", names.Of(data.Needs)), ("budget", random.Next(5, 80) * 10_000m), ("timing", names.Of(["now", "quarter", "halfYear"])));

    private Task InvalidAsync(IRecords records) => UpdateAsync(records, ("status", "invalid"), ("invalidReason", names.Of(Reasons)));

    private async Task ConvertAsync(IServiceProvider services, IRecords records, Guid owner)
    {
        await QualifiedAsync(records);
        var lead = (await records.FindAsync("lead", id, default))!;
        var converted = await DemoActs.ConvertAsync(services, lead, $"{lead.Text("company")} {names.Of(["产线联网", "MES 项目", "质检升级", "能耗管理", "设备运维"])}");
        year.Known(converted.Customer, owner);
        new DemoDeal(data, office, names, random, year).Plan(office.Clock.Now, owner, converted.Customer, converted.Opportunity);
    }

    private Task UpdateAsync(IRecords records, params (string Key, object? Value)[] values) =>
        records.UpdateAsync("lead", id, values.ToDictionary(v => v.Key, v => v.Value), WriteOptions.None, default);

    private string Source()
    {
        var at = random.Next(Sources.Sum(s => s.Weight));
        return Sources.First(s => (at -= s.Weight) < 0).Key;
    }
}
