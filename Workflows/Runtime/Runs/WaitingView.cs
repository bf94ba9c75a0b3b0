using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;

namespace Crm.Workflows.Runtime.Runs;

/// <summary>What each line of a run stands at, until when, and for whom it waits now.</summary>
internal sealed class WaitingView(TaskStore tasks, ApprovalStore approvals, CurrentActor current)
{
    public async Task<JsonArray> OfAsync(Run run, SopPlan plan, IReadOnlyList<HistoryRow> entries, DirectoryView view, CancellationToken ct)
    {
        var waiting = new JsonArray();
        if (run.Ended || run.State is null) return waiting;
        foreach (var token in RunState.Read(run.State).Leaves.Where(t => t.Step.Length > 0 && t.Phase != Phase.Stuck))
        {
            var entry = entries.LastOrDefault(e => e.Step == token.Step && e.Visit == token.Visit && e.Detail is not null);
            var detail = entry?.Detail is null ? null : JsonNode.Parse(entry.Detail) as JsonObject;
            var step = plan[token.Step];
            var json = new JsonObject
            {
                ["step"] = token.Step,
                ["visit"] = token.Visit,
                ["kind"] = token.Phase == Phase.Waiting ? step.Kind : Showing.Name(token.Phase),
                ["until"] = detail?["until"]?.DeepClone(),
                ["what"] = detail?["dueWhy"]?.DeepClone() ?? detail?["why"]?.DeepClone(),
            };
            if (step is TaskStep && await tasks.OfStepAsync(run.Id, token.At.ToString(), ct) is { } task) Show(json, task, view);
            else if (step is ApprovalStep && await approvals.OfStepAsync(run.Id, token.At.ToString(), ct) is { } approval) Show(json, approval, view);
            waiting.Add(json);
        }
        return waiting;
    }

    private void Show(JsonObject json, TaskRow task, DirectoryView view)
    {
        json["task"] = task.Id.ToString();
        json["who"] = Showing.Person(view, task.AssigneeId);
        json["until"] = Showing.Node(task.DueAt);
        json["what"] = Showing.Node(Wording.Read(task.DueWhy ?? task.Why));
        json["can"] = Can();
    }

    private void Show(JsonObject json, ApprovalRow row, DirectoryView view)
    {
        var seats = row.Approval().OpenSeats.ToList();
        json["approval"] = row.Id.ToString();
        json["who"] = seats.Count == 1 ? Showing.Person(view, seats[0].Approver) : null;
        json["until"] = Showing.Node(row.DueAt);
        json["seats"] = new JsonArray([.. seats.Select(s => new JsonObject { ["seat"] = s.Id, ["person"] = Showing.Person(view, s.Approver), ["since"] = Showing.Node(s.OpenedAt) })]);
        if (seats.Count > 0) json["can"] = Can();
    }

    private JsonObject Can()
    {
        var manage = current.Value.Can(WorkflowPermissions.ManageRuns);
        return new() { ["urge"] = manage, ["reassign"] = manage };
    }
}
