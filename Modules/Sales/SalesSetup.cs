using Crm.Shared.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Sales;

/// <summary>Composes the module: customers, contacts, products, opportunities, quotes, activities.</summary>
public static class SalesSetup
{
    public static IServiceCollection AddSales(this IServiceCollection services) => services
        .AddSingleton<IRecordTypes, SalesTypes>();
}
