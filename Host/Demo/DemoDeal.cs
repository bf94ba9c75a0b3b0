using Crm.Shared.Records;

namespace Crm.Host.Demo;

/// <summary>The life of one opportunity: stages with calls between them, a quote on the way, won or lost in the end.</summary>
internal sealed class DemoDeal(DemoData data, DemoOffice office, DemoNames names, Random random, DemoYear year)
{
    private static readonly string[] Path = ["propose", "quote", "negotiate"];
    private static readonly string[] Reasons = ["price", "competitor", "noBudget", "noDecision", "fit"];

    private Guid opportunity;
    private Guid quote;
    private Guid owner;

    public void Plan(DateTime from, Guid by, Guid customer, Guid? existing)
    {
        owner = by;
        var at = from;
        if (existing is { } known) opportunity = known;
        else year.At(at = year.Later(at, 0.05), owner, (_, records) => OpenAsync(records, customer));
        if (existing is not null) year.At(at = year.Later(at, 0.05), owner, (_, records) => ValueAsync(records));
        // Where it ends is known from the start. What began long ago is nearly always decided by now.
        var (lost, won) = (year.End - from).TotalDays > 90 ? (44, 53) : (22, 22);
        var fate = random.Next(100);
        var steps = fate < lost || fate >= lost + won ? random.Next(0, 4) : 3;
        foreach (var stage in Path.Take(steps))
        {
            at = year.Later(at, 3 + random.Next(14));
            year.At(at, owner, CallAsync);
            var moved = at;
            year.At(year.Later(moved, 0.02), owner, (services, _) => DemoActs.MoveAsync(services, opportunity, stage, null));
            if (stage == "quote") year.At(year.Later(moved, 0.2), owner, (services, records) => QuoteAsync(services, records, customer, Discount()));
        }
        at = year.Later(at, 5 + random.Next(20));
        if (fate < lost) year.At(at, owner, (services, _) => DemoActs.MoveAsync(services, opportunity, "lost", names.Of(Reasons)));
        else if (fate < lost + won) year.At(at, owner, WinAsync);
    }

    /// <summary>A quote that only a superior may approve, and that still waits for it.</summary>
    public void PlanWaiting(DateTime at, Guid by, Guid customer)
    {
        owner = by;
        year.At(at, owner, (_, records) => OpenAsync(records, customer));
        year.At(at.AddMinutes(5), owner, (services, _) => DemoActs.MoveAsync(services, opportunity, "quote", null));
        year.At(at.AddMinutes(10), owner, (services, records) => QuoteAsync(services, records, customer, discount: 14));
    }

    private async Task OpenAsync(IRecords records, Guid customer)
    {
        var name = (await records.FindAsync("customer", customer, default))!.Name;
        opportunity = await DemoLead.CreateAsync(records, "opportunity", ("name", $"{name} {names.Of(["二期扩建", "年度续约", "新产线", "传感器增补", "质检升级"])}"), ("customer", customer));
        await ValueAsync(records);
    }

    private Task ValueAsync(IRecords records) => records.UpdateAsync("opportunity", opportunity, new Dictionary<string, object?>
    {
        ["lines"] = Lines("discount", 0),
        ["closeDate"] = DateOnly.FromDateTime(office.Clock.Now.AddDays(30 + random.Next(50))),
    }, WriteOptions.None, default);

    private async Task CallAsync(IServiceProvider services, IRecords records) =>
        await DemoLead.CreateAsync(records, "activity", ("kind", names.Of(["call", "visit", "meeting", "call"])), ("subject", names.Of(data.Calls)), ("opportunity", opportunity), ("happenedAt", office.Clock.Now));

    // Most discounts lie within the rep's authority; some need the superior, a few the director.
    private int Discount() => random.Next(100) switch { < 60 => random.Next(0, 8), < 88 => random.Next(9, 18), _ => random.Next(19, 30) };

    private async Task QuoteAsync(IServiceProvider services, IRecords records, Guid customer, int discount)
    {
        var alone = !year.Sops;
        quote = await DemoLead.CreateAsync(records, "quote", ("title", names.Of(["智能化改造方案报价", "设备联网报价", "MES 实施报价", "年度服务报价"])),
            ("opportunity", opportunity), ("customer", customer), ("lines", Lines("lineDiscount", discount)), ("validUntil", DateOnly.FromDateTime(office.Clock.Now.AddDays(30))));
        await DemoActs.SubmitAsync(services, quote);
        year.At(year.Later(office.Clock.Now, 0.3), null, (s, r) => DemoActs.SettleAsync(s, r, quote, alone));
        year.At(year.Later(office.Clock.Now, 1.2), owner, (s, r) => DemoActs.SendAsync(s, r, quote));
    }

    private async Task WinAsync(IServiceProvider services, IRecords records)
    {
        await DemoActs.MoveAsync(services, opportunity, "won", null);
        await DemoActs.AcceptAsync(services, records, quote);
    }

    private List<IReadOnlyDictionary<string, object?>> Lines(string discountField, int discount) =>
        [.. data.Products.OrderBy(_ => random.Next()).Take(1 + random.Next(3)).Select(p => (IReadOnlyDictionary<string, object?>)new Dictionary<string, object?>
        {
            ["product"] = office.Products[p.Code],
            ["quantity"] = (decimal)(p.Category == "软件" ? 1 + random.Next(2) : 2 + random.Next(18)),
            [discountField] = (decimal)discount,
        })];
}
