using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using EngineCore = Crm.Workflows.Engine.Engine;

namespace Crm.Workflows.Tests.Engine;

/// <summary>Plays an SOP without a database: answers the engine's questions as told and keeps book of what is open.</summary>
internal sealed class Play
{
    public static readonly DateTime T0 = new(2026, 11, 22, 1, 0, 0, DateTimeKind.Utc);

    public Play(string json) : this(SopJson.Read(json)) { }

    public Play(Sop sop) => Plan = new SopPlan(sop);

    public SopPlan Plan { get; }
    public RunState State { get; private set; } = RunState.New();
    public DateTime Now { get; set; } = T0;
    public List<Effect> Effects { get; } = [];
    public Message? Ignored { get; private set; }

    public HashSet<(At, TimerFor)> Timers { get; } = [];
    public HashSet<At> Subscriptions { get; } = [];
    public HashSet<At> Tasks { get; } = [];
    public HashSet<At> Approvals { get; } = [];
    public HashSet<At> Children { get; } = [];
    public HashSet<At> Incidents { get; } = [];
    /// <summary>External steps: asked and not answered within the turn.</summary>
    public HashSet<At> Outside { get; } = [];
    public int Finishes { get; private set; }
    /// <summary>Told each single advance, with the state before it.</summary>
    public Action<RunState, Turn>? OnTurn { get; set; }

    /// <summary>Answers: by default no condition holds, nothing is found, every step acts.</summary>
    public Func<Evaluate, bool[]?> OnEvaluate { get; set; } = e => new bool[e.Conditions.Count];
    public Func<Execute, Stimulus?> OnExecute { get; set; } = e => new Executed(e.At);
    public Func<List, RecordRef[]> OnList { get; set; } = _ => [];

    public static string Sop(string steps) => $$$$"""{"key":"test","name":{"zh":"测","en":"Test"},"record":"lead","triggers":[],"steps":[{{{{steps}}}}]}""";
    public static string Act(string id) => $$$$"""{"id":"{{{{id}}}}","kind":"act","inputs":{}}""";
    public static string Task(string id) => $$$$"""{"id":"{{{{id}}}}","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"T"}}""";

    public Play Start() => Give(new Started());

    public Play Give(Stimulus stimulus)
    {
        Ignored = null;
        var questions = new Queue<IAsks>();
        Step(stimulus, questions);
        for (var ignored = Ignored; questions.TryDequeue(out var question); Ignored = ignored)
            if (Answer(question) is { } answer) Step(answer, questions);
        return this;
    }

    public IEnumerable<string> Acted => Effects.OfType<Execute>().Select(e => e.At.ToString());
    public IEnumerable<Note> Notes => Effects.OfType<Note>();
    public At The(string step) => State.Tokens.Last(t => t.Step == step).At;
    public string Standing => string.Join(" ", State.Leaves.Select(t => t.At));

    private void Step(Stimulus stimulus, Queue<IAsks> questions)
    {
        var turn = EngineCore.Advance(Plan, State, stimulus, Now);
        OnTurn?.Invoke(State, turn);
        Ignored = turn.Ignored;
        State = RunState.Read(turn.State.Write());
        foreach (var effect in turn.Effects)
        {
            Effects.Add(effect);
            Book(effect);
            if (effect is IAsks question) questions.Enqueue(question);
        }
    }

    private Stimulus? Answer(IAsks question)
    {
        // The run may have left the step by an earlier answer of the same turn.
        if (State.Line(question.At) is not [.., { Phase: Phase.Asked }]) return null;
        switch (question)
        {
            case Evaluate e: return OnEvaluate(e) is { } met ? new Evaluated(e.At, met) : null;
            case List l: return new Listed(l.At, OnList(l));
            case StartChild child:
                if (child.Wait) Children.Add(child.At).ShouldBeTrue();
                return new Executed(child.At);
            case Execute e:
                var answer = OnExecute(e);
                if (answer is null) Outside.Add(e.At);
                return answer;
            default: throw new InvalidOperationException();
        }
    }

    private void Book(Effect effect)
    {
        switch (effect)
        {
            case SetTimer e: Timers.Add((e.At, e.For)).ShouldBeTrue($"timer {e.At} set twice"); break;
            case CancelTimer e: Timers.Remove((e.At, e.For)); break;
            case Subscribe e: Subscriptions.Add(e.At).ShouldBeTrue(); break;
            case Unsubscribe e: Subscriptions.Remove(e.At); break;
            case OpenTask e: Tasks.Add(e.At).ShouldBeTrue($"task {e.At} opened twice"); break;
            case CancelTask e: Tasks.Remove(e.At); break;
            case OpenApproval e: Approvals.Add(e.At).ShouldBeTrue(); break;
            case CancelApproval e: Approvals.Remove(e.At); break;
            case CancelChild e: Children.Remove(e.At); break;
            case OpenIncident e: Incidents.Add(e.At).ShouldBeTrue(); break;
            case CloseIncident e: Incidents.Remove(e.At).ShouldBeTrue(); break;
            case Finish: Finishes++; break;
        }
    }

    public Play Fire(string step, TimerFor purpose = TimerFor.Wait)
    {
        var at = The(step);
        Timers.Remove((at, purpose)).ShouldBeTrue($"no timer {at} {purpose}");
        return Give(new TimerFired(at, purpose));
    }

    public Play Complete(string step, string outcome = "done", JsonObject? answers = null)
    {
        var at = The(step);
        Tasks.Remove(at).ShouldBeTrue($"no task {at}");
        return Give(new TaskEnded(at, outcome, answers is null ? null : new JsonObject { ["answers"] = answers }));
    }
}
