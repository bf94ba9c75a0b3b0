using Crm.Sales.Contacts;
using Crm.Sales.Discounts;
using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Sales.Quotes;

/// <summary>The life of a quote, whoever changes it and by which door: a draft is priced as it is saved, a submitted one is bound to its content,
/// and content that changes after it was submitted makes it a draft again.</summary>
internal sealed class QuoteRule(QuotePricer pricer, ContactCustomer contacts, Session session, TimeProvider time, CrmOptions options) : IRecordRule
{
    private static readonly string[] Marks = ["submittedAt", "approvedAt", "sentAt", "answeredAt", "contentHash"];

    public string RecordType => QuoteType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Kind is ChangeKind.Deleted or ChangeKind.Restored) return;
        var quote = change.After;
        var from = change.Before?.Text("status") ?? QuoteStatus.Draft;
        // Born a draft, whatever an import or a copy brings along.
        if (change.Before is null) quote["status"] = QuoteStatus.Draft;
        await FillAsync(change, ct);
        var to = quote.Text("status") ?? QuoteStatus.Draft;
        if (from != to && !QuoteStatus.Leads(from, to)) throw Problem.Conflict("quote.cannot." + to);
        if (from == to && from != QuoteStatus.Draft && QuoteContent.Hash(quote) != quote.Text("contentHash"))
        {
            if (from == QuoteStatus.Accepted) throw Problem.Conflict("quote.accepted");
            (to, quote["statusReason"]) = (QuoteStatus.Draft, QuoteStatus.Changed);
        }
        if (to == QuoteStatus.Draft) Reopen(quote, from);
        if (to == QuoteStatus.Draft || to == QuoteStatus.Pending && from != to) await PriceAsync(change, ct);
        if (from != to) Enter(change, to);
    }

    private static void Reopen(Record quote, string from)
    {
        quote["status"] = QuoteStatus.Draft;
        if (from != QuoteStatus.Draft) foreach (var mark in Marks) quote[mark] = null;
    }

    private void Enter(RecordChange change, string to)
    {
        var (quote, now) = (change.After, time.UtcNow());
        switch (to)
        {
            case QuoteStatus.Pending:
                Submit(change, now);
                break;
            case QuoteStatus.Approved:
                if (QuoteContent.Hash(quote) != quote.Text("contentHash")) throw Problem.Conflict("quote.cannot.approved");
                (quote["approvedAt"], quote["statusReason"]) = (now, QuoteStatus.ByApproval);
                break;
            case QuoteStatus.Rejected:
                quote["statusReason"] = QuoteStatus.ByRejection;
                break;
            case QuoteStatus.Sent:
                if (quote["validUntil"] is DateOnly day && day < Today) throw Problem.Conflict("quote.past", Stored.Date(day));
                quote["sentAt"] = now;
                break;
            case QuoteStatus.Accepted or QuoteStatus.Declined:
                quote["answeredAt"] = now;
                break;
        }
    }

    private void Submit(RecordChange change, DateTime now)
    {
        var quote = change.After;
        if (quote.Lines().Count == 0) change.Wrong("lines", "quote.noLines");
        if (quote.Reference("customer") is null) change.Wrong("customer", "quote.noCustomer");
        if (quote["validUntil"] is DateOnly day && day < Today) change.Wrong("validUntil", "quote.past", Stored.Date(day));
        (quote["submittedAt"], quote["contentHash"], quote["statusReason"]) = (now, QuoteContent.Hash(quote), null);
        if (quote.Text("authority") != QuoteStatus.NoApproval) return;
        (quote["status"], quote["approvedAt"], quote["statusReason"]) = (QuoteStatus.Approved, now, QuoteStatus.WithinAuthority);
    }

    /// <summary>Whoever acts answers for the discount; where the system acts, the owner does.</summary>
    private async Task PriceAsync(RecordChange change, CancellationToken ct)
    {
        var quote = change.After;
        quote["discount"] ??= 0m;
        quote["taxRate"] ??= 0m;
        quote["currency"] ??= options.Currency;
        var kept = (change.Before?.Lines() ?? []).Select(SalesRecord.Product).OfType<Guid>().ToHashSet();
        var priced = await pricer.PriceAsync(
            new(quote.Lines(), quote.Text("currency"), quote.Amount("discount"), quote.Amount("taxRate")),
            change.Actor.UserId ?? quote.Owner, kept, change.Errors, ct);
        var totals = priced.Totals;
        quote["lines"] = priced.Lines;
        quote["subtotal"] = totals.Subtotal;
        quote["discountAmount"] = totals.DiscountAmount;
        quote["tax"] = totals.Tax;
        quote["total"] = totals.Total;
        quote["effectiveDiscount"] = totals.EffectiveDiscount;
        quote["strictestDiscount"] = totals.StrictestDiscount;
        quote["ownLimit"] = priced.Limits.Own;
        quote["cost"] = totals.Cost;
        quote["margin"] = totals.Margin;
        quote["authority"] = QuoteStatus.Authority(priced.Need);
    }

    private async Task FillAsync(RecordChange change, CancellationToken ct)
    {
        var quote = change.After;
        if (quote.Reference("opportunity") is { } id && (change.Changed("opportunity") || change.Changed("customer") || quote.Text("title") is null)
            && await session.FirstAsync<Opened>("SELECT name, customer_id, contact_id FROM sales_opportunity WHERE id = @id", new { id }, ct) is { } from)
        {
            quote["title"] ??= from.Name;
            if (quote.Reference("customer") is null) (quote["customer"], quote["contact"]) = (from.CustomerId, quote["contact"] ?? from.ContactId);
            if (from.CustomerId is { } theirs && theirs != quote.Reference("customer")) change.Wrong("opportunity", "quote.opportunityElsewhere");
        }
        await contacts.CheckAsync(change, ct);
    }

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), options.Zone).DateTime);

    private sealed class Opened
    {
        public string? Name { get; init; }
        public Guid? CustomerId { get; init; }
        public Guid? ContactId { get; init; }
    }
}
