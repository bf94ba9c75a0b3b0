using Crm.Service.Sla;
using Crm.Service.Tickets;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Service;

/// <summary>Composes the module: tickets and the times they are to be answered and solved in.</summary>
public static class ServiceSetup
{
    public static IServiceCollection AddService(this IServiceCollection services)
    {
        services.AddSingleton<IRecordTypes, ServiceTypes>().AddSingleton<IPermissions, ServicePermissions>();
        services.AddScoped<INumbers, TicketNumbers>().AddScoped<IOpenWork, OpenTickets>();
        services.AddSingleton<SlaBook>().AddSingleton<IRefreshable>(p => p.GetRequiredService<SlaBook>());
        services.AddScoped<SlaClock>().AddScoped<SlaTimers>();
        // A ticket's policy may look at its customer: the rule is one of the record service's and needs that service itself.
        services.AddScoped(p => new Lazy<IRecords>(p.GetRequiredService<IRecords>));
        services.AddScoped<IRecordRule, TicketRule>();
        services.AddScoped<IWorkHandler, SlaAlarm>().AddScoped<IWorkHandler, SlaRecount>();
        return services.AddSingleton<IStep, OpenTicketStep>();
    }
}
