using Crm.Sales.Activities;
using Crm.Sales.Contacts;
using Crm.Sales.Customers;
using Crm.Sales.Discounts;
using Crm.Sales.Opportunities;
using Crm.Sales.Products;
using Crm.Sales.Quotes;
using Crm.Shared.Records;

namespace Crm.Sales;

internal sealed class SalesTypes : IRecordTypes
{
    public IEnumerable<RecordType> Types =>
    [
        CustomerType.Type, ContactType.Type, OpportunityType.Type, OpportunityType.LineType, ProductType.Type,
        QuoteType.Type, QuoteType.LineType, ActivityType.Type, DiscountAuthorityType.Type,
    ];
}
