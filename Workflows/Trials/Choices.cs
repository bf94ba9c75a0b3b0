using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Outside;

namespace Crm.Workflows.Trials;

/// <summary>What happens next in a trial, as the person trying wants it.</summary>
/// <param name="Do"><c>time</c> (to the next thing due, or to a time), <c>complete</c> a task, an act of approvals by its name, <c>event</c>, <c>change</c> the record,
/// <c>answer</c> or <c>fail</c> for a step that acts outside, <c>retry</c> or <c>skip</c> for one that failed.</param>
/// <param name="At">Step and visit that waits: <c>contact#2</c>.</param>
/// <param name="Run">0 for the run tried, 1 and more for those it called.</param>
internal sealed record Choice(string Do, string? At = null, int Run = 0)
{
    /// <summary>When it happens; what falls due before does so first. Now where left out.</summary>
    public DateTime? When { get; init; }
    /// <summary>Who does it; whose task or seat it is where left out.</summary>
    public Guid? By { get; init; }
    public string? Outcome { get; init; }
    public JsonObject? Answers { get; init; }
    public IReadOnlyList<string>? Checklist { get; init; }
    public string? Comment { get; init; }
    public int? Seat { get; init; }
    public Guid? To { get; init; }
    public string? Stage { get; init; }
    public bool? Before { get; init; }
    public IReadOnlyList<Guid>? Users { get; init; }
    public string? Event { get; init; }
    /// <summary>Values that the record takes with it.</summary>
    public JsonObject? Values { get; init; }
    /// <summary>Outputs of a step outside, or corrected inputs of one tried again.</summary>
    public JsonObject? Outputs { get; init; }
    public string? Failure { get; init; }
}

/// <summary>Does what a choice says, as the person it concerns and by the rules that hold in earnest.</summary>
internal sealed class Choosing(
    Session session, Play play, Turns turns, Wakes wakes, RunStore runs, TaskStore tasks, TaskActs taskActs, ApprovalStore approvals, ApprovalActs approvalActs,
    IRecords records, IActors actors, CurrentActor current, Texts texts)
{
    public async Task MakeAsync(Choice choice, CancellationToken ct)
    {
        if (choice is { When: { } when }) await play.GoAsync(Stored.Whole(when.ToUniversalTime()), ct);
        if (choice.Run < 0 || choice.Run >= play.Runs.Count) throw Misfit();
        var run = await runs.FindAsync(play.Runs[choice.Run], ct) ?? throw Misfit();
        switch (choice.Do)
        {
            case "time":
                if (choice.When is null) await play.GoAsync((await play.NextAsync(ct) ?? throw Problem.Conflict("trial.nothingDue")).Due, ct);
                break;
            case "complete": await CompleteAsync(run, choice, ct); break;
            case "event": await HappenAsync(run, choice, ct); break;
            case "change": await ChangeAsync(run, choice, ct); break;
            case "answer" or "fail": await AnswerAsync(run, choice, ct); break;
            case "retry": await WakeAsync(run, new Retried(AtOf(choice), choice.Outputs), choice, ct); break;
            case "skip": await WakeAsync(run, new Skipped(AtOf(choice), choice.Outcome, choice.Outputs), choice, ct); break;
            case var act when ApprovalActs.All.Contains(act): await DecideAsync(run, choice, ct); break;
            default: throw Problem.Invalid("do", "field.option", choice.Do);
        }
        await play.GoAsync(session.Rehearsal!.Now, ct);
    }

    private async Task CompleteAsync(Run run, Choice choice, CancellationToken ct)
    {
        var task = await tasks.OfStepAsync(run.Id, AtOf(choice).ToString(), ct) ?? throw Misfit();
        using var _ = current.As(await PersonAsync(choice.By ?? task.AssigneeId, ct));
        await taskActs.CompleteAsync(task.Id, new(choice.Outcome, choice.Answers, choice.Checklist), ct);
    }

    private async Task DecideAsync(Run run, Choice choice, CancellationToken ct)
    {
        var row = await approvals.OfStepAsync(run.Id, AtOf(choice).ToString(), ct) ?? throw Misfit();
        var approval = row.Approval();
        var seat = choice.Seat is { } id ? approval.Seat(id) : approval.OpenSeats.FirstOrDefault();
        var by = choice.By ?? choice.Do switch
        {
            "withdraw" or "resubmit" or "urge" => approval.Initiator,
            "removeSigner" => seat?.From is { } adder ? approval.Seat(adder)?.Approver : null,
            _ => seat?.Approver,
        } ?? throw Misfit();
        // Nobody should have to make up a reason only to see what comes of it.
        var comment = choice.Comment ?? new Message("trial.comment").In(texts).Zh;
        using var _ = current.As(await PersonAsync(by, ct));
        await approvalActs.DoAsync(row.Id, choice.Do, new(choice.Seat, comment, choice.To, choice.Stage, choice.Before, choice.Users), ct);
    }

    private async Task HappenAsync(Run run, Choice choice, CancellationToken ct)
    {
        if (choice.Values is { Count: > 0 }) await ChangeAsync(run, choice, ct);
        var arrived = new EventArrived(AtOf(choice), choice.Event ?? throw Problem.Invalid("event", "field.required"));
        // The change may have been the event already; a second one only comes late.
        await wakes.WakeAsync(run.Id, arrived, choice.By, Lane.People, ct);
    }

    private async Task ChangeAsync(Run run, Choice choice, CancellationToken ct)
    {
        using var _ = current.As(choice.By is { } by ? await PersonAsync(by, ct) : current.Value);
        var values = (choice.Values ?? throw Problem.Invalid("values", "field.required")).ToDictionary(v => v.Key, v => (object?)JsonSerializer.SerializeToElement(v.Value));
        await records.UpdateAsync(run.RecordType, run.RecordId, values, WriteOptions.AsFeature(), ct);
    }

    private async Task AnswerAsync(Run run, Choice choice, CancellationToken ct)
    {
        var result = choice.Do == "answer"
            ? new OutsideResult { Done = new() { Outcome = choice.Outcome, Outputs = choice.Outputs } }
            : new OutsideResult { Failed = FailureClass.Data, Said = new("run.outside", choice.Failure ?? "") };
        if (!await play.AnswerAsync(run.Id, AtOf(choice).ToString(), result, ct)) throw Misfit();
    }

    private async Task WakeAsync(Run run, Stimulus stimulus, Choice choice, CancellationToken ct)
    {
        if (!await turns.TakeAsync(new(run.Id, stimulus, choice.By), ct)) throw Misfit();
    }

    private async Task<Actor> PersonAsync(Guid id, CancellationToken ct) => await actors.ForUserAsync(id, ct) ?? throw Problem.Invalid("by", "field.reference");

    private static At AtOf(Choice choice)
    {
        try
        {
            return At.Parse(choice.At ?? throw Problem.Invalid("at", "field.required"));
        }
        catch (FormatException)
        {
            throw Problem.Invalid("at", "field.option", choice.At);
        }
    }

    /// <summary>The draft or the data changed since the choice was made.</summary>
    private static Problem Misfit() => Problem.Conflict("trial.misfit");
}
