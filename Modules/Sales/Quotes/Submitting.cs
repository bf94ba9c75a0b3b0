using Crm.Sales.Contracts;
using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Sales.Quotes;

internal sealed class StepQuoteHandler(IRecords records, CurrentActor actor) : IRequestHandler<StepQuote, Record>
{
    public async Task<Record> Handle(StepQuote request, CancellationToken cancellationToken)
    {
        var quote = await records.ForActAsync(actor.Value, QuoteType.Key, request.Quote, cancellationToken);
        var step = WriteOptions.AsFeature(request.Kind, request.Note) with { Version = request.Version ?? quote.Version };
        return await records.UpdateAsync(QuoteType.Key, quote.Id, new Dictionary<string, object?> { ["status"] = request.Status }, step, cancellationToken);
    }
}

/// <summary>A word to go with a step.</summary>
internal sealed record StepNote(string? Note = null);

internal static class QuoteStepEndpoints
{
    public static void MapQuoteSteps(this IEndpointRouteBuilder quotes)
    {
        quotes.MapStep("submit", QuoteStatus.Pending, "submitted");
        quotes.MapStep("send", QuoteStatus.Sent, "sent");
        quotes.MapStep("accept", QuoteStatus.Accepted, "accepted");
        quotes.MapStep("decline", QuoteStatus.Declined, "declined");
    }

    private static void MapStep(this IEndpointRouteBuilder quotes, string path, string status, string kind) =>
        quotes.MapPost($"/{{id:guid}}/{path}", async (Guid id, StepNote? body, HttpContext http, IMediator mediator, RecordPresenter presenter) =>
            await presenter.ShowAsync(await mediator.Send(new StepQuote(id, status, kind, body?.Note, Versions.IfMatch(http.Request)), http.RequestAborted), http));
}
