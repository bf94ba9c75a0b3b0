using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Sales.Contacts;

/// <summary>A deal or quote with one of a customer's people is that customer's: takes the customer from the contact where none is named, and refuses another.</summary>
internal sealed class ContactCustomer(Session session)
{
    public async Task CheckAsync(RecordChange change, CancellationToken ct)
    {
        var record = change.After;
        if (record.Reference("contact") is not { } contact || !change.Changed("contact") && !change.Changed("customer")) return;
        var at = await session.FirstAsync<Guid?>("SELECT customer_id FROM sales_contact WHERE id = @contact", new { contact }, ct);
        record["customer"] ??= at;
        if (at is not null && at != record.Reference("customer")) change.Wrong("contact", "opportunity.contactElsewhere");
    }
}
