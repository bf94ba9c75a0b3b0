using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Trials.Replays;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Trials;

internal static class TrialsSetup
{
    public static IServiceCollection AddTrials(this IServiceCollection services) => services
        .AddScoped<Drafts>().AddScoped<Trial>().AddScoped<Play>().AddScoped<Choosing>().AddScoped<Effects>().AddScoped<TrialView>()
        .AddScoped<Replay>().AddScoped<ReplayStore>().AddScoped<ReplayView>().AddScoped<Replaying>().AddScoped<Candidates>().AddScoped<CasePlay>().AddScoped<StandIn>()
        .AddScoped<ReplayWork>().AddScoped<IOutsideHandler>(p => p.GetRequiredService<ReplayWork>())
        .AddScoped<ReplayClearing>().AddScoped<IWorkHandler>(p => p.GetRequiredService<ReplayClearing>())
        .AddScoped<ReplayedLoad>().AddScoped<IOpenWork>(p => p.GetRequiredService<ReplayedLoad>());
}
