using Crm.Sales.Quotes;

namespace Crm.Sales.Tests.Quotes;

public sealed class QuoteStatusTests
{
    private static readonly string[] All = [.. QuoteStatus.Options.Select(o => o.Key)];

    [Test]
    public void Only_what_waits_for_approval_can_be_approved() =>
        All.Where(from => QuoteStatus.Leads(from, QuoteStatus.Approved)).ShouldBe([QuoteStatus.Pending]);

    [Test]
    public void Only_what_is_approved_can_be_sent() =>
        All.Where(from => QuoteStatus.Leads(from, QuoteStatus.Sent)).ShouldBe([QuoteStatus.Approved]);

    [Test]
    public void What_the_customer_accepted_stays() =>
        All.ShouldAllBe(to => !QuoteStatus.Leads(QuoteStatus.Accepted, to));

    [Test]
    public void Every_other_status_leads_back_to_a_draft() =>
        All.Except([QuoteStatus.Draft, QuoteStatus.Accepted]).ShouldAllBe(from => QuoteStatus.Leads(from, QuoteStatus.Draft));
}
