using System.Globalization;
using System.Reflection;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Settings;
using Crm.Shared.Time;
using Crm.Shared.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Shared;

/// <summary>Composes the kernel.</summary>
public static class SharedSetup
{
    /// <param name="modules">Assemblies whose handlers, validators and texts take part.</param>
    public static IServiceCollection AddShared(this IServiceCollection services, CrmOptions options, params Assembly[] modules)
    {
        // What is written must not depend on the machine's language; what people read comes from resources in theirs.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        TypeHandlers.Register();
        Sense.Check(options);
        services.TryAddSingleton<TimeProvider>(new HostClock(TimeProvider.System));
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton(options);
        services.AddSingleton(DialectFor(options));
        services.AddSingleton(new Texts([typeof(SharedSetup).Assembly, .. modules]));
        services.AddSingleton<Ids>().AddSingleton<Migrator>().AddSingleton<Freshness>().AddSingleton<Rehearsals>();
        services.AddScoped<Session>().AddScoped<CurrentActor>();

        services.AddSingleton<CatalogueSource>();
        services.AddSingleton<ICatalogueSource>(p => p.GetRequiredService<CatalogueSource>());
        services.AddSingleton<IRefreshable>(p => p.GetRequiredService<CatalogueSource>());
        services.AddScoped<RecordStore>().AddScoped<ChangeLog>().AddScoped<Numbers>();
        services.AddScoped<IRecords, Records.Records>();
        services.AddScoped<IRecordPast, RecordPast>();
        services.AddScoped<RecordPresenter>().AddScoped<Timeline>().AddScoped<OwnedRecords>();

        services.AddSingleton<Outside.GuardedHttp>();
        services.AddSingleton<WorkSignal>().AddSingleton<WorkRunner>().AddScoped<WorkQueue>();
        if (options.Work) services.AddHostedService<WorkLoop>();

        services.AddMessaging();
        services.AddHandlersFrom(typeof(SharedSetup).Assembly);
        foreach (var module in modules) services.AddHandlersFrom(module);
        return services;
    }

    private static Dialect DialectFor(CrmOptions options)
    {
        var database = options.Database;
        if (database.Provider.Equals("SqlServer", StringComparison.OrdinalIgnoreCase))
            return new SqlServerDialect(database.ConnectionString!);
        Directory.CreateDirectory(options.DataFolder);
        return new SqliteDialect(database.ConnectionString ?? $"Data Source={Path.Combine(options.DataFolder, "crm.db")}", database.Synchronous);
    }
}
