using Crm.Shared.Data;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Sales.Contacts;

/// <summary>A customer has one primary contact: naming another takes the mark from the one before.</summary>
internal sealed class PrimaryContact(Session session, IRecords records) : INotificationHandler<RecordChanged>
{
    public async Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        var contact = notification.Change.After;
        if (contact.Type.Key != ContactType.Key || !notification.Change.Became("isPrimary", true)) return;
        if (contact.Reference("customer") is not { } customer) return;
        await session.HoldAsync("sales_customer", customer, cancellationToken);
        var others = await session.QueryAsync<Guid>(
            "SELECT id FROM sales_contact WHERE customer_id = @customer AND is_primary = 1 AND deleted_at IS NULL AND id <> @id",
            new { customer, id = contact.Id }, cancellationToken);
        foreach (var other in others)
            await records.UpdateAsync(ContactType.Key, other, new Dictionary<string, object?> { ["isPrimary"] = false }, WriteOptions.AsFeature(), cancellationToken);
    }
}
