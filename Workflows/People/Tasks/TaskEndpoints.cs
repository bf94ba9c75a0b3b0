using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.People.Tasks;

internal sealed record NewTask(string Title, DateTime? DueAt, string? RecordType, Guid? RecordId, Guid? Assignee, string? Note);
internal sealed record CompleteBody(string? Outcome, JsonObject? Answers, IReadOnlyList<string>? Checklist);
internal sealed record ReassignBody(Guid Assignee, string? Note);
/// <param name="Until">Null: back on the list at once.</param>
internal sealed record SnoozeBody(DateTime? Until);

/// <summary>What people do with tasks.</summary>
internal sealed class TaskActs(TaskStore store, TaskKeeper keeper, TaskAnswers answers, TaskRights rights, TaskAlarms alarms, TaskNotices notices, Sight sight, IRecords records, ICatalogueSource catalogue, IDirectory directory,
    Session session, CurrentActor current, Ids ids, TimeProvider time)
{
    private const int LongestNote = 4000;

    public async Task<TaskRow> SeenAsync(Guid id, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } row && await sight.SeesAsync(rights.About(row, await directory.ReadAsync(ct)), ct) ? row : throw Problem.NotFound("task", id);

    public Task<TaskRow> CompleteAsync(Guid id, CompleteBody body, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var row = await SeenAsync(id, ct);
        if (!rights.MayComplete(row)) throw new Problem(403, "task.notYours", []);
        var filled = body.Answers ?? [];
        var act = new TaskDo.Complete(current.Value.UserId, body.Outcome ?? TaskRules.Done, filled, body.Checklist ?? []);
        return await keeper.ActAsync(id, act, ct, (task, step) => answers.WriteAsync(task, step, step?.Outcomes.FirstOrDefault(o => o.Key == act.Outcome), filled, ct));
    }, ct);

    public async Task<TaskRow> ReassignAsync(Guid id, ReassignBody body, CancellationToken ct)
    {
        var row = await SeenAsync(id, ct);
        var view = await directory.ReadAsync(ct);
        if (!rights.MayReassign(row, view)) throw new Problem(403, "task.notYours", []);
        if (view.Person(body.Assignee) is not { Active: true }) throw Problem.Invalid("assignee", "field.reference");
        var present = view.Present(body.Assignee, time.UtcNow())?.Id ?? body.Assignee;
        return await keeper.ActAsync(id, new TaskDo.Reassign(current.Value.UserId, present, present == body.Assignee ? null : body.Assignee, Note(body.Note)), ct);
    }

    public async Task<TaskRow> SnoozeAsync(Guid id, SnoozeBody body, CancellationToken ct)
    {
        if (!rights.MayComplete(await SeenAsync(id, ct))) throw new Problem(403, "task.notYours", []);
        return await keeper.ActAsync(id, new TaskDo.Snooze(current.Value.UserId, body.Until is { } until ? Stored.Whole(until.ToUniversalTime()) : null), ct);
    }

    /// <summary>A task that a person gives themselves or a colleague.</summary>
    public Task<TaskRow> CreateAsync(NewTask body, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        if (string.IsNullOrWhiteSpace(body.Title)) throw Problem.Invalid("title", "field.required");
        if (body.Title.Length > 300) throw Problem.Invalid("title", "field.tooLong", 300, body.Title.Length);
        var me = current.Person();
        var view = await directory.ReadAsync(ct);
        if (body.Assignee is { } other && view.Person(other) is not { Active: true }) throw Problem.Invalid("assignee", "field.reference");
        if (body.RecordId is null != body.RecordType is null) throw Problem.Invalid(body.RecordId is null ? "recordId" : "recordType", "field.required");
        if (body.RecordType is { } key && catalogue.Current.Find(key) is null) throw Problem.Invalid("recordType", "field.option", key);
        var record = body is { RecordType: { } type, RecordId: { } id } ? await records.GetAsync(type, id, ct) : null;
        var wanted = body.Assignee ?? me;
        var present = view.Present(wanted, time.UtcNow())?.Id ?? wanted;
        var row = new TaskRow
        {
            Id = ids.Next(),
            Title = Wording.Write(new(body.Title.Trim(), body.Title.Trim())),
            Script = Note(body.Note) is { } note ? Wording.Write(new(note, note)) : null,
            RecordType = record?.Type.Key,
            RecordId = record?.Id,
            RecordName = record?.Name,
            AssigneeId = present,
            ViaId = present == wanted ? null : wanted,
            DueAt = body.DueAt is { } due ? Stored.Whole(due.ToUniversalTime()) : null,
            Version = 1,
            Value = record is null ? null : Stake.Of(record),
            CreatedAt = time.UtcNow(),
            CreatedById = me,
        };
        await store.InsertAsync(row, ct);
        await alarms.SetAsync(row.Id, await alarms.OfAsync(null, row.DueAt, row.AssigneeId, ct), 0, ct);
        if (row.AssigneeId != me) await notices.OpenedAsync(row, ct);
        return row;
    }, ct);

    private static string? Note(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim() is { Length: <= LongestNote } note ? note : throw Problem.Invalid("note", "field.tooLong", LongestNote, text.Trim().Length);
}

internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("/", ([AsParameters] TaskQuery query, TaskList list, CancellationToken ct) => list.ReadAsync(query, ct));
        tasks.MapGet("/{id:guid}", async (Guid id, TaskActs acts, TaskView view, CancellationToken ct) => await view.OneAsync(await acts.SeenAsync(id, ct), ct));
        tasks.MapPost("/", async (NewTask body, TaskActs acts, TaskView view, CancellationToken ct) => Results.Json(await view.OneAsync(await acts.CreateAsync(body, ct), ct), statusCode: 201));
        tasks.MapPost("/{id:guid}/complete", async (Guid id, CompleteBody body, TaskActs acts, TaskView view, CancellationToken ct) => await view.OneAsync(await acts.CompleteAsync(id, body, ct), ct));
        tasks.MapPost("/{id:guid}/reassign", async (Guid id, ReassignBody body, TaskActs acts, TaskView view, CancellationToken ct) => await view.OneAsync(await acts.ReassignAsync(id, body, ct), ct));
        tasks.MapPost("/{id:guid}/snooze", async (Guid id, SnoozeBody body, TaskActs acts, TaskView view, CancellationToken ct) => await view.OneAsync(await acts.SnoozeAsync(id, body, ct), ct));
    }
}
