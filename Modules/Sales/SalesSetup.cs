using Crm.Sales.Activities;
using Crm.Sales.Contacts;
using Crm.Sales.Customers;
using Crm.Sales.Discounts;
using Crm.Sales.Opportunities;
using Crm.Sales.Products;
using Crm.Sales.Quotes;
using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Sales;

/// <summary>Composes the module: customers, contacts, products, opportunities, quotes, activities.</summary>
public static class SalesSetup
{
    public static IServiceCollection AddSales(this IServiceCollection services) => services
        .AddSingleton<IRecordTypes, SalesTypes>()
        .AddSingleton<IPermissions, SalesPermissions>()
        .AddSingleton<IFieldOptions, Categories>()
        .AddScoped<INumbers, SalesNumbers>()
        .AddScoped<ProductPrices>().AddScoped<ContactCustomer>().AddScoped<DiscountBook>().AddScoped<QuotePricer>()
        // A rule is one of the record service's and may need that service itself.
        .AddScoped(p => new Lazy<IRecords>(p.GetRequiredService<IRecords>))
        .AddScoped<IRecordRule, CustomerRule>()
        .AddScoped<IRecordRule, ProductRule>()
        .AddScoped<IRecordRule, OpportunityRule>()
        .AddScoped<IRecordRule, QuoteRule>()
        .AddScoped<IRecordRule, ActivityRule>()
        .AddScoped<IRecordRule, DiscountAuthorityRule>()
        .AddScoped<IWorkHandler, QuoteExpiry>()
        .AddSingleton<IStep, QuoteStatusStep>();

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void MapSales(this IEndpointRouteBuilder api)
    {
        var opportunities = api.MapGroup("/opportunities").WithTags("opportunities");
        opportunities.MapBoard();
        opportunities.MapMove();
        var quotes = api.MapGroup("/quotes").WithTags("quotes");
        quotes.MapPrice();
        quotes.MapQuoteSteps();
        quotes.MapCopy();
    }
}
