using Crm.Sales.Contacts;
using Crm.Sales.Contracts;
using Crm.Sales.Customers;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using MediatR;

namespace Crm.Sales.Opportunities;

internal sealed class OpenDealHandler(IRecords records, ICatalogueSource source) : IRequestHandler<OpenDeal, OpenedDeal>
{
    public async Task<OpenedDeal> Handle(OpenDeal request, CancellationToken cancellationToken)
    {
        var customer = await FindCustomerAsync(request, cancellationToken);
        var customerId = customer ?? (await NewCustomerAsync(request, cancellationToken)).Id;
        var contact = customer is null ? null : await FindContactAsync(request, customerId, cancellationToken);
        var contactId = contact ?? (await NewContactAsync(request, customerId, first: customer is null, cancellationToken)).Id;
        var deal = await NewOpportunityAsync(request, customerId, contactId, cancellationToken);
        return new(customerId, contactId, deal.Id, customer is null, contact is null);
    }

    private async Task<Guid?> FindCustomerAsync(OpenDeal deal, CancellationToken ct)
    {
        if (deal.ExistingCustomer is { } id) return (await records.GetAsync(CustomerType.Key, id, ct)).Id;
        // A person's name says too little to take two for one.
        return deal.IsPerson ? null : await FirstAsync(CustomerType.Key, [("name", deal.CustomerName)], ct);
    }

    private async Task<Guid?> FindContactAsync(OpenDeal deal, Guid customer, CancellationToken ct)
    {
        foreach (var (field, value) in new[] { ("phone", deal.Phone), ("email", deal.Email), ("name", deal.ContactName) })
            if (value is not null && await FirstAsync(ContactType.Key, [("customer", customer), (field, value)], ct) is { } found) return found;
        return null;
    }

    private async Task<Guid?> FirstAsync(string type, (string Field, object Value)[] wanted, CancellationToken ct)
    {
        var recordType = source.Current[type];
        var page = await records.ListAsync(new(type) { Filter = new And([.. wanted.Select(w => recordType.Is(w.Field, w.Value))]), Sort = ["createdAt"], Limit = 1 }, ct);
        return page.Items.Count == 0 ? null : page.Items[0].Id;
    }

    private Task<Record> NewCustomerAsync(OpenDeal deal, CancellationToken ct) => records.CreateAsync(CustomerType.Key, new Dictionary<string, object?>
    {
        ["name"] = deal.CustomerName,
        ["kind"] = deal.IsPerson ? "person" : "organisation",
        ["phone"] = deal.IsPerson ? deal.Phone : null,
        ["email"] = deal.IsPerson ? deal.Email : null,
        ["region"] = deal.Region,
        ["industry"] = deal.Industry,
        ["source"] = deal.Source,
        ["owner"] = deal.Owner,
    }, WriteOptions.None, ct);

    private Task<Record> NewContactAsync(OpenDeal deal, Guid customer, bool first, CancellationToken ct) => records.CreateAsync(ContactType.Key, new Dictionary<string, object?>
    {
        ["name"] = deal.ContactName,
        ["customer"] = customer,
        ["title"] = deal.Title,
        ["phone"] = deal.Phone,
        ["email"] = deal.Email,
        ["wechat"] = deal.Wechat,
        ["isPrimary"] = first,
    }, WriteOptions.None, ct);

    private Task<Record> NewOpportunityAsync(OpenDeal deal, Guid customer, Guid contact, CancellationToken ct) => records.CreateAsync(OpportunityType.Key, new Dictionary<string, object?>
    {
        ["name"] = deal.OpportunityName ?? deal.CustomerName,
        ["customer"] = customer,
        ["contact"] = contact,
        ["amount"] = deal.Amount,
        ["source"] = deal.Source,
        ["lead"] = deal.Lead == Guid.Empty ? null : deal.Lead,
        ["note"] = deal.Note,
        ["owner"] = deal.Owner,
    }, WriteOptions.None, ct);
}
