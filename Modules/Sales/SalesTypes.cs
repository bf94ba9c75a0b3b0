using Crm.Sales.Activities;
using Crm.Sales.Contacts;
using Crm.Sales.Customers;
using Crm.Sales.Discounts;
using Crm.Sales.Opportunities;
using Crm.Sales.Products;
using Crm.Sales.Quotes;
using Crm.Shared;
using Crm.Shared.Records;
using Crm.Shared.Settings;

namespace Crm.Sales;

internal sealed class SalesTypes(CrmOptions options) : IRecordTypes
{
    private const string Currency = "currency";

    private static readonly RecordType[] All =
    [
        CustomerType.Type, ContactType.Type, OpportunityType.Type, OpportunityType.LineType, ProductType.Type,
        QuoteType.Type, QuoteType.LineType, ActivityType.Type, DiscountAuthorityType.Type,
    ];

    public IEnumerable<RecordType> Types => All.Select(t => t.Find(Currency) is null ? t : t with { Fields = [.. t.Fields.Select(Ours)] });

    /// <summary>What is new is in the company's own currency.</summary>
    private Field Ours(Field field) => field.Key != Currency ? field
        : field.Options.Any(o => o.Key == options.Currency) ? field with { Default = options.Currency }
        : throw new SettingException($"Crm:Currency must be one of {string.Join(", ", field.Options.Select(o => o.Key))}.");
}
