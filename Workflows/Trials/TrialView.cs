using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Runs;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Trials;

/// <summary>A trial as the API shows it: the run as runs are shown, and beside it every effect, the path, and what can be chosen next.</summary>
internal sealed class TrialView(
    Session session, Play play, Effects effects, RunView view, RunStore runs, SopPlans plans, TaskStore tasks, TaskView taskView, ApprovalStore approvals, ApprovalView approvalView,
    IncidentStore incidents, IDirectory directory, RecordPresenter presenter, IRecords records)
{
    public async Task<JsonObject> ShowAsync(int from, CancellationToken ct)
    {
        var (shown, histories, waiting) = (new List<JsonObject>(), new List<(Guid, JsonArray, int)>(), new JsonArray());
        foreach (var id in play.Runs)
        {
            var (run, json) = ((await runs.FindAsync(id, ct))!, await view.OneAsync(id, ct));
            histories.Add((id, json["history"]!.AsArray(), run.Entries));
            foreach (var one in await WaitingAsync(run, shown.Count, ct)) waiting.Add((JsonNode)one);
            shown.Add(json);
        }
        var trial = shown[0];
        trial["now"] = Showing.Node(session.Rehearsal!.Now);
        trial["nextDue"] = Showing.Node((await play.NextAsync(ct))?.Due);
        trial["effects"] = await effects.ListAsync(histories, from, ct);
        trial["path"] = await PathAsync(play.Runs[0], ct);
        trial["choices"] = waiting;
        trial["calls"] = new JsonArray([.. shown.Skip(1).Select(c => (JsonNode)new JsonObject { ["sop"] = c["sop"]!.DeepClone(), ["state"] = c["state"]!.DeepClone(), ["record"] = c["record"]!.DeepClone(), ["definition"] = c["definition"]!.DeepClone() })]);
        trial["values"] = await ValuesAsync(play.Runs[0], ct);
        foreach (var real in (string[])["id", "can"]) trial.Remove(real);
        return trial;
    }

    /// <summary>The record as the trial has left it.</summary>
    private async Task<JsonNode?> ValuesAsync(Guid id, CancellationToken ct) =>
        (await runs.FindAsync(id, ct)) is { } run && await records.FindAsync(run.RecordType, run.RecordId, ct) is { } record ? await presenter.PresentAsync(record, ct) : null;

    private async Task<JsonObject> PathAsync(Guid id, CancellationToken ct)
    {
        var run = (await runs.FindAsync(id, ct))!;
        var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
        var course = Course.Of(plan, (await runs.HistoryAsync(id, Engine.Engine.MaxVisits, ct)).Select(h => (h.Step, h.Visit, (NoteKind)h.Kind, h.Outcome)));
        return new()
        {
            ["steps"] = new JsonArray([.. course.Steps.Select(s => (JsonNode)new JsonObject { ["step"] = s.Key, ["visits"] = s.Value })]),
            ["ways"] = new JsonArray([.. course.Ways.Select(w => (JsonNode)w)]),
        };
    }

    /// <summary>What each line of a run stands at, with all that a choice needs.</summary>
    private async Task<IReadOnlyList<JsonObject>> WaitingAsync(Run run, int index, CancellationToken ct)
    {
        if (run.Ended || run.State is null) return [];
        var (plan, all) = (await plans.GetAsync(session, run.SopKey, run.SopVersion, ct), new List<JsonObject>());
        var outside = await play.UnansweredAsync(ct);
        var open = await incidents.OpenOfAsync([run.Id], ct);
        var people = await directory.ReadAsync(ct);
        foreach (var token in RunState.Read(run.State).Leaves.Where(t => t.Step.Length > 0))
        {
            var step = plan[token.Step];
            var json = new JsonObject { ["run"] = index, ["at"] = token.At.ToString(), ["step"] = token.Step, ["visit"] = token.Visit, ["kind"] = token.Phase == Phase.Waiting ? step.Kind : Showing.Name(token.Phase) };
            switch (token.Phase, step)
            {
                case (Phase.Waiting, TaskStep) when await tasks.OfStepAsync(run.Id, token.At.ToString(), ct) is { } task: json["task"] = await taskView.OneAsync(task, ct); break;
                case (Phase.Waiting, ApprovalStep asks) when await approvals.OfStepAsync(run.Id, token.At.ToString(), ct) is { } approval: json["approval"] = await ShowAsync(approval, asks, people, ct); break;
                case (Phase.Waiting, WaitFor wait): json["events"] = new JsonArray([.. wait.Events.Select(e => (JsonNode)new JsonObject { ["id"] = e.Id, ["label"] = Showing.Node(e.Label), ["kind"] = e.On.Kind })]); break;
                case (Phase.Asked, Act act) when outside.Any(o => o.Run == run.Id && o.At == token.At.ToString()): (json["kind"], json["act"]) = ("outside", act.ActKind); break;
                case (Phase.Stuck, _): json["incident"] = open.FirstOrDefault(i => i.StepAt == token.At.ToString()) is { } incident ? RunView.Show(incident, people) : null; break;
            }
            all.Add(json);
        }
        return all;
    }

    /// <summary>Who is asked now, and what they and the initiator may do.</summary>
    private async Task<JsonObject> ShowAsync(ApprovalRow row, ApprovalStep step, DirectoryView people, CancellationToken ct)
    {
        var (json, approval) = (await approvalView.OneAsync(row, ct), row.Approval());
        json["open"] = new JsonArray([.. approval.OpenSeats.Select(s => (JsonNode)new JsonObject
        {
            ["seat"] = s.Id,
            ["approver"] = Showing.Person(people, s.Approver),
            ["acts"] = Names(["approve", "reject", .. ApprovalView.ActsOf(step, s).Select(a => Showing.Name(a)), "copy", "comment"]),
        })]);
        IReadOnlyList<string> own = approval.Status == ApprovalStatus.WithInitiator ? ["resubmit"] : ["urge"];
        json["acts"] = Names(step.Forbidden.Contains(ApprovalAct.Withdraw) ? own : [.. own, "withdraw"]);
        json["others"] = new JsonArray([.. OthersOf(approval, step).Select(o => (JsonNode)new JsonObject
        {
            ["act"] = o.Act,
            ["seat"] = o.Seat.Id,
            ["by"] = Showing.Person(people, o.By),
            ["signer"] = Showing.Person(people, o.Seat.Approver),
        })]);
        return json;
    }

    /// <summary>What those may do who are not asked at this moment: take back what they decided, remove whom they added.</summary>
    private IEnumerable<(string Act, Seat Seat, Guid By)> OthersOf(Approval approval, ApprovalStep step)
    {
        foreach (var seat in approval.Stages.SelectMany(s => s.Seats))
        {
            if (approvalView.Allows(approval, step, new ApprovalDo.TakeBack(seat.Approver, seat.Id))) yield return ("takeBack", seat, seat.Approver);
            if (seat.From is { } from && approval.Seat(from) is { } adder && approvalView.Allows(approval, step, new ApprovalDo.RemoveSigner(adder.Approver, seat.Id)))
                yield return ("removeSigner", seat, adder.Approver);
        }
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)n)]);
}
