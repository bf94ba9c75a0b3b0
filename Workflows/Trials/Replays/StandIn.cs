using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Sops;
using TaskStatus = Crm.Workflows.People.Tasks.TaskStatus;

namespace Crm.Workflows.Trials.Replays;

/// <summary>Someone who is asked, and when they act.</summary>
internal sealed record Asked(DateTime When, Func<Task> Act);

/// <summary>Does what people did: as they really did in the same step of the run that there was, as long as they took for it; otherwise the first outcome of a task, and approves, at once.</summary>
internal sealed class StandIn(
    Session session, Play play, Choosing choosing, RunStore runs, SopPlans plans, Turns turns, TaskStore tasks, TaskKeeper keeper, ApprovalStore approvals, IRecords records, ICatalogueSource catalogue, TimeProvider time)
{
    private readonly Dictionary<(Guid, At, int), DateTime> planned = [];
    private readonly Dictionary<(Guid, At), int> acts = [];

    /// <summary>The first of those who are asked now to act.</summary>
    public async Task<Asked?> NextAsync(Guid? real, CancellationToken ct)
    {
        Asked? first = null;
        for (var i = 0; i < play.Runs.Count; i++)
        {
            if (await runs.FindAsync(play.Runs[i], ct) is not { Ended: false, State: { } state } run) continue;
            var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
            foreach (var token in RunState.Read(state).Leaves.Where(t => t.Phase == Phase.Waiting))
                if (await AskAsync(run, i, plan[token.Step], token.At, i == 0 ? real : null, ct) is { } asked && (first is null || asked.When < first.When)) first = asked;
        }
        return first;
    }

    private async Task<Asked?> AskAsync(Run run, int index, Step step, At at, Guid? real, CancellationToken ct)
    {
        switch (step)
        {
            case TaskStep task when await tasks.OfStepAsync(run.Id, at.ToString(), ct) is { Status: TaskStatus.Open } open:
                var done = real is { } r ? await tasks.OfStepAsync(r, at.ToString(), ct) : null;
                if (done is not { Status: TaskStatus.Done, EndedAt: not null } || done.Outcome is not { } outcome || task.Outcomes.Count > 0 && task.Outcomes.All(o => o.Key != outcome)) done = null;
                return new(When((run.Id, at, 0), done?.EndedAt - done?.CreatedAt), () => CompleteAsync(run, index, task, at, open, done, ct));
            case ApprovalStep when await approvals.OfStepAsync(run.Id, at.ToString(), ct) is { } open:
                // A stage that found nobody: nothing can be done but to look for somebody.
                if (open.Approval() is { Status: ApprovalStatus.Open } asking && !asking.OpenSeats.Any()) return null;
                var was = real is { } id ? await approvals.OfStepAsync(id, at.ToString(), ct) : null;
                var taken = acts.GetValueOrDefault((run.Id, at));
                return new(When((run.Id, at, taken), taken == 0 ? was?.EndedAt - was?.CreatedAt : null), () => DecideAsync(run, index, at, open.Approval(), was, ct));
            default: return null;
        }
    }

    private DateTime When((Guid, At, int) what, TimeSpan? took)
    {
        if (!planned.TryGetValue(what, out var when)) planned[what] = when = time.UtcNow() + (took is { } real && real > TimeSpan.Zero ? real : TimeSpan.Zero);
        return when;
    }

    private async Task CompleteAsync(Run run, int index, TaskStep step, At at, TaskRow open, TaskRow? done, CancellationToken ct)
    {
        var outcome = done?.Outcome ?? (step.Outcomes.Count > 0 ? step.Outcomes[0].Key : TaskRules.Done);
        var was = done?.State();
        var answers = was?.Answers ?? await AnswersAsync(run, step, outcome, ct);
        var choice = new Choice("complete", at.ToString(), index) { Outcome = outcome, Answers = answers, Checklist = was is { Checked.Count: > 0 } ? was.Checked : [.. step.Checklist.Select(c => c.Key)] };
        try
        {
            await session.SavepointAsync(() => Doing(choosing.MakeAsync(choice, ct)), ct);
        }
        catch (Problem)
        {
            // A form that has changed since, or a rule that refuses made-up answers: the run goes on as if it were filled.
            await keeper.ActAsync(open.Id, new TaskDo.Cancel(null), ct);
            await turns.TakeAsync(new(run.Id, new TaskEnded(at, outcome, new JsonObject { ["answers"] = answers.DeepClone(), ["assignee"] = open.AssigneeId.ToString() })), ct);
            await play.GoAsync(time.UtcNow(), ct);
        }
    }

    private async Task DecideAsync(Run run, int index, At at, Approval approval, ApprovalRow? was, CancellationToken ct)
    {
        var taken = acts[(run.Id, at)] = acts.GetValueOrDefault((run.Id, at)) + 1;
        var act = approval.Status == ApprovalStatus.WithInitiator ? "resubmit" : taken > 1 ? "approve" : was?.Status switch
        {
            ApprovalStatus.Rejected => "reject",
            ApprovalStatus.Returned => "return",
            ApprovalStatus.Withdrawn => "withdraw",
            _ => "approve",
        };
        await choosing.MakeAsync(new(act, at.ToString(), index), ct);
    }

    /// <summary>What the record holds already; where it holds nothing, anything that fits.</summary>
    private async Task<JsonObject> AnswersAsync(Run run, TaskStep step, string outcome, CancellationToken ct)
    {
        var (answers, pressed) = (new JsonObject(), step.Outcomes.FirstOrDefault(o => o.Key == outcome));
        var record = await records.FindAsync(run.RecordType, run.RecordId, ct);
        foreach (var form in step.Form.Where(f => TaskRules.IsAsked(f, pressed, TaskForm.Of(step)) && TaskRules.IsRequired(f, pressed)))
        {
            var field = TaskAnswers.FieldOf(form, run.RecordType, catalogue.Current);
            answers[form.Key] = form.Field is { } key && record?[key] is { } value ? Reading.ToJson(value) : Anything(field);
        }
        return answers;
    }

    private JsonNode? Anything(Field field) => field.Type switch
    {
        FieldType.Select => field.Options.Count > 0 ? field.Options[0].Key : null,
        FieldType.MultiSelect => field.Options.Count > 0 ? new JsonArray(field.Options[0].Key) : null,
        FieldType.Integer or FieldType.Decimal or FieldType.Money => field.Min ?? 0,
        FieldType.Boolean => true,
        FieldType.Date => Stored.Date(DateOnly.FromDateTime(time.UtcNow().AddDays(1))),
        FieldType.DateTime => JsonSerializer.SerializeToNode(time.UtcNow().AddDays(1), ContractJson.Options),
        FieldType.Reference => null,
        _ => "—",
    };

    private static async Task<bool> Doing(Task work)
    {
        await work;
        return true;
    }
}
