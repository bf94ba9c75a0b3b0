using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Settings;
using Crm.Shared.Work;
using Crm.Workflows.Runtime.Statistics;

namespace Crm.Workflows.Runtime.Archive;

/// <summary>What sales ops may set about all SOPs.</summary>
internal sealed class WorkflowSettings : ISettingFields
{
    public const string ArchiveDays = "workflowsArchiveDays";

    public IEnumerable<Field> Fields { get; } =
    [
        new(ArchiveDays, FieldType.Integer, new("流程运行归档天数", "Days after which runs are archived"))
        {
            Default = 180L,
            // Figures look back over runs that are not archived.
            Min = Period.LongestDays + 8,
            Max = 3650,
            Help = new("结束这么多天后的运行移入归档，仍可查看；留空表示从不归档", "Runs that ended so many days ago are archived and can still be looked at; empty: never"),
        },
    ];
}

/// <summary>Archives ended runs by age, a few at a time with pauses between, so that nothing waits for it.</summary>
internal sealed class Archiving(Session session, RunArchive archive, ISettings settings, WorkQueue work, TimeProvider time) : IWorkHandler
{
    public const string WorkKind = "workflows.archive";
    private const string All = "all";
    internal const int AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Rest = TimeSpan.FromHours(1);

    public string Kind => WorkKind;

    /// <summary>One round, unless one waits already.</summary>
    public Task EnqueueAsync(CancellationToken ct) => session.InTransactionAsync(() => EnqueueAsync(TimeSpan.Zero, ct), ct);

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var moved = await settings.ReadAsync(WorkflowSettings.ArchiveDays, ct) is long days ? await archive.MoveAsync(time.UtcNow().AddDays(-days), AtOnce, ct) : 0;
        await EnqueueAsync(moved == AtOnce ? Pause : Rest, ct);
    }

    private Task EnqueueAsync(TimeSpan later, CancellationToken ct) => work.EnqueueAsync(WorkKind, All, new { }, Lane.Bulk, time.UtcNow() + later, ct);
}
