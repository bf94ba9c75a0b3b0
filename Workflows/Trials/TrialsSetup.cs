using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Trials;

internal static class TrialsSetup
{
    public static IServiceCollection AddTrials(this IServiceCollection services) => services
        .AddScoped<Drafts>().AddScoped<Trial>().AddScoped<Play>().AddScoped<Choosing>().AddScoped<Effects>().AddScoped<TrialView>();
}
