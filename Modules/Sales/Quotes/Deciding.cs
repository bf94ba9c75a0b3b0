using Crm.Sales.Contracts;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Sales.Quotes;

internal sealed class DecideQuoteHandler(IRecords records) : IRequestHandler<DecideQuote, Unit>
{
    public async Task<Unit> Handle(DecideQuote request, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, object?> { ["status"] = QuoteStatus.Draft, ["statusReason"] = QuoteStatus.Returned };
        if (request.Decision != QuoteDecision.Returned)
            values = new() { ["status"] = request.Decision == QuoteDecision.Approved ? QuoteStatus.Approved : QuoteStatus.Rejected };
        var quote = await records.FindAsync(QuoteType.Key, request.Quote, cancellationToken) ?? throw Shared.Problems.Problem.NotFound(QuoteType.Key, request.Quote);
        // A quote that was reworked meanwhile is nobody's to decide.
        if (quote.Text("status") != QuoteStatus.Pending) throw Shared.Problems.Problem.Conflict("quote.notWaiting", quote.Name);
        var kind = request.Decision switch { QuoteDecision.Approved => "approved", QuoteDecision.Rejected => "rejected", _ => "returned" };
        await records.UpdateAsync(QuoteType.Key, request.Quote, values, WriteOptions.AsFeature(kind, request.Note) with { Version = quote.Version }, cancellationToken);
        return Unit.Value;
    }
}
