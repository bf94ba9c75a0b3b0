using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Work;
using Crm.Workflows.Runtime.Archive;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Crm.Workflows.Runtime.Sweeps;

/// <summary>Quartz says when to sweep. On SQL Server its store is persistent and clustered, so that of several hosts one sweeps; an embedded database has one
/// host, whose schedule stands in the code and needs no store. What was swept is our own table's to know on both.</summary>
internal static class SweepSchedule
{
    // Quartz's own statement trusts a lock hint that not every server minds; an update locks everywhere.
    private const string LockSql = "UPDATE {0}LOCKS SET LOCK_NAME = LOCK_NAME OUTPUT inserted.LOCK_NAME WHERE SCHED_NAME = @schedulerName AND LOCK_NAME = @lockName";

    public static IServiceCollection AddSweeps(this IServiceCollection services)
    {
        services.AddScoped<Sweeping>().AddScoped<IWorkHandler>(p => p.GetRequiredService<Sweeping>()).AddScoped<DueRecords>().AddScoped<IdleRecords>().AddScoped<Overdue>();
        var options = services.Select(d => d.ImplementationInstance).OfType<CrmOptions>().FirstOrDefault();
        var dialect = services.Select(d => d.ImplementationInstance).OfType<Dialect>().FirstOrDefault();
        if (options is not { Work: true } || dialect is null) return services;
        if (dialect is SqlServerDialect) services.AddHostedService<QuartzTables>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(s => (s.InstanceName, s.InstanceId) = ("crm", "AUTO"));
            quartz.UseDefaultThreadPool(2);
            quartz.AddJob<SweepJob>(job => job.WithIdentity("sweep").StoreDurably());
            quartz.AddTrigger(trigger => trigger.ForJob("sweep").WithIdentity("minutely").WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromMinutes(1)).RepeatForever()));
            if (dialect is SqlServerDialect)
                quartz.UsePersistentStore(store =>
                {
                    using var connection = dialect.CreateConnection();
                    store.UseSqlServer(SqlClientFactory.Instance, connection.ConnectionString);
                    store.UseClustering(c => c.CheckinInterval = TimeSpan.FromSeconds(5));
                    store.ConfigureStore(o => o.SelectWithLockSql = LockSql);
                });
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        return services;
    }
}

/// <summary>Asks for a round; the round itself is work like any other.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(Sweeping sweeping, Archiving archiving) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await sweeping.EnqueueAsync(cancellationToken);
        await archiving.EnqueueAsync(cancellationToken);
    }
}

/// <summary>Makes Quartz's tables once, from its own script, before the scheduler starts.</summary>
internal sealed class QuartzTables(Dialect dialect) : IHostedService
{
    private const string Resource = "Quartz.Impl.AdoJobStore.Schema.create_sqlServer.sql";
    private const string Prefix = "QRTZ_";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = dialect.CreateConnection();
        await connection.OpenAsync(cancellationToken);
        await dialect.PrepareAsync(connection, cancellationToken);
        await using var held = await dialect.LockMigrationsAsync(connection, cancellationToken);
        // The last table of the script: where it is the others are.
        if (await connection.ExecuteScalarAsync<int?>($"SELECT 1 FROM sys.tables WHERE name = '{Prefix}JOB_STATUS'") is not null) return;
        foreach (var statement in Script()) await connection.ExecuteAsync(new CommandDefinition(statement, commandTimeout: 600, cancellationToken: cancellationToken));
    }

    /// <summary>Quartz leaves two places for its tables' prefix: in names, and in what is named after them.</summary>
    internal static IEnumerable<string> Script()
    {
        using var reader = new StreamReader(typeof(IScheduler).Assembly.GetManifestResourceStream(Resource)!);
        // The first piece tells about the script.
        return [.. reader.ReadToEnd().Split("\n--;;").Skip(1).Select(s => s.Replace("{0}", Prefix, StringComparison.Ordinal).Replace("{1}", Prefix, StringComparison.Ordinal))];
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
