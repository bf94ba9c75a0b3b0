using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Engine;

/// <summary>How each kind of step begins, goes on and ends.</summary>
internal sealed partial class Walk
{
    private void Enter(Token token, IReadOnlyList<Step> steps)
    {
        if (steps.Count == 0) Leave(token);
        else Enter(token, steps[0]);
    }

    private void Enter(Token token, Step step)
    {
        var visit = state.Visits.GetValueOrDefault(step.Id) + 1;
        state.Visits[step.Id] = visit;
        (token.Step, token.Visit, token.Phase) = (step.Id, visit, Phase.Asked);
        (token.Attempts, token.Count, token.Children, token.Queue, token.Edited) = (0, 0, null, null, null);
        if (state.Visits.Values.Sum() > Engine.MaxVisits) Stick(token, FailureClass.Limit, new("engine.tooManySteps", Engine.MaxVisits));
        else Ask(token, step);
    }

    /// <summary>Begins a visit, or begins it again after a failure.</summary>
    private bool Ask(Token token, Step step)
    {
        var (at, items) = (token.At, ItemsOf(token));
        token.Phase = Phase.Asked;
        switch (step)
        {
            case Branch branch:
                effects.Add(new Evaluate(at, items, [.. branch.Paths.Select(p => p.When!.Value)]));
                break;
            case ParallelStep parallel:
                Split(token, [.. parallel.Paths.Select(p => (p.Steps, (RecordRef?)null))]);
                break;
            case ForEach each:
                effects.Add(new List(at, items, each.Max + 1));
                break;
            case Repeat repeat when token.Count > 0:
                effects.Add(new Evaluate(at, items, [repeat.Until]));
                break;
            case Repeat repeat:
                Round(token, repeat);
                break;
            case WaitFor { Already: { } already } wait:
                // Listening first: what comes between looking and listening would be missed for good.
                effects.Add(new Subscribe(at, items, wait.Events));
                effects.Add(new Evaluate(at, items, [already]));
                break;
            case WaitFor wait:
                effects.Add(new Subscribe(at, items, wait.Events));
                Linger(token, wait);
                break;
            case Wait wait:
                Rest(token);
                effects.Add(Timer(token, TimerFor.Wait, wait.Until));
                break;
            case TaskStep:
                Rest(token);
                effects.Add(new OpenTask(at, items, token.Edited));
                break;
            case ApprovalStep:
                Rest(token);
                effects.Add(new OpenApproval(at, items, token.Edited));
                break;
            case Call call:
                effects.Add(new StartChild(at, items, call.Sop, call.Of, call.Wait));
                break;
            case End end:
                End(end.As == EndAs.Completed ? RunStatus.Completed : RunStatus.Cancelled, end.Reason, at);
                break;
            default:
                effects.Add(new Execute(at, items, token.Attempts + 1, token.Edited));
                break;
        }
        return true;
    }

    private bool Decide(Token token, Step step, Evaluated answer)
    {
        var met = answer.Met;
        switch (step)
        {
            case Branch branch when met.Count == branch.Paths.Count:
                var taken = Enumerable.Range(0, met.Count).Where(i => met[i]).Take(branch.Match == Match.First ? 1 : met.Count).ToList();
                Decided(token, taken.Count == 0 ? "else" : string.Join(",", taken.Select(i => branch.Paths[i].Id)), answer);
                Split(token, taken.Count == 0 ? [(branch.Else, null)] : [.. taken.Select(i => (branch.Paths[i].Steps, (RecordRef?)null))]);
                return true;
            case Repeat repeat when met.Count == 1:
                var exhausted = !met[0] && token.Count >= repeat.Max;
                Decided(token, met[0] ? "met" : exhausted ? "exhausted" : "again", answer);
                if (met[0] || exhausted) Complete(token, met[0] ? "met" : "exhausted");
                else Round(token, repeat);
                return true;
            case WaitFor wait when met.Count == 1:
                Decided(token, met[0] ? "already" : "waits", answer);
                if (met[0])
                {
                    effects.Add(new Unsubscribe(token.At));
                    Complete(token, "already");
                }
                else Linger(token, wait);
                return true;
            default:
                return false;
        }
    }

    private void Decided(Token token, string outcome, Evaluated answer) =>
        effects.Add(new Note(token.At, NoteKind.Decided) { Outcome = outcome, Checks = answer.Why is { } why ? [.. why.SelectMany(w => w)] : null });

    private bool Begin(Token token, ForEach each, IReadOnlyList<RecordRef> records)
    {
        if (records.Count > each.Max)
        {
            Stick(token, FailureClass.Limit, new("engine.tooManyRecords", each.Max));
            return true;
        }
        if (each.Together) Split(token, [.. records.Select(r => (each.Steps, (RecordRef?)r))]);
        else
        {
            token.Queue = [.. records];
            NextItem(token, each);
        }
        return true;
    }

    private void NextItem(Token token, ForEach each)
    {
        if (token.Queue is not [var item, ..])
        {
            Complete(token);
            return;
        }
        token.Queue.RemoveAt(0);
        Split(token, [(each.Steps, item)]);
    }

    private void Round(Token token, Repeat repeat)
    {
        token.Count++;
        Split(token, [(repeat.Steps, null)], count: token.Count);
    }

    private void Linger(Token token, WaitFor wait)
    {
        Rest(token);
        if (wait.Within is { } within) effects.Add(Timer(token, TimerFor.TimeOut, within));
    }

    private bool Arrive(Token token, WaitFor wait, EventArrived arrived)
    {
        Withdraw(token);
        return Complete(token, arrived.Event, arrived.Outputs);
    }

    private bool TimeOut(Token token, WaitFor wait)
    {
        Withdraw(token);
        effects.Add(new Note(token.At, NoteKind.TimedOut));
        Keep(token, "timedOut", null);
        Split(token, [(wait.TimedOut, null)]);
        return true;
    }

    /// <summary>Gives each block a token of its own; on a single line the run goes on when that has ended.</summary>
    private void Split(Token token, IReadOnlyList<(IReadOnlyList<Step> Steps, RecordRef? Item)> blocks, int count = 0)
    {
        token.Phase = Phase.Inside;
        token.Count = count;
        var children = blocks.Select(b => new Token { Item = b.Item, Outputs = b.Item is null ? null : [] }).ToList();
        token.Children = [.. children];
        for (var i = 0; i < blocks.Count && Running && token.Children?.Contains(children[i]) == true; i++) Enter(children[i], blocks[i].Steps);
        if (blocks.Count == 0) Joined(token);
    }

    /// <summary>A token has come to the end of its block.</summary>
    private void Leave(Token token)
    {
        if (ParentOf(token) is not { } parent)
        {
            state.Root = null;
            End(RunStatus.Completed, null, At.Run);
            return;
        }
        parent.Children!.Remove(token);
        if (plan[parent.Step] is ParallelStep parallel)
        {
            parent.Count++;
            if (parent.Count == parallel.Needed) Joined(parent);
        }
        else if (parent.Children.Count == 0) Joined(parent);
    }

    /// <summary>Enough of a block's ways have ended: happens once a visit, since the token leaves the block here.</summary>
    private void Joined(Token token)
    {
        foreach (var open in token.Children ?? []) WithdrawAll(open);
        token.Children = null;
        switch (plan[token.Step])
        {
            case ForEach { Together: false } each: NextItem(token, each); break;
            case Repeat repeat: Ask(token, repeat); break;
            case WaitFor: Complete(token, "timedOut"); break;
            case Branch: GoOn(token); break;
            default: Complete(token); break;
        }
    }

    private void GoOn(Token token)
    {
        if (!Running) return;
        if (plan.Next(token.Step) is { } next) Enter(token, next);
        else Leave(token);
    }

    private void End(RunStatus status, Label? reason, At at)
    {
        if (state.Root is { } root) WithdrawAll(root, except: at);
        (state.Status, state.Root, state.Outputs) = (status, null, null);
        effects.Add(new Note(at, NoteKind.Ended) { Outcome = status.ToString(), Why = reason });
        effects.Add(new Finish(status, reason));
    }

    private SetTimer Timer(Token token, TimerFor purpose, Moment until) => new(token.At, ItemsOf(token), purpose, null, until, Spread: false);

    private void Rest(Token token)
    {
        token.Phase = Phase.Waiting;
        effects.Add(new Note(token.At, NoteKind.Waiting));
    }
}
