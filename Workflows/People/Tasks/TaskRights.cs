using Crm.Shared.Access;

namespace Crm.Workflows.People.Tasks;

/// <summary>Who may do what with a task.</summary>
internal sealed class TaskRights(CurrentActor current)
{
    public bool MayComplete(TaskRow row) => current.Value.UserId is { } me && (row.AssigneeId == me || row.ViaId == me) || current.Value.Can(WorkflowPermissions.ManageRuns);

    public bool MayReassign(TaskRow row, DirectoryView view) => MayComplete(row)
        || current.Value.UserId is { } me && (view.Superiors(row.AssigneeId).Any(s => s.Id == me) || row.RunId is null && row.CreatedById == me);

    /// <summary>A task is seen by who holds it or gave it, by their superiors, and by whoever sees its record.</summary>
    public About About(TaskRow row, DirectoryView view) => new(row.RecordType, row.RecordId,
        current.Value.UserId is { } me && (row.AssigneeId == me || row.ViaId == me || row.CreatedById == me || view.Superiors(row.AssigneeId).Any(s => s.Id == me)));
}
