using Crm.Service.Sla;
using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Service.Tickets;

/// <summary>What holds for a ticket by whatever door it comes: when it was answered and solved is told by its status, its deadlines by its policy.</summary>
internal sealed class TicketRule(Lazy<IRecords> records, SlaClock clock, TimeProvider time) : IRecordRule
{
    public string RecordType => TicketType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Kind is ChangeKind.Deleted or ChangeKind.Restored) return;
        var ticket = change.After;
        if (ticket.Reference("customer") is null && ticket.Reference("contact") is { } contact) ticket["customer"] = (await records.Value.FindAsync("contact", contact, ct))?.Reference("customer");
        // Taking a ticket is beginning to work on it.
        if (ticket.Text("status") == TicketStatus.New && change.Before is not null && change.Changed("owner") && ticket.Owner is not null) ticket["status"] = TicketStatus.Working;
        Stamp(change);
        await clock.SetAsync(change, ct);
    }

    private void Stamp(RecordChange change)
    {
        var (ticket, now) = (change.After, time.UtcNow());
        var status = ticket.Text("status");
        if (!change.Changed("status")) return;
        // Whoever moves it on, or asks back, has answered; taking it is no answer yet.
        if (status is TicketStatus.Waiting or TicketStatus.Resolved or TicketStatus.Closed) ticket["respondedAt"] ??= now;
        if (TicketStatus.IsOpen(status)) ticket["resolvedAt"] = null;
        else ticket["resolvedAt"] ??= now;
    }
}
