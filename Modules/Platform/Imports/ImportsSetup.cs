using Crm.Shared.Messaging;
using Crm.Shared.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Imports;

internal static class ImportsSetup
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportFiles>();
        services.AddScoped<ImportStore>().AddScoped<ImportActor>().AddScoped<ImportViews>().AddScoped<ImportNews>().AddScoped<LastChange>();
        services.AddScoped<ReferenceFinder>().AddScoped<DuplicateFinder>().AddScoped<ImportWriter>().AddScoped<ErrorDownload>();
        services.AddScoped<ImportChunk>().AddScoped<ImportUndo>().AddScoped<ImportExpiry>();
        services.AddScoped<IWorkHandler>(p => p.GetRequiredService<ImportChunk>()).AddScoped<IWorkHandler>(p => p.GetRequiredService<ImportUndo>()).AddScoped<IWorkHandler>(p => p.GetRequiredService<ImportExpiry>());
        return services.AddScoped<IConsoleCommand, ImportCommand>();
    }
}
