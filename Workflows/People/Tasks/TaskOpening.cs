using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Finding;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Tasks;

/// <summary>Makes the tasks of runs, and takes them back.</summary>
internal sealed class TaskOpening(TaskStore store, TaskAlarms alarms, TaskKeeper keeper, TaskNotices notices, PeopleSearch people, Wording wording, IRecords records, Moments moments,
    IDirectory directory, Texts texts, Ids ids)
{
    public async Task<bool> OpenAsync(TurnContext turn, OpenTask open, CancellationToken ct)
    {
        var step = Wording.Edited((TaskStep)turn.Plan[open.At.Step], open.Edited);
        var found = await people.FindAsync(step.Assignee, turn.Run, $"{turn.Run.SopKey}/{step.Id}", ct);
        if (found is not [var assignee, ..]) throw new StepFailure(FailureClass.Configuration, new("run.nobody"));
        var unit = (await directory.ReadAsync(ct)).Person(assignee.User)?.UnitId;
        var due = step.Due is { } moment ? await moments.AtAsync(turn, open.At, open.Items, moment, unit, ct) : null;
        var why = assignee.Why.In(texts);
        var record = await turn.RecordAsync(records, turn.Run.Record, ct);
        var row = new TaskRow
        {
            Id = ids.Next(),
            RunId = turn.Run.Id,
            StepAt = open.At.ToString(),
            SopKey = turn.Run.SopKey,
            SopVersion = turn.Run.SopVersion,
            Title = Wording.Write(await wording.RenderAsync(turn, open.At, open.Items, step.Title, ct)),
            Script = step.Script is { } script ? Wording.Write(await wording.RenderAsync(turn, open.At, open.Items, script, ct)) : null,
            RecordType = turn.Run.RecordType,
            RecordId = turn.Run.RecordId,
            RecordName = turn.Run.RecordName,
            AssigneeId = assignee.User,
            ViaId = assignee.Via,
            DueAt = due?.Utc,
            Why = Wording.Write(why),
            DueWhy = due is null ? null : Wording.Write(due.Why),
            Version = 1,
            Value = record is null ? null : Stake.Of(record),
            CreatedAt = turn.Now,
            CreatedById = turn.Run.InitiatorId,
        };
        await store.InsertAsync(row, ct);
        await alarms.SetAsync(row.Id, await alarms.OfAsync(step, row.DueAt, row.AssigneeId, ct), 0, ct);
        await notices.OpenedAsync(row, ct);
        turn.Explain(open.At, new JsonObject
        {
            ["task"] = row.Id.ToString(),
            ["assignee"] = assignee.User.ToString(),
            ["via"] = assignee.Via?.ToString(),
            ["until"] = due is null ? null : JsonValue.Create(due.Utc),
            ["why"] = Json(why),
            ["dueWhy"] = due is null ? null : Json(due.Why),
        });
        return true;
    }

    public async Task CancelAsync(Guid run, At at, CancellationToken ct)
    {
        if (await store.OfStepAsync(run, at.ToString(), ct) is { Status: TaskStatus.Open } row) await keeper.ActAsync(row.Id, new TaskDo.Cancel(null), ct);
    }

    private static JsonNode? Json(Shared.Records.Label label) => System.Text.Json.JsonSerializer.SerializeToNode(label, ContractJson.Options);
}
