using Crm.Sales.Contacts;
using Crm.Sales.Products;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Sales.Opportunities;

/// <summary>Keeps an opportunity true to its stage: probability, dates, why it was lost; and its amount to its lines.</summary>
internal sealed class OpportunityRule(Session session, ContactCustomer contacts, ProductPrices products, TimeProvider time, CrmOptions options) : IRecordRule
{
    /// <summary>Kind of the change that a move makes; only such may open a closed opportunity again.</summary>
    public const string Moved = "moved";

    public string RecordType => OpportunityType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Kind is ChangeKind.Deleted or ChangeKind.Restored) return;
        await FillAsync(change, ct);
        await PriceAsync(change, ct);
        if (change.Before is null || change.Changed("stage")) EnterStage(change);
        if (change.After.Text("stage") != Stages.Lost) (change.After["lostReason"], change.After["lostNote"]) = (null, null);
        else if (change.After["lostReason"] is null) Lost(change);
    }

    private void EnterStage(RecordChange change)
    {
        var deal = change.After;
        if (Stages.IsClosed(change.Before?.Text("stage")) && change.Options.Kind != Moved) throw Problem.Conflict("opportunity.closed");
        deal["probability"] = Stages.Probability(deal.Text("stage"));
        deal["stageChangedAt"] = time.UtcNow();
        deal["startedOn"] ??= Today;
        // Imported deals bring the day they were closed on.
        if (!Stages.IsClosed(deal.Text("stage"))) deal["closedOn"] = null;
        else if (change.Before is not null && !change.Changed("closedOn") || deal["closedOn"] is null) deal["closedOn"] = Today;
    }

    private static void Lost(RecordChange change)
    {
        // Old systems seldom kept the reason; a person who closes a deal today knows it.
        if (change.Actor.Source == Source.Import) change.After["lostReason"] = "unrecorded";
        else change.Wrong("lostReason", "opportunity.lostReason");
    }

    private async Task PriceAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Before is not null && !change.Changed("lines"))
        {
            if (change.Changed("amount") && change.After.Lines().Count > 0) change.After["amount"] = change.Before["amount"];
            return;
        }
        var lines = change.After.Lines().Select(l => l.ToDictionary()).ToArray();
        if (lines.Length == 0) return;
        var known = await products.ReadAsync(lines.Select(SalesRecord.Product).OfType<Guid>(), ct);
        foreach (var line in lines)
        {
            line["price"] = line.GetValueOrDefault("price") ?? (line.Product() is { } id ? known.GetValueOrDefault(id)?.Price : null);
            line["amount"] = Math.Round(line.Number("quantity") * line.Number("price") * (100m - line.Number("discount")) / 100m, 2, MidpointRounding.AwayFromZero);
        }
        change.After["lines"] = lines;
        change.After["amount"] = lines.Sum(l => l.Number("amount"));
    }

    private async Task FillAsync(RecordChange change, CancellationToken ct)
    {
        var deal = change.After;
        await contacts.CheckAsync(change, ct);
        deal["name"] ??= await NameAsync(deal, ct);
    }

    /// <summary>A deal that came without a name is called after customer and product.</summary>
    private async Task<string?> NameAsync(Record deal, CancellationToken ct)
    {
        var customer = deal.Reference("customer") is { } c ? await session.FirstAsync<string>("SELECT name FROM sales_customer WHERE id = @c", new { c }, ct) : null;
        var product = deal.Reference("product") is { } p ? await session.FirstAsync<string>("SELECT name FROM sales_product WHERE id = @p", new { p }, ct) : null;
        var name = string.Join(" · ", new[] { customer, product, customer is null ? deal.Text("externalId") : null }.OfType<string>());
        return name.Length == 0 ? null : name.Length <= 200 ? name : name[..200];
    }

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), options.Zone).DateTime);
}
