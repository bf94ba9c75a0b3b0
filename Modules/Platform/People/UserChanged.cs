using Crm.Platform.SignIn;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Platform.People;

/// <summary>What goes with a change of a person, in the same transaction.</summary>
internal sealed class UserChanged(Credentials credentials, OwnedRecords owned) : INotificationHandler<RecordChanged>
{
    public async Task Handle(RecordChanged notification, CancellationToken ct)
    {
        var change = notification.Change;
        if (change.Type.Key != "user") return;
        var user = change.After;
        if (change.Kind == ChangeKind.Created) await credentials.CreateAsync(user.Id, ct);
        if (change.Kind == ChangeKind.Deleted || change.Became("active", false)) await credentials.EndAllAsync(user.Id, ct);
        if (change.Kind == ChangeKind.Updated && change.Changed("unit")) await owned.MoveAsync(user.Id, user.Reference("unit"), ct);
    }
}
