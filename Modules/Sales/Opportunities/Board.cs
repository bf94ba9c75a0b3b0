using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Sales.Opportunities;

/// <summary>The opportunities of a filter by stage: what each column comes to and its newest cards.</summary>
internal sealed record ReadBoard(string? Filter, string? Search) : IQuery<JsonObject>;

internal sealed class ReadBoardHandler(IRecords records, RecordPresenter presenter, ICatalogueSource source, CurrentActor actor) : IRequestHandler<ReadBoard, JsonObject>
{
    private const int Cards = 50;

    public async Task<JsonObject> Handle(ReadBoard request, CancellationToken cancellationToken)
    {
        var type = source.Current[OpportunityType.Key];
        var wanted = request.Filter is { Length: > 0 } json ? FilterParser.Parse(json, type, source.Current) : new And([]);
        var all = new RecordQuery(OpportunityType.Key) { Filter = wanted, Search = request.Search };
        var sums = (await records.GroupAsync(all, "stage", "amount", cancellationToken)).ToDictionary(g => g.Key ?? "");
        var pages = new List<(Option Stage, RecordPage Page)>();
        foreach (var stage in Stages.Options)
            pages.Add((stage, sums.ContainsKey(stage.Key)
                ? await records.ListAsync(all with { Filter = new And([wanted, type.Is("stage", stage.Key)]), Sort = ["-stageChangedAt"], Limit = Cards }, cancellationToken)
                : new([], null)));
        // All cards at once, so that names are read once and not per column.
        var cards = await presenter.PresentAsync(type, [.. pages.SelectMany(p => p.Page.Items)], null, cancellationToken);
        var columns = new JsonArray();
        var taken = 0;
        foreach (var (stage, page) in pages)
        {
            var sum = sums.GetValueOrDefault(stage.Key);
            columns.Add(new JsonObject
            {
                ["stage"] = stage.Key,
                ["label"] = stage.Label.In(actor.Value.Locale),
                ["count"] = sum?.Count ?? 0,
                ["amount"] = sum?.Sum ?? 0m,
                ["items"] = new JsonArray([.. cards.Skip(taken).Take(page.Items.Count)]),
                ["next"] = page.Next,
            });
            taken += page.Items.Count;
        }
        return new JsonObject { ["columns"] = columns };
    }
}

internal static class BoardEndpoint
{
    public static void MapBoard(this IEndpointRouteBuilder opportunities) =>
        opportunities.MapGet("/board", async (string? filter, string? q, HttpContext http, IMediator mediator) =>
            Results.Json(await mediator.Send(new ReadBoard(filter, q), http.RequestAborted)));
}
