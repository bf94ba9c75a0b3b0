using Crm.Sales.Opportunities;
using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Sales;

/// <summary>What is open and what was won this month, of the actor's own.</summary>
internal sealed class SalesNumbers(IRecords records, ICatalogueSource source, CurrentActor actor) : INumbers
{
    public async Task<IReadOnlyDictionary<string, decimal>> ReadAsync(CancellationToken ct)
    {
        if (actor.Value.UserId is not { } me || !actor.Value.Can($"{OpportunityType.Key}.read")) return new Dictionary<string, decimal>();
        var type = source.Current[OpportunityType.Key];
        var won = new And([type.Is("stage", Stages.Won), new Condition("closedOn", [type.Find("closedOn")!], FilterOp.Within, [new Period("thisMonth")])]);
        var open = new Condition("stage", [type.Find("stage")!], FilterOp.NotIn, [new Literal(Stages.Won), new Literal(Stages.Lost)]);
        // One read: what is not of interest is never counted, and stages tell the rest apart.
        var groups = await records.GroupAsync(new(OpportunityType.Key) { Filter = new And([type.Is("owner", me), new Or([open, won])]) }, "stage", "amount", ct);
        var closed = groups.Where(g => g.Key == Stages.Won).ToArray();
        var living = groups.Where(g => g.Key != Stages.Won).ToArray();
        return new Dictionary<string, decimal>
        {
            ["opportunitiesOpen"] = living.Sum(g => g.Count),
            ["opportunityAmount"] = living.Sum(g => g.Sum),
            ["wonThisMonth"] = closed.Sum(g => g.Count),
            ["wonAmountThisMonth"] = closed.Sum(g => g.Sum),
        };
    }
}
