using Crm.Shared.Records;
using MediatR;

namespace Crm.Leads;

/// <summary>Logging a call, visit or message on a lead is contact with it; a note is not.</summary>
internal sealed class LastContact(IRecords records) : INotificationHandler<RecordChanged>
{
    public async Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        var activity = notification.Change.After;
        if (activity.Type.Key != "activity" || notification.Change.Kind != ChangeKind.Created || activity.Text("kind") == "note") return;
        if (activity.Reference(LeadType.Key) is not { } id || activity["happenedAt"] is not DateTime at) return;
        if (await records.FindAsync(LeadType.Key, id, cancellationToken) is not { Deleted: false } lead || lead["lastContactAt"] is DateTime last && last >= at) return;
        await records.UpdateAsync(LeadType.Key, id, new Dictionary<string, object?> { ["lastContactAt"] = at }, WriteOptions.AsFeature(), cancellationToken);
    }
}
