using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Host.Live;

/// <summary>Tells open pages which record changed, not what in it: they fetch it through the doors that check what they may see. Imports tell the type only.</summary>
internal sealed class RecordHints(Session session, ILive live) : INotificationHandler<RecordChanged>
{
    public Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        var change = notification.Change;
        var hint = change.Actor.Source is Source.Import or Source.Demo
            ? new LiveHint("record", change.Type.Key, null, "updated")
            : new LiveHint("record", change.Type.Key, change.After.Id, change.Kind switch { ChangeKind.Created => "created", ChangeKind.Deleted => "removed", _ => "updated" });
        session.AfterCommit(() => live.TellReaders(hint));
        return Task.CompletedTask;
    }
}
