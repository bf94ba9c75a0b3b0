using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using MediatR;

namespace Crm.Sales.Quotes;

/// <summary>A change that no approval forbade has taken a waiting quote back to a draft: nobody shall decide on what was submitted before, and have it count for what is submitted next.</summary>
internal sealed class ChangedWhileWaiting(IMediator mediator) : INotificationHandler<RecordChanged>
{
    public async Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        var change = notification.Change;
        if (change.Type.Key != QuoteType.Key || change.Before?.Text("status") != QuoteStatus.Pending || change.After.Text("statusReason") != QuoteStatus.Changed) return;
        await mediator.Send(new EndApprovals(change.After.Id, new("quote.changedWhileWaiting")), cancellationToken);
    }
}
