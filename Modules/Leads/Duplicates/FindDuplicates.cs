using System.Text.Json.Nodes;
using Crm.Sales.Contracts;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Leads.Duplicates;

/// <summary>Leads, customers and contacts that may be the same as a lead, and by what.</summary>
internal sealed record FindDuplicates(Guid Lead) : IQuery<IReadOnlyList<Known>>;

internal sealed class FindDuplicatesHandler(IRecords records, IMediator mediator, ICatalogueSource source) : IRequestHandler<FindDuplicates, IReadOnlyList<Known>>
{
    private static readonly string[] Marks = ["phone", "email", "company"];
    private const int Most = 20;

    public async Task<IReadOnlyList<Known>> Handle(FindDuplicates request, CancellationToken cancellationToken)
    {
        var lead = await records.GetAsync(LeadType.Key, request.Lead, cancellationToken);
        var known = await mediator.Send(new FindKnown(lead.Text("phone"), lead.Text("email"), lead.Text("company")), cancellationToken);
        return [.. await LeadsAsync(lead, cancellationToken), .. known];
    }

    private async Task<IEnumerable<Known>> LeadsAsync(Record lead, CancellationToken ct)
    {
        var type = source.Current[LeadType.Key];
        var given = Marks.Where(m => lead.Text(m) is not null).ToArray();
        if (given.Length == 0) return [];
        var same = new Or([.. given.Select(m => new Condition(m, [type.Find(m)!], FilterOp.Eq, [new Literal(lead.Text(m)!)]))]);
        var page = await records.ListAsync(new(LeadType.Key) { Filter = same, Limit = Most + 1 }, ct);
        return page.Items.Where(r => r.Id != lead.Id).Take(Most)
            .Select(r => new Known(r, [.. given.Where(m => string.Equals(r.Text(m), lead.Text(m), StringComparison.OrdinalIgnoreCase))]));
    }
}

internal static class DuplicatesEndpoint
{
    public static void MapDuplicates(this IEndpointRouteBuilder leads) =>
        leads.MapGet("/{id:guid}/duplicates", async (Guid id, HttpContext http, IMediator mediator, RecordPresenter presenter) =>
        {
            var items = new JsonArray();
            foreach (var group in (await mediator.Send(new FindDuplicates(id), http.RequestAborted)).GroupBy(k => k.Record.Type))
            {
                var shown = await presenter.PresentAsync(group.Key, [.. group.Select(k => k.Record)], null, http.RequestAborted);
                foreach (var (record, known) in shown.Zip(group))
                    items.Add(new JsonObject { ["type"] = group.Key.Key, ["by"] = new JsonArray([.. known.By.Select(b => (JsonNode)b)]), ["record"] = record });
            }
            return Results.Json(new JsonObject { ["items"] = items });
        });
}
