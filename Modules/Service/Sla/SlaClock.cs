using Crm.Service.Tickets;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Shared.Time;

namespace Crm.Service.Sla;

/// <summary>When a target is due, and when to warn of it.</summary>
internal sealed record SlaTimes(DateTime WarnAt, DateTime Due);

/// <summary>Counts a ticket's deadlines in business time from when it was opened; what it waited for the customer does not count towards its solution.</summary>
internal sealed class SlaClock(SlaBook book, Lazy<IRecords> records, ICatalogueSource catalogue, IDirectory directory, ICalendarSource calendars, CrmOptions options, TimeProvider time)
{
    public static readonly IReadOnlyList<string> Targets = [SlaPolicyType.Response, SlaPolicyType.Resolution];

    /// <summary>Sets what follows from the change: policy, pause, deadlines, standing.</summary>
    public async Task SetAsync(RecordChange change, CancellationToken ct)
    {
        var ticket = change.After;
        await PauseAsync(ticket, ct);
        // What is over keeps the deadlines that it was measured by.
        if (ticket["resolvedAt"] is null)
        {
            var policy = await PolicyAsync(ticket, ct);
            ticket["policy"] = policy?.Id;
            foreach (var target in Targets) ticket[DueOf(target)] = policy is null ? null : (await TimesAsync(ticket, policy, target, ct))?.Due;
        }
        ticket["sla"] = Standing(ticket, moved: Targets.Any(t => change.Changed(DueOf(t))));
    }

    public Task<SlaPolicy?> PolicyAsync(Record ticket, CancellationToken ct) =>
        book.ForAsync(ticket, records.Value, catalogue.Current, new(null, null, time.UtcNow(), options.Zone), ct);

    /// <summary>Null where the policy sets no target.</summary>
    public async Task<SlaTimes?> TimesAsync(Record ticket, SlaPolicy policy, string target, CancellationToken ct)
    {
        if (policy.HoursOf(target, ticket.Text("priority") ?? "normal") is not { } hours) return null;
        var rules = await RulesAsync(ticket, ct);
        var from = ticket.Get<DateTime>("createdAt");
        var paused = target == SlaPolicyType.Resolution ? ticket.Get<long>("pausedMinutes") / 60.0 : 0;
        DateTime After(double share) => Stored.Whole(BusinessClock.Add(rules, from, BusinessDuration.Hours((double)hours * share + paused)));
        return new(After(policy.WarnPercent / 100.0), After(1));
    }

    /// <summary>Whether the target still has to be met and its clock runs.</summary>
    public static bool Runs(Record ticket, string target) => !ticket.Deleted && ticket[DueOf(target)] is not null && ticket["resolvedAt"] is null
        && (target == SlaPolicyType.Response ? ticket["respondedAt"] is null : ticket.Text("status") != TicketStatus.Waiting);

    public static string DueOf(string target) => target == SlaPolicyType.Response ? "responseDue" : "resolutionDue";

    private async Task PauseAsync(Record ticket, CancellationToken ct)
    {
        var now = time.UtcNow();
        if (ticket.Text("status") == TicketStatus.Waiting) ticket["pausedAt"] ??= now;
        else if (ticket["pausedAt"] is DateTime since)
        {
            ticket["pausedMinutes"] = ticket.Get<long>("pausedMinutes") + (long)Math.Round(BusinessClock.Between(await RulesAsync(ticket, ct), since, now).TotalMinutes);
            ticket["pausedAt"] = null;
        }
    }

    /// <summary>What nobody has taken yet goes by the hours of the whole company.</summary>
    private async Task<CalendarRules> RulesAsync(Record ticket, CancellationToken ct) =>
        await calendars.ForAsync(ticket.Unit ?? (await directory.ReadAsync(ct)).Units.FirstOrDefault(u => u.ParentId is null)?.Id, ct);

    /// <summary>A breach stays one; a warning is forgotten when time was won.</summary>
    private string? Standing(Record ticket, bool moved)
    {
        if (Late(ticket, "responseDue", "respondedAt") || Late(ticket, "resolutionDue", "resolvedAt")) return "breached";
        if (ticket["responseDue"] is null && ticket["resolutionDue"] is null) return null;
        if (ticket["resolvedAt"] is not null) return "met";
        return ticket.Text("sla") == "warned" && !moved ? "warned" : "running";
    }

    private bool Late(Record ticket, string due, string done) => ticket[due] is DateTime at && (ticket[done] is DateTime met ? met > at : time.UtcNow() >= at);
}
