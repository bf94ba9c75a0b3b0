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
        // Who may see a record by way of another one is not known here; then nothing but the type is told.
        var hint = change.Actor.Source is Source.Import or Source.Demo || change.Type.ScopeVia is not null
            ? new LiveHint("record", change.Type.Key, null, "updated")
            : new LiveHint("record", change.Type.Key, change.After.Id, change.Kind switch { ChangeKind.Created => "created", ChangeKind.Deleted => "removed", _ => "updated" });
        var whose = hint.Id is null || !change.Type.Owned ? null : Whose(change);
        session.AfterCommit(() => live.TellReaders(hint, whose));
        return Task.CompletedTask;
    }

    /// <summary>Whose it is, and whose it was: who loses it hears of it too.</summary>
    private static List<Belonging> Whose(RecordChange change) =>
        [.. new[] { change.Before, change.After }.OfType<Record>().Select(r => new Belonging(r.Owner, r.Unit)).Distinct()];
}
