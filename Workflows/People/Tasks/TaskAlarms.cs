using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Work;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Tasks;

/// <summary>A reminder before the due time, or an escalation after it.</summary>
internal sealed record Alarm(DateTime At, Escalation? Escalation);

/// <summary>Each open task has at most one timer: for its next alarm.</summary>
internal sealed class TaskAlarms(WorkQueue work, Moments moments, IDirectory directory)
{
    public const string Kind = "workflows.task";

    /// <summary>All alarms of a task in order of time.</summary>
    public async Task<IReadOnlyList<Alarm>> OfAsync(TaskStep? step, DateTime? due, Guid assignee, CancellationToken ct)
    {
        if (due is not { } at) return [];
        if (step is null) return [new(at, null)];
        var unit = (await directory.ReadAsync(ct)).Person(assignee)?.UnitId;
        var alarms = new List<Alarm>();
        foreach (var before in step.Reminders) alarms.Add(new((await moments.BeforeAsync(at, before, unit, ct)).Utc, null));
        foreach (var late in step.Escalations) alarms.Add(new((await moments.AfterAsync(at, late.After, unit, ct)).Utc, late));
        return [.. alarms.OrderBy(a => a.At).ThenBy(a => a.Escalation is not null)];
    }

    /// <summary>Sets the timer for the alarm after those that have happened.</summary>
    public async Task SetAsync(Guid task, IReadOnlyList<Alarm> alarms, int happened, CancellationToken ct)
    {
        if (happened < alarms.Count) await work.EnqueueAsync(Kind, task.ToString("N"), new { task }, Lane.Normal, alarms[happened].At, ct);
    }

    public Task ClearAsync(Guid task, CancellationToken ct) => work.CancelAsync(Kind, task.ToString("N"), ct);
}
