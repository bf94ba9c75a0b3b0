using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Tasks;

/// <summary>Tells people about their tasks.</summary>
internal sealed class TaskNotices(Session session, INotifier notifier, ILive live, Texts texts)
{
    public async Task OpenedAsync(TaskRow task, CancellationToken ct)
    {
        await TellAsync(task, task.AssigneeId, "notice.task", $"{task.AssigneeId:N}", ct);
        Hint(task, [task.AssigneeId], "created");
    }

    public async Task MovedAsync(TaskRow before, TaskRow now, CancellationToken ct)
    {
        await SettleAsync(before, before.AssigneeId, ct);
        await TellAsync(now, now.AssigneeId, now.ViaId is null ? "notice.taskMoved" : "notice.taskSubstitute", $"{now.Version}", ct);
        Hint(now, [before.AssigneeId], "removed");
        Hint(now, [now.AssigneeId], "created");
    }

    public Task RemindAsync(TaskRow task, CancellationToken ct) => TellAsync(task, task.AssigneeId, "notice.taskDue", $"due{task.Alarms}", ct);

    /// <summary>Somebody who watches over the run asks for it; at most once a minute.</summary>
    public Task UrgeAsync(TaskRow task, DateTime now, CancellationToken ct) => TellAsync(task, task.AssigneeId, "notice.urged", $"urged/{now:yyyyMMddHHmm}", ct);

    public Task LateAsync(TaskRow task, Guid whom, CancellationToken ct) => TellAsync(task, whom, "notice.taskLate", $"late{task.Escalated}", ct);

    public async Task AwakeAsync(TaskRow task, CancellationToken ct)
    {
        await TellAsync(task, task.AssigneeId, "notice.awake", $"awake{task.Version}", ct);
        Hint(task, [task.AssigneeId], "updated");
    }

    public void Changed(TaskRow task) => Hint(task, [task.AssigneeId], "updated");

    public async Task EndedAsync(TaskRow task, CancellationToken ct)
    {
        await SettleAsync(task, task.AssigneeId, ct);
        Hint(task, [task.AssigneeId], "removed");
    }

    /// <summary>Nobody has to look at what these notices asked for any more.</summary>
    public Task SettleAsync(TaskRow task, Guid whom, CancellationToken ct) => notifier.SettleAsync(whom, About(task), ct);

    private Task TellAsync(TaskRow task, Guid whom, string code, string key, CancellationToken ct)
    {
        var title = Wording.Read(task.Title)!;
        var body = task.RecordName is { } record ? new Label(record, record) : null;
        return notifier.NotifyAsync([whom], new("task", new Message(code, title).In(texts), body, $"/tasks/{task.Id}", $"{About(task)}/{key}"), ct);
    }

    private static string About(TaskRow task) => $"task/{task.Id:N}";

    private void Hint(TaskRow task, Guid[] whom, string change) => session.AfterCommit(() => live.Tell(whom, new("task", task.RecordType, task.Id, change)));
}
