using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using FsCheck;
using FsCheck.Fluent;
using EngineCore = Crm.Workflows.Engine.Engine;

namespace Crm.Workflows.Tests.Engine;

/// <summary>Any SOP under any stimuli.</summary>
internal sealed class EngineProperties
{
    private static readonly Message Said = new("test.down");

    [Test]
    public void A_run_never_stands_without_a_future() => Any(_ => { });

    [Test]
    public void No_visit_of_a_step_ends_twice() => Any(play =>
    {
        var ended = play.Notes.Where(n => n.Kind is NoteKind.Completed or NoteKind.Skipped or NoteKind.Cancelled).Select(n => n.At).ToList();
        ended.Count.ShouldBe(ended.Distinct().Count());
    });

    [Test]
    public void A_join_fires_once_and_only_when_enough_ways_have_come() => Any(play =>
    {
        foreach (var parallel in play.Plan.Steps.OfType<ParallelStep>())
        {
            var fired = play.Notes.Where(n => n.At.Step == parallel.Id && n.Kind == NoteKind.Completed).Select(n => n.At).ToList();
            fired.ShouldBeUnique();
            play.State.Tokens.Where(t => t.Step == parallel.Id).ShouldAllBe(t => t.Count < parallel.Needed && !fired.Contains(t.At));
        }
    }, onTurn: (plan, before, turn) =>
    {
        // A stimulus moves one way, so it ends at most one: a join that fires lacked no more than that.
        foreach (var token in before.Tokens)
            if (plan[token.Step] is ParallelStep joined && turn.Effects.OfType<Note>().Any(n => n.At == token.At && n.Kind == NoteKind.Completed))
                token.Count.ShouldBeGreaterThanOrEqualTo(joined.Needed - 1, $"{token.At} went on before enough ways had come");
    });

    [Test]
    public void A_run_finishes_once_and_leaves_nothing_open() => Any(play =>
    {
        play.Finishes.ShouldBe(play.State.Status == RunStatus.Running ? 0 : 1);
        if (play.State.Status != RunStatus.Running) Open(play).ShouldBeEmpty();
    });

    [Test]
    public void The_same_stimulus_in_the_same_state_gives_the_same_turn() => Any(_ => { }, (play, stimulus) =>
    {
        static string Tell(Turn turn) => turn.State.Write() + string.Concat(turn.Effects.Select(e => System.Text.Json.JsonSerializer.Serialize(e, ContractJson.Options)));
        var before = play.State.Write();
        Tell(EngineCore.Advance(play.Plan, play.State, stimulus, play.Now)).ShouldBe(Tell(EngineCore.Advance(new SopPlan(play.Plan.Sop), RunState.Read(before), stimulus, play.Now)));
        play.State.Write().ShouldBe(before, "advancing leaves the state given to it alone");
    });

    [Test]
    public void A_stimulus_nobody_waits_for_changes_nothing() => Any(_ => { }, (play, _) =>
    {
        var before = play.State.Write();
        foreach (var stimulus in (Stimulus[])[new TaskEnded(new("s1", 99), "x"), new TimerFired(new("none", 1), TimerFor.Wait), new Skipped(At.Run), new Executed(new("s2", 77)), new Started()])
        {
            play.Give(stimulus).Ignored.ShouldNotBeNull();
            play.State.Write().ShouldBe(before);
        }
    });

    private static void Any(Action<Play> holds, Action<Play, Stimulus>? each = null, Action<SopPlan, RunState, Turn>? onTurn = null) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            var choices = new Choices(numbers);
            var play = new Play(new RandomSop(choices).Make())
            {
                OnEvaluate = e => [.. e.Conditions.Select(_ => choices.Coin())],
                OnList = l => new RecordRef[choices.Below(l.Limit + 1)],
                OnExecute = e => choices.Below(5) switch
                {
                    0 => null,
                    1 => new Failed(e.At, (FailureClass)choices.Below(5), Said),
                    _ => new Executed(e.At, "ok", new JsonObject { ["n"] = 1 }),
                },
            };
            if (onTurn is not null) play.OnTurn = (before, turn) => onTurn(play.Plan, before, turn);
            play.Start();
            HasFuture(play);
            while (choices.Left && play.State.Status == RunStatus.Running)
            {
                if (Next(play, choices) is not { } stimulus) break;
                each?.Invoke(play, stimulus);
                play.Give(stimulus);
                HasFuture(play);
            }
            holds(play);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(150));

    private static Stimulus? Next(Play play, Choices choices)
    {
        if (choices.Below(40) == 0) return new Cancelled();
        var leaves = play.State.Leaves.ToList();
        var token = choices.Of(leaves);
        var at = token.At;
        switch (token.Phase)
        {
            case Phase.Stuck:
                return choices.Coin() ? new Retried(at) : new Skipped(at);
            case Phase.Retrying:
                if (choices.Below(4) == 0) return new Retried(at);
                play.Timers.Remove((at, TimerFor.Retry));
                return new TimerFired(at, TimerFor.Retry);
            case Phase.Asked:
                play.Outside.Remove(at);
                return choices.Below(3) == 0 ? new Failed(at, FailureClass.Transient, Said) : new Executed(at);
        }
        if (choices.Below(8) == 0) return new Failed(at, (FailureClass)choices.Below(5), Said);
        switch (play.Plan[token.Step])
        {
            case Wait:
                play.Timers.Remove((at, TimerFor.Wait));
                return new TimerFired(at, TimerFor.Wait);
            case WaitFor wait when wait.Within is not null && choices.Coin():
                play.Timers.Remove((at, TimerFor.TimeOut));
                return new TimerFired(at, TimerFor.TimeOut);
            case WaitFor:
                return new EventArrived(at, "e");
            case TaskStep:
                play.Tasks.Remove(at);
                return new TaskEnded(at, "done");
            case ApprovalStep:
                play.Approvals.Remove(at);
                return new ApprovalEnded(at, "approved");
            case Call:
                play.Children.Remove(at);
                return new ChildEnded(at, "completed");
            default:
                throw new InvalidOperationException(token.Step);
        }
    }

    /// <summary>What the run waits for and what is open outside are the same, exactly.</summary>
    private static void HasFuture(Play play)
    {
        if (play.State.Status == RunStatus.Running) play.State.Leaves.ShouldNotBeEmpty();
        var awaited = play.State.Leaves.SelectMany(t => (t.Phase, play.Plan[t.Step]) switch
        {
            (Phase.Stuck, _) => (string[])[$"incident {t.At}"],
            (Phase.Retrying, _) => [$"timer {t.At} Retry"],
            (Phase.Asked, _) => [$"outside {t.At}"],
            (_, Wait) => [$"timer {t.At} Wait"],
            (_, WaitFor { Within: not null }) => [$"event {t.At}", $"timer {t.At} TimeOut"],
            (_, WaitFor) => [$"event {t.At}"],
            (_, TaskStep) => [$"task {t.At}"],
            (_, ApprovalStep) => [$"approval {t.At}"],
            (_, Call) => [$"child {t.At}"],
            _ => ["nothing"],
        });
        Open(play).OrderBy(x => x).ShouldBe(awaited.OrderBy(x => x));
    }

    private static IEnumerable<string> Open(Play play) =>
        play.Timers.Select(t => $"timer {t.Item1} {t.Item2}")
            .Concat(play.Subscriptions.Select(a => $"event {a}"))
            .Concat(play.Tasks.Select(a => $"task {a}"))
            .Concat(play.Approvals.Select(a => $"approval {a}"))
            .Concat(play.Children.Select(a => $"child {a}"))
            .Concat(play.Incidents.Select(a => $"incident {a}"))
            // A late answer of an external step that the run has left is ignored.
            .Concat(play.Outside.Where(a => play.State.Line(a) is [.., { Phase: Phase.Asked }]).Select(a => $"outside {a}"));
}
