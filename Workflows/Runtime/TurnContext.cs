using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime;

/// <summary>What one turn knows and gathers: its run, the plan, the state so far and the entries for the history.</summary>
internal sealed class TurnContext(Run run, SopPlan plan, RunState state, DateTime now, Guid? by)
{
    private readonly Dictionary<RecordRef, Record?> records = [];
    private readonly Dictionary<At, JsonObject> inputs = [];
    private readonly Dictionary<At, int> attempts = [];

    public Run Run { get; } = run;
    public SopPlan Plan { get; } = plan;
    public RunState State { get; set; } = state;
    public DateTime Now { get; } = now;
    public List<Entry> Entries { get; } = [];
    /// <summary>What the trigger told; read only where the SOP names it.</summary>
    public JsonObject? Payload { get; init; }

    /// <summary>As whom the run's steps write: no limits, and the chain that led here.</summary>
    public Actor Actor { get; } = new()
    {
        Name = plan.Sop.Name.Zh,
        Source = Source.Sop,
        Unlimited = true,
        Cause = new Cause(run.Id, run.SopKey, run.RecordId, run.Depth),
    };

    /// <summary>A record as the turn has read it; steps that act make it forget.</summary>
    public async ValueTask<Record?> RecordAsync(IRecords store, RecordRef of, CancellationToken ct)
    {
        if (records.TryGetValue(of, out var known)) return known;
        return records[of] = await store.FindAsync(of.Type, of.Id, ct);
    }

    public void Forget() => records.Clear();

    /// <summary>Said with the step's next entry: what it was given.</summary>
    public void Given(At at, JsonObject input) => inputs[at] = input;

    public void Attempt(At at, int attempt) => attempts[at] = attempt;

    public void Say(Note note, Func<Message, Label> words)
    {
        var detail = new JsonObject();
        if (note.Kind is NoteKind.Completed or NoteKind.Failed && inputs.Remove(note.At, out var input)) detail["input"] = input;
        if (note.Outputs is { Count: > 0 }) detail["output"] = note.Outputs.DeepClone();
        if ((note.Why ?? (note.Said is { } said ? words(said) : null)) is { } why) detail["why"] = JsonSerializer.SerializeToNode(why, ContractJson.Options);
        if (note.Checks is { Count: > 0 }) detail["checks"] = JsonSerializer.SerializeToNode(note.Checks, ContractJson.Options);
        Entries.Add(new(note.At, note.Kind)
        {
            Attempt = attempts.GetValueOrDefault(note.At),
            Outcome = note.Outcome,
            Actor = note.Kind is NoteKind.Completed or NoteKind.Retried or NoteKind.Skipped or NoteKind.Cancelled or NoteKind.Ended && Entries.TrueForAll(e => e.Actor is null) ? by : null,
            Detail = detail.Count > 0 ? detail : null,
        });
    }

    /// <summary>Explains a waiting step: until when, for whom.</summary>
    public void Explain(At at, JsonObject what)
    {
        var index = Entries.FindLastIndex(e => e.At == at);
        if (index < 0) return;
        var detail = Entries[index].Detail ?? [];
        foreach (var (key, value) in what) detail[key] = value?.DeepClone();
        Entries[index] = Entries[index] with { Detail = detail };
    }

    /// <summary>Value of <c>steps.*</c> and <c>run.*</c> paths, seen from a step: the outputs of the nearest for-each record come first.</summary>
    public JsonNode? Output(string path, At from)
    {
        var parts = path.Split('.');
        if (parts is ["run", "initiator"]) return Run.InitiatorId?.ToString();
        if (parts is ["run", "id"]) return Run.Id.ToString();
        if (parts is ["run", "startedAt"]) return JsonValue.Create(Run.StartedAt);
        if (parts is ["run", "payload", .. var told]) return told.Aggregate((JsonNode?)Payload, Member);
        if (parts.Length < 3 || parts[0] != "steps") return null;
        foreach (var outputs in Scopes(from))
            if (outputs?.GetValueOrDefault(parts[1]) is { } kept)
                return parts.Skip(2).Aggregate((JsonNode?)kept, Member);
        return null;
    }

    /// <summary>One part of a path: a member, or an index of a list.</summary>
    public static JsonNode? Member(JsonNode? node, string name) => node switch
    {
        JsonObject inner => inner[name],
        JsonArray list when int.TryParse(name, out var index) && index >= 0 && index < list.Count => list[index],
        _ => null,
    };

    /// <summary>All outputs a template or value at this step can read.</summary>
    public IReadOnlyDictionary<string, JsonObject> Outputs(At from)
    {
        var all = new Dictionary<string, JsonObject>();
        foreach (var scope in Scopes(from))
            foreach (var (step, kept) in scope ?? []) all.TryAdd(step, kept);
        return all;
    }

    private IEnumerable<Dictionary<string, JsonObject>?> Scopes(At from) =>
        State.Line(from).Reverse().Where(t => t.Item is not null).Select(t => t.Outputs).Append(State.Outputs);
}
