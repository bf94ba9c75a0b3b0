using Crm.Shared.Records;
using MediatR;

namespace Crm.Service.Tickets;

/// <summary>Logging a call, visit or message on a ticket answers it; a note does not.</summary>
internal sealed class FirstAnswer(IRecords records) : INotificationHandler<RecordChanged>
{
    public async Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        var activity = notification.Change.After;
        if (activity.Type.Key != "activity" || notification.Change.Kind != ChangeKind.Created || activity.Text("kind") == "note") return;
        if (activity.Reference(TicketType.Key) is not { } id || activity["happenedAt"] is not DateTime at) return;
        if (await records.FindAsync(TicketType.Key, id, cancellationToken) is not { Deleted: false } ticket || ticket["respondedAt"] is not null) return;
        var values = new Dictionary<string, object?> { ["respondedAt"] = at };
        if (ticket.Text("status") == TicketStatus.New) values["status"] = TicketStatus.Working;
        await records.UpdateAsync(TicketType.Key, id, values, WriteOptions.AsFeature(), cancellationToken);
    }
}
