using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.Runtime;

/// <summary>One turn: load, advance, do, commit. Runs in the transaction of the work item that woke the run.</summary>
internal sealed class Turns(
    Session session, RunStore runs, SopPlans plans, Answers answers, Doings doings, IncidentStore incidents, Wakes wakes,
    Payloads payloads, CurrentActor current, Texts texts, Meters meters, RunHints hints, TimeProvider time)
{
    /// <param name="prepare">What the turn's history should know beforehand.</param>
    /// <returns>False where nothing has changed: the stimulus came too late or twice.</returns>
    public async Task<bool> TakeAsync(Wake wake, CancellationToken ct, Action<TurnContext>? prepare = null)
    {
        // A run that has ended, or was archived, wants nothing any more.
        if (await runs.LockAsync(wake.Run, ct) is not { Ended: false } run) return false;
        var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
        var state = run.State is null ? RunState.New() : RunState.Read(run.State);
        var turn = new TurnContext(run, plan, state, time.UtcNow(), wake.By) { Payload = plan.ReadsPayload ? await payloads.OfAsync(run.Id, ct) : null };
        prepare?.Invoke(turn);
        using (current.As(turn.Actor))
        {
            if (!await PlayAsync(turn, wake.Stimulus ?? new Started(), ct)) return false;
            await SaveAsync(turn, ct);
        }
        return true;
    }

    /// <summary>The queue tried often and gave up: whatever the reason, it must not end in silence.</summary>
    public async Task GaveUpAsync(Wake wake, Exception why, CancellationToken ct)
    {
        if (await runs.LockAsync(wake.Run, ct) is not { Ended: false } run) return;
        await incidents.OpenParkedAsync(run, wake, why, ct);
    }

    /// <summary>False where the stimulus came too late or twice.</summary>
    private async Task<bool> PlayAsync(TurnContext turn, Stimulus first, CancellationToken ct)
    {
        var questions = new Queue<IAsks>();
        var failures = new Queue<Failed>();
        for (Stimulus? next = first; next is not null; next = await NextAsync(turn, failures, questions, ct))
        {
            var advanced = Engine.Engine.Advance(turn.Plan, turn.State, next, turn.Now);
            if (advanced.Ignored is not null)
            {
                if (ReferenceEquals(next, first)) return false;
                continue;
            }
            turn.State = advanced.State;
            if (next is TimerFired { For: TimerFor.Wait } fired) await doings.EndWaitAsync(turn, fired.At, ct);
            foreach (var effect in advanced.Effects)
                if (effect is IAsks question) questions.Enqueue(question);
                else if (effect is Note note) turn.Say(note, said => said.In(texts));
                else if (await doings.DoAsync(turn, effect, ct) is { } failed) failures.Enqueue(failed);
        }
        return true;
    }

    /// <summary>The next answer, asked for only now: an earlier one may have ended what the question was about.</summary>
    private async Task<Stimulus?> NextAsync(TurnContext turn, Queue<Failed> failures, Queue<IAsks> questions, CancellationToken ct)
    {
        if (failures.TryDequeue(out var failed)) return failed;
        while (questions.TryDequeue(out var question))
            if (turn.State.Line(question.At) is [.., { Phase: Phase.Asked }] && await answers.AnswerAsync(turn, question, ct) is { } answer) return answer;
        return null;
    }

    private async Task SaveAsync(TurnContext turn, CancellationToken ct)
    {
        var (run, state) = (turn.Run, turn.State);
        var standing = state.Status switch
        {
            RunStatus.Completed => Standing.Done,
            RunStatus.Cancelled => Standing.Cancelled,
            _ when state.Stuck => Standing.Incident,
            _ when state.Leaves.Any(t => t.Phase == Phase.Asked) => Standing.Running,
            _ => Standing.Waiting,
        };
        await runs.SaveAsync(run, state, standing, turn.Entries, ct);
        if (standing is Standing.Done or Standing.Cancelled) await EndedAsync(run, state.Status, ct);
        session.AfterCommit(() =>
        {
            meters.Turned(turn, standing);
            hints.Tell(run.Id);
        });
    }

    private async Task EndedAsync(Run run, RunStatus status, CancellationToken ct)
    {
        await doings.ClearAsync(run, ct);
        if (run is { CauseRunId: { } parent, ParentAt: { } at })
            await wakes.WakeAsync(parent, new ChildEnded(At.Parse(at), status == RunStatus.Completed ? "completed" : "cancelled"), null, run.Lane, ct);
    }
}
