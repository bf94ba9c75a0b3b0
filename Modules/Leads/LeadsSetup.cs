using Crm.Shared.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Leads;

/// <summary>Composes the module: leads, their pool, assignment, capture and conversion.</summary>
public static class LeadsSetup
{
    public static IServiceCollection AddLeads(this IServiceCollection services) => services
        .AddSingleton<IRecordTypes, LeadTypes>();
}
