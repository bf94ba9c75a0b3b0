using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Finding;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Incidents;
using Result = Crm.Workflows.People.Acted<Crm.Workflows.People.Approvals.Approval, Crm.Workflows.People.Approvals.ApprovalEvent>;

namespace Crm.Workflows.People.Approvals;

/// <summary>Finds the approvers that the rules ask for. Nobody found goes to the administrator with an incident, never past.</summary>
internal sealed class Seating(PeopleSearch people, Reading reading, IDirectory directory, IncidentStore incidents, TimeProvider time)
{
    /// <summary>Answers until nothing is asked any more; gives all that happened.</summary>
    public async Task<(Approval Approval, IReadOnlyList<ApprovalEvent> Events)> AnswerAsync(TurnContext turn, ApprovalRow row, ApprovalStep step, Result acted, CancellationToken ct)
    {
        var (approval, events, terms) = (acted.State, new List<ApprovalEvent>(), ApprovalTerms.Of(step));
        var pending = new Queue<ApprovalEvent>(acted.Events);
        while (pending.TryDequeue(out var happening))
        {
            events.Add(happening);
            var answer = happening switch
            {
                ApprovalEvent.SeatsWanted wanted => await SeatAsync(turn, row, step, wanted.Stage, terms, approval.Initiator, ct),
                ApprovalEvent.NobodyFound nobody => await NobodyAsync(turn, row, nobody.Stage, approval, ct),
                _ => null,
            };
            if (answer is null) continue;
            var next = ApprovalRules.Act(approval, terms, answer, time.UtcNow());
            // The administrator may be no approver here either: then the incident alone calls for help.
            if (next.Events.Any(e => e is ApprovalEvent.NobodyFound) && happening is ApprovalEvent.NobodyFound) continue;
            approval = next.State;
            foreach (var further in next.Events) pending.Enqueue(further);
        }
        return (approval, events);
    }

    private async Task<ApprovalDo> SeatAsync(TurnContext turn, ApprovalRow row, ApprovalStep step, string key, ApprovalTerms terms, Guid initiator, CancellationToken ct)
    {
        var stage = step.Stages.First(s => s.Key == key);
        var at = At.Parse(row.StepAt);
        if (stage.When is { ValueKind: not System.Text.Json.JsonValueKind.Null } when)
        {
            var facts = await reading.FactsAsync(turn, at, turn.State.ItemsAt(at), [when], ct);
            if (!Conditions.Evaluate(when, facts).Met) return new ApprovalDo.Skip(key);
        }
        var found = await people.FindAsync(stage.Approvers, turn.Run, $"{turn.Run.SopKey}/{step.Id}/{key}", ct);
        var view = await directory.ReadAsync(ct);
        return new ApprovalDo.Seats(key, [.. found.Select(f => new Candidate(f.User, f.Via, f.Why, Weight(stage, view.Person(f.User)), Instead(view, terms, initiator)))]);
    }

    private async Task<ApprovalDo?> NobodyAsync(TurnContext turn, ApprovalRow row, string stage, Approval approval, CancellationToken ct)
    {
        await incidents.OpenAsync(turn.Run, At.Parse(row.StepAt), IncidentKind.Approval, FailureClass.Configuration, new("run.nobodyApproves", ((ApprovalStep)turn.Plan[At.Parse(row.StepAt).Step]).NameOf(stage)), 0, ct);
        return approval.Now.Status == StageStatus.Stuck && await incidents.OwnerAsync(ct) is { } administrator
            ? new ApprovalDo.Seats(stage, [new Candidate(administrator, null, new("why.administrator"))])
            : null;
    }

    private Found? Instead(DirectoryView view, ApprovalTerms terms, Guid initiator)
    {
        var other = terms.InitiatorIsApprover switch
        {
            InitiatorIsApprover.Superior => view.Superior(initiator)?.Id,
            InitiatorIsApprover.DepartmentHead => view.Unit(view.Person(initiator)?.UnitId)?.ManagerId is { } head && head != initiator ? head : view.Superior(initiator)?.Id,
            _ => null,
        };
        if (other is not { } id || view.Person(id) is not { } person) return null;
        Message why = new("why.instead", view.Person(initiator)?.Name);
        return view.Present(id, time.UtcNow()) is { } present && present.Id != id ? new(present.Id, id, new("why.substitute", person.Name, why)) : new(id, null, why);
    }

    private static int Weight(ApprovalStage stage, Person? person) =>
        person is null ? 1 : stage.Weights.Where(w => person.Roles.Contains(w.Key)).Select(w => w.Value).DefaultIfEmpty(1).Max();
}
