using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Sales.Quotes;

/// <summary>A new draft with the content of a quote; no approval comes along.</summary>
internal sealed record CopyQuote(Guid Quote) : ICommand<Record>;

internal sealed class CopyQuoteHandler(IRecords records, CurrentActor actor) : IRequestHandler<CopyQuote, Record>
{
    public async Task<Record> Handle(CopyQuote request, CancellationToken cancellationToken)
    {
        var quote = await records.ForActAsync(actor.Value, QuoteType.Key, request.Quote, cancellationToken, $"{QuoteType.Key}.create");
        var values = QuoteContent.Copy(quote);
        values["title"] = quote["title"];
        values["contact"] = quote["contact"];
        values["copyOf"] = quote.Id;
        values["owner"] = actor.Value.UserId ?? quote.Owner;
        return await records.CreateAsync(QuoteType.Key, values, WriteOptions.AsFeature(), cancellationToken);
    }
}

internal static class CopyEndpoint
{
    public static void MapCopy(this IEndpointRouteBuilder quotes) =>
        quotes.MapPost("/{id:guid}/copy", async (Guid id, HttpContext http, IMediator mediator, RecordPresenter presenter) =>
            await presenter.ShowAsync(await mediator.Send(new CopyQuote(id), http.RequestAborted), http, StatusCodes.Status201Created));
}
