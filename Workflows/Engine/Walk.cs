using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Engine;

/// <summary>One stimulus taken by a copy of the state: matches it to a token and moves the tokens on.</summary>
internal sealed partial class Walk(SopPlan plan, RunState state, DateTime now)
{
    private readonly List<Effect> effects = [];

    public RunState State => state;
    public IReadOnlyList<Effect> Effects => effects;

    private bool Running => state.Status == RunStatus.Running;

    /// <summary>Null when taken, else the code that says why nothing changed.</summary>
    public string? Take(Stimulus stimulus) => stimulus switch
    {
        Started => Start(),
        Cancelled cancel => CancelRun(cancel),
        Evaluated s => With(s.At, Phase.Asked, (token, step) => Decide(token, step, s)),
        Executed s => With(s.At, Phase.Asked, (token, step) => Act(token, step, s)),
        Listed s => With(s.At, Phase.Asked, (token, step) => step is ForEach each && Begin(token, each, s.Records)),
        Failed s => Fail(s),
        TimerFired { For: TimerFor.Retry } s => With(s.At, Phase.Retrying, (token, step) => Ask(token, step)),
        TimerFired { For: TimerFor.Wait } s => With(s.At, Phase.Waiting, (token, step) => step is Wait && Complete(token)),
        TimerFired { For: TimerFor.TimeOut } s => With(s.At, Phase.Waiting, (token, step) => step is WaitFor wait && TimeOut(token, wait)),
        EventArrived s => With(s.At, Phase.Waiting, (token, step) => step is WaitFor wait && wait.Events.Any(e => e.Id == s.Event) && Arrive(token, wait, s)),
        TaskEnded s => With(s.At, Phase.Waiting, (token, step) => step is TaskStep && Complete(token, s.Outcome, s.Outputs, s.Why)),
        ApprovalEnded s => With(s.At, Phase.Waiting, (token, step) => step is ApprovalStep && Complete(token, s.Outcome, s.Outputs, s.Why)),
        ChildEnded s => With(s.At, Phase.Waiting, (token, step) => step is Call && Complete(token, s.Outcome)),
        Retried s => Retry(s),
        Skipped s => With(s.At, Phase.Stuck, (token, step) => Skip(token, step, s)),
        _ => throw new ArgumentOutOfRangeException(nameof(stimulus), stimulus.GetType().Name),
    };

    private string? Start()
    {
        state.Root = new Token();
        effects.Add(new Note(At.Run, NoteKind.Started));
        Enter(state.Root, plan.Root.Steps);
        return null;
    }

    private string? CancelRun(Cancelled cancel)
    {
        End(RunStatus.Cancelled, cancel.Reason, At.Run);
        return null;
    }

    private string? With(At at, Phase phase, Func<Token, Step, bool> move)
    {
        var line = state.Line(at);
        if (line is not [.., var token]) return state.Visits.GetValueOrDefault(at.Step) >= at.Visit ? "engine.late" : "engine.unknown";
        if (token.Phase != phase) return token.Phase == Phase.Waiting ? "engine.late" : "engine.notAwaited";
        return move(token, plan[token.Step]) ? null : "engine.notAwaited";
    }

    private string? Fail(Failed failed)
    {
        if (state.Line(failed.At) is not [.., var token]) return "engine.late";
        if (token.Phase is not (Phase.Asked or Phase.Waiting)) return "engine.notAwaited";
        token.Attempts++;
        effects.Add(new Note(token.At, NoteKind.Failed) { Outcome = failed.Class.ToString(), Said = failed.Said });
        if (Backoff.After(failed.Class, token.Attempts) is { } pause)
        {
            Withdraw(token);
            token.Phase = Phase.Retrying;
            effects.Add(new SetTimer(token.At, ItemsOf(token), TimerFor.Retry, now + pause, null, Spread: true));
        }
        else Stick(token, failed.Class, failed.Said);
        return null;
    }

    private void Stick(Token token, FailureClass failure, Message said)
    {
        Withdraw(token);
        token.Phase = Phase.Stuck;
        effects.Add(new OpenIncident(token.At, failure, said, token.Attempts));
    }

    private string? Retry(Retried retry)
    {
        if (state.Line(retry.At) is not [.., var token]) return "engine.late";
        if (token.Phase is not (Phase.Stuck or Phase.Retrying)) return "engine.notAwaited";
        Withdraw(token);
        token.Attempts = 0;
        if (retry.Edited is not null) token.Edited = retry.Edited;
        effects.Add(new Note(token.At, NoteKind.Retried) { Outputs = retry.Edited });
        Ask(token, plan[token.Step]);
        return null;
    }

    private bool Skip(Token token, Step step, Skipped skip)
    {
        Withdraw(token);
        effects.Add(new Note(token.At, NoteKind.Skipped) { Outcome = skip.Outcome, Outputs = skip.Outputs });
        Keep(token, skip.Outcome, skip.Outputs);
        GoOn(token);
        return true;
    }

    private bool Act(Token token, Step step, Executed done)
    {
        if (step is Call { Wait: true }) Rest(token);
        else if (step is Call) Complete(token, "started");
        else if (step is Act) Complete(token, done.Outcome, done.Outputs, done.Why);
        else return false;
        return true;
    }

    private bool Complete(Token token, string? outcome = null, JsonObject? outputs = null, Label? why = null)
    {
        effects.Add(new Note(token.At, NoteKind.Completed) { Outcome = outcome, Outputs = outputs, Why = why });
        Keep(token, outcome, outputs);
        GoOn(token);
        return true;
    }
}
