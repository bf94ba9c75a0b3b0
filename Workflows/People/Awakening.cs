using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Work;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using TaskStatus = Crm.Workflows.People.Tasks.TaskStatus;

namespace Crm.Workflows.People;

/// <summary>What was snoozed comes back by itself, and says so.</summary>
internal sealed class Awakening(WorkQueue work)
{
    public const string WorkKind = "workflows.awake";
    public const string Task = "task", Approval = "approval";

    internal sealed record Payload(string Kind, Guid Id, Guid Person);

    public async Task SetAsync(string kind, Guid id, Guid person, DateTime? until, CancellationToken ct)
    {
        var key = $"{id:N}/{person:N}";
        await work.CancelAsync(WorkKind, key, ct);
        if (until is { } at) await work.EnqueueAsync(WorkKind, key, new Payload(kind, id, person), Lane.Normal, at, ct);
    }
}

internal sealed class AwakeningHandler(TaskStore tasks, TaskNotices notices, ApprovalStore approvals, ApprovalFollowUp follow, CurrentActor current, TimeProvider time) : IWorkHandler
{
    public string Kind => Awakening.WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var (kind, id, person) = JsonSerializer.Deserialize<Awakening.Payload>(item.Payload, Stored.Json)!;
        using var _ = current.As(Actor.System);
        if (kind == Awakening.Task)
        {
            if (await tasks.FindAsync(id, ct) is { Status: TaskStatus.Open, SnoozedUntil: { } until } task && task.AssigneeId == person && until <= time.UtcNow()) await notices.AwakeAsync(task, ct);
        }
        else if (await approvals.FindAsync(id, ct) is { } row && row.Approval().OpenSeats.Any(s => s.Approver == person))
        {
            await follow.AwakeAsync(row, person, item.Id, ct);
        }
    }
}
