using Crm.Leads.Assignment;
using Crm.Leads.Capture;
using Crm.Leads.Closing;
using Crm.Leads.Conversion;
using Crm.Leads.Duplicates;
using Crm.Leads.Pool;
using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Leads;

/// <summary>Composes the module: leads, their pool, assignment, capture and conversion.</summary>
public static class LeadsSetup
{
    public static IServiceCollection AddLeads(this IServiceCollection services) => services
        .AddSingleton<IRecordTypes, LeadTypes>()
        .AddSingleton<IPermissions, LeadPermissions>()
        .AddScoped<INumbers, LeadNumbers>()
        .AddScoped<PublicForms>()
        .AddScoped<IRecordRule, LeadRule>()
        .AddScoped<IRecordRule, FormRule>()
        .AddScoped<IOpenWork, OpenLeads>()
        .AddSingleton<IStep, AssignStep>()
        .AddSingleton<IStep, ConvertStep>()
        .AddSingleton<IStep, RecycleStep>();

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void MapLeads(this IEndpointRouteBuilder api)
    {
        var leads = api.MapGroup("/leads").WithTags("leads");
        leads.MapClaim();
        leads.MapRelease();
        leads.MapAssign();
        leads.MapInvalid();
        leads.MapConvert();
        leads.MapDuplicates();
        api.MapForms();
    }
}
