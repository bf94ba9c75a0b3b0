using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Shared.Records;
using Crm.Shared.Time;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition;

/// <summary>A standard operating procedure: what starts it and what it does. Immutable; read with <see cref="SopJson"/>.</summary>
/// <param name="Record">Key of the record type that its runs are about.</param>
internal sealed record Sop(string Key, Label Name, string Record, IReadOnlyList<Trigger> Triggers, IReadOnlyList<Step> Steps)
{
    public Label? About { get; init; }
}

/// <summary>How often an SOP may run for one record.</summary>
internal enum Reentry { EveryTime, OnceAtATime, OnceEver }

/// <summary>What starts a run; also what a wait-for-event step listens to. Kinds are described in <see cref="TriggerKinds"/>.</summary>
internal sealed record Trigger(string Kind)
{
    /// <summary>By the kind's description: fields, from, to, offset...</summary>
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>();
    /// <summary>Filter grammar over the record, or null for all.</summary>
    public JsonElement? Filter { get; init; }
    public Reentry Reentry { get; init; }
}

/// <summary>One step. Wire form of every kind: <c>{"id","kind","name"?,"inputs":{...}}</c>, plus the lists of steps that the kind holds.</summary>
[JsonConverter(typeof(StepConverter))]
internal abstract record Step
{
    /// <summary>Stable within the SOP, camel case: outputs are read as <c>steps.id.outcome</c>.</summary>
    public required string Id { get; init; }
    [JsonIgnore] public abstract string Kind { get; }
    /// <summary>What people call it, where the kind's own sentence is not enough.</summary>
    public Label? Name { get; init; }
}

/// <summary>One way of a branch or a parallel.</summary>
internal sealed record Way
{
    public required string Id { get; init; }
    public Label? Label { get; init; }
    /// <summary>Condition of a branch's way, see <see cref="Conditions"/>; none in a parallel.</summary>
    public JsonElement? When { get; init; }
    public IReadOnlyList<Step> Steps { get; init; } = [];
}

internal enum Match { First, All }

/// <summary>Takes the first way whose condition holds, or all of them at the same time; else <see cref="Else"/>.</summary>
internal sealed record Branch : Step
{
    public override string Kind => "branch";
    public Match Match { get; init; }
    public IReadOnlyList<Way> Paths { get; init; } = [];
    public IReadOnlyList<Step> Else { get; init; } = [];
}

internal enum Join { All, Any, Count }

/// <summary>Goes all ways at the same time and on when enough have ended; the rest is cancelled.</summary>
internal sealed record ParallelStep : Step
{
    public override string Kind => "parallel";
    public Join Join { get; init; }
    /// <summary>How many ways must end, for join count.</summary>
    public int Count { get; init; }
    public IReadOnlyList<Way> Paths { get; init; } = [];

    public int Needed => Join switch { Join.Any => Math.Min(1, Paths.Count), Join.Count => Math.Clamp(Count, 0, Paths.Count), _ => Paths.Count };
}

/// <summary>Runs its steps for each record that refers to this one.</summary>
internal sealed record ForEach : Step
{
    public override string Kind => "forEach";
    /// <summary>Record type looked up.</summary>
    public required string Type { get; init; }
    /// <summary>Its reference field that points to the run's record.</summary>
    public required string Via { get; init; }
    public JsonElement? Filter { get; init; }
    /// <summary>More records than this are an incident, never left out silently.</summary>
    public int Max { get; init; } = 100;
    /// <summary>All at the same time instead of one after the other.</summary>
    public bool Together { get; init; }
    public IReadOnlyList<Step> Steps { get; init; } = [];
}

/// <summary>Repeats its steps until the condition holds, at most <see cref="Max"/> times; outcome <c>met</c> or <c>exhausted</c>.</summary>
internal sealed record Repeat : Step
{
    public override string Kind => "repeat";
    public required JsonElement Until { get; init; }
    public int Max { get; init; } = 10;
    public IReadOnlyList<Step> Steps { get; init; } = [];
}

/// <summary>A time: from now, or a date of the record or of an answer, moved by a duration.</summary>
internal sealed record Moment
{
    /// <summary>From now.</summary>
    public BusinessDuration? In { get; init; }
    /// <summary>A date or date-time: field path of the record, or an output.</summary>
    public string? Path { get; init; }
    public BusinessDuration? Plus { get; init; }

    /// <summary>Whether the calendar of somebody's unit says when it is: working time, or days, which are longer or shorter where clocks are put on or back.</summary>
    public bool ByCalendar => (In ?? Plus) is { Business: true } or { Days: not 0 };

    /// <summary>Whether working time is counted: another calendar gives another time.</summary>
    [JsonIgnore] public bool InWorkingTime => (In ?? Plus) is { Business: true };
}

/// <summary>Waits until a time.</summary>
internal sealed record Wait : Step
{
    public override string Kind => "wait";
    public required Moment Until { get; init; }
}

/// <summary>One event that a wait listens to.</summary>
/// <param name="Id">Outcome of the step when this event comes.</param>
internal sealed record AwaitedEvent(string Id, Trigger On)
{
    /// <summary>Reference path from the record to the one that the event is about; the run's own record when null.</summary>
    public string? Of { get; init; }
    public Label? Label { get; init; }
}

/// <summary>Waits for the first of its events; outcome is the event's id, <c>already</c> or <c>timedOut</c>.</summary>
internal sealed record WaitFor : Step
{
    public override string Kind => "waitFor";
    public IReadOnlyList<AwaitedEvent> Events { get; init; } = [];
    /// <summary>Condition that, holding on arrival, makes waiting unnecessary.</summary>
    public JsonElement? Already { get; init; }
    public Moment? Within { get; init; }
    /// <summary>Steps taken after the time-out, before going on.</summary>
    public IReadOnlyList<Step> TimedOut { get; init; } = [];
}

/// <summary>Starts another SOP and, unless told otherwise, waits for its end. Outcome: completed or cancelled.</summary>
internal sealed record Call : Step
{
    public override string Kind => "call";
    public required string Sop { get; init; }
    /// <summary>Reference path to the record it is about; the run's own record when null.</summary>
    public string? Of { get; init; }
    public bool Wait { get; init; } = true;
}

internal enum EndAs { Completed, Cancelled }

/// <summary>Ends the whole run; what is still open in it is cancelled.</summary>
internal sealed record End : Step
{
    public override string Kind => "end";
    public EndAs As { get; init; }
    public Label? Reason { get; init; }
}

/// <summary>A step that acts: built in or of a module. <see cref="Inputs"/> follow its <see cref="StepDescription"/>.</summary>
internal sealed record Act(string ActKind) : Step
{
    public override string Kind => ActKind;
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>();
}
