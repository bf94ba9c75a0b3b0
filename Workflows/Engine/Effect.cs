using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Engine;

/// <summary>What the runtime shall do. Those marked <see cref="IAsks"/> are answered by a stimulus in the same turn
/// (or later, for steps that act outside); all others are done and not answered, save by <see cref="Failed"/>.</summary>
[JsonDerivedType(typeof(Evaluate), "evaluate")]
[JsonDerivedType(typeof(Execute), "execute")]
[JsonDerivedType(typeof(List), "list")]
[JsonDerivedType(typeof(SetTimer), "setTimer")]
[JsonDerivedType(typeof(CancelTimer), "cancelTimer")]
[JsonDerivedType(typeof(Subscribe), "subscribe")]
[JsonDerivedType(typeof(Unsubscribe), "unsubscribe")]
[JsonDerivedType(typeof(OpenTask), "openTask")]
[JsonDerivedType(typeof(CancelTask), "cancelTask")]
[JsonDerivedType(typeof(OpenApproval), "openApproval")]
[JsonDerivedType(typeof(CancelApproval), "cancelApproval")]
[JsonDerivedType(typeof(StartChild), "startChild")]
[JsonDerivedType(typeof(CancelChild), "cancelChild")]
[JsonDerivedType(typeof(OpenIncident), "incident")]
[JsonDerivedType(typeof(CloseIncident), "closeIncident")]
[JsonDerivedType(typeof(Note), "note")]
[JsonDerivedType(typeof(Finish), "finish")]
internal abstract record Effect;

/// <summary>An effect about one visit of a step.</summary>
/// <param name="Items">Records of the for-each steps around it, outer first: the last is what <c>item.</c> means.</param>
internal abstract record StepEffect(At At, IReadOnlyList<RecordRef> Items) : Effect;

/// <summary>Marks effects that the runtime answers.</summary>
internal interface IAsks
{
    At At { get; }
}

/// <summary>Evaluate these conditions now; answer with <see cref="Evaluated"/>.</summary>
internal sealed record Evaluate(At At, IReadOnlyList<RecordRef> Items, IReadOnlyList<JsonElement> Conditions) : StepEffect(At, Items), IAsks;

/// <summary>Let the step act; answer with <see cref="Executed"/>.</summary>
/// <param name="Edited">Inputs corrected by a person; they replace the step's own key by key.</param>
/// <param name="Attempt">1 for the first.</param>
internal sealed record Execute(At At, IReadOnlyList<RecordRef> Items, int Attempt, JsonObject? Edited) : StepEffect(At, Items), IAsks;

/// <summary>Look up the records of a for-each, at most its maximum and one; answer with <see cref="Listed"/>.</summary>
internal sealed record List(At At, IReadOnlyList<RecordRef> Items, int Limit) : StepEffect(At, Items), IAsks;

/// <summary>What a timer is for; a visit has at most one of each.</summary>
internal enum TimerFor { Wait, TimeOut, Retry }

/// <summary>Wake the run at a time. Either <paramref name="DueAt"/> is known or <paramref name="Until"/> is to be counted with the calendar, from now, the record or an answer.</summary>
/// <param name="Spread">Neighbours that failed together shall not come back together: move it by up to a fifth.</param>
internal sealed record SetTimer(At At, IReadOnlyList<RecordRef> Items, TimerFor For, DateTime? DueAt, Moment? Until, bool Spread) : StepEffect(At, Items);

internal sealed record CancelTimer(At At, TimerFor For) : Effect;

/// <summary>Listen for the events of a wait-for step.</summary>
internal sealed record Subscribe(At At, IReadOnlyList<RecordRef> Items, IReadOnlyList<AwaitedEvent> Events) : StepEffect(At, Items);

internal sealed record Unsubscribe(At At) : Effect;

/// <summary>Make the task of a <see cref="TaskStep"/>.</summary>
internal sealed record OpenTask(At At, IReadOnlyList<RecordRef> Items, JsonObject? Edited) : StepEffect(At, Items);

internal sealed record CancelTask(At At) : Effect;

/// <summary>Begin the approval of an <see cref="ApprovalStep"/>.</summary>
internal sealed record OpenApproval(At At, IReadOnlyList<RecordRef> Items, JsonObject? Edited) : StepEffect(At, Items);

internal sealed record CancelApproval(At At) : Effect;

/// <summary>Start a run of another SOP; answer with <see cref="Executed"/> when it is made.</summary>
/// <param name="Wait">Its end is awaited: report it with <see cref="ChildEnded"/>.</param>
internal sealed record StartChild(At At, IReadOnlyList<RecordRef> Items, string Sop, string? Of, bool Wait) : StepEffect(At, Items), IAsks;

internal sealed record CancelChild(At At) : Effect;

/// <summary>The run cannot go on at this step without a person.</summary>
internal sealed record OpenIncident(At At, FailureClass Class, Message Said, int Attempts) : Effect;

internal sealed record CloseIncident(At At) : Effect;

/// <summary>What a history entry tells. Numbers are stored: append only.</summary>
internal enum NoteKind { Started = 0, Decided = 1, Waiting = 2, Completed = 3, Failed = 4, Retried = 5, Skipped = 6, Cancelled = 7, TimedOut = 8, Ended = 9, Migrated = 10 }

/// <summary>One entry of the run's history.</summary>
/// <param name="Outcome">Way taken, outcome of the step, or class of the failure.</param>
/// <param name="Why">The step's own reason.</param>
/// <param name="Said">The engine's reason, by code.</param>
/// <param name="Checks">Conditions of a decision with the values they met.</param>
internal sealed record Note(At At, NoteKind Kind) : Effect
{
    public string? Outcome { get; init; }
    public JsonObject? Outputs { get; init; }
    public Label? Why { get; init; }
    public Message? Said { get; init; }
    public IReadOnlyList<ConditionCheck>? Checks { get; init; }
}

/// <summary>The run is over.</summary>
internal sealed record Finish(RunStatus Status, Label? Reason) : Effect;

/// <summary>What came of a stimulus.</summary>
/// <param name="Ignored">Set when the stimulus came too late or twice: nothing has changed then.</param>
internal sealed record Turn(RunState State, IReadOnlyList<Effect> Effects, Message? Ignored = null)
{
    /// <summary>The effects to answer before the turn is over.</summary>
    public IEnumerable<IAsks> Questions => Effects.OfType<IAsks>();
}
