using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Engine;

/// <summary>One visit of one step: names everything a run waits for. Text form <c>step#visit</c>.</summary>
internal readonly record struct At(string Step, int Visit)
{
    /// <summary>The run as a whole.</summary>
    public static At Run { get; } = new("", 0);

    public override string ToString() => $"{Step}#{Visit}";

    public static At Parse(string text) =>
        text.LastIndexOf('#') is var at and > 0 && int.TryParse(text.AsSpan(at + 1), out var visit)
            ? new(text[..at], visit)
            : throw new FormatException($"'{text}' is no step and visit.");
}

internal enum RunStatus { Running, Completed, Cancelled }

/// <summary>What a token is doing at its step. Numbers are stored: append only.</summary>
internal enum Phase
{
    /// <summary>An answer to an effect is awaited: decision, execution, lookup.</summary>
    Asked = 0,
    /// <summary>Waits for time, an event, a person or another run.</summary>
    Waiting = 1,
    /// <summary>Its inner blocks run.</summary>
    Inside = 2,
    /// <summary>Failed for a passing reason; a timer tries again.</summary>
    Retrying = 3,
    /// <summary>Needs a person: an incident is open.</summary>
    Stuck = 4,
}

/// <summary>Where one line of a run stands. Blocks that go several ways hold a token per way.</summary>
internal sealed class Token
{
    [JsonPropertyName("s")] public string Step { get; set; } = "";
    [JsonPropertyName("n")] public int Visit { get; set; }
    [JsonPropertyName("w")] public Phase Phase { get; set; }
    /// <summary>Failed attempts of this visit.</summary>
    [JsonPropertyName("a")] public int Attempts { get; set; }
    /// <summary>Blocks: ways ended, or rounds begun.</summary>
    [JsonPropertyName("i")] public int Count { get; set; }
    [JsonPropertyName("c")] public List<Token>? Children { get; set; }
    /// <summary>For-each: records still to come.</summary>
    [JsonPropertyName("q")] public List<RecordRef>? Queue { get; set; }
    /// <summary>Way of a for-each: the record it is about; its outputs stay with it.</summary>
    [JsonPropertyName("r")] public RecordRef? Item { get; set; }
    [JsonPropertyName("o")] public Dictionary<string, JsonObject>? Outputs { get; set; }
    /// <summary>Inputs that a person corrected for this visit.</summary>
    [JsonPropertyName("e")] public JsonObject? Edited { get; set; }

    [JsonIgnore] public At At => new(Step, Visit);

    public Token Copy() => new()
    {
        Step = Step,
        Visit = Visit,
        Phase = Phase,
        Attempts = Attempts,
        Count = Count,
        Children = Children?.ConvertAll(c => c.Copy()),
        Queue = Queue is null ? null : [.. Queue],
        Item = Item,
        Outputs = Outputs is null ? null : new(Outputs),
        Edited = Edited,
    };
}

/// <summary>All that a run is between two turns. Compact JSON: a run that waits in one step takes about 100 bytes.</summary>
internal sealed class RunState
{
    private static readonly JsonSerializerOptions Json = new(ContractJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonNumberEnumConverter<RunStatus>(), new JsonNumberEnumConverter<Phase>() },
    };

    [JsonPropertyName("s")] public RunStatus Status { get; set; }
    /// <summary>Where the run stands; null before the start and after the end.</summary>
    [JsonPropertyName("t")] public Token? Root { get; set; }
    /// <summary>Visits by step.</summary>
    [JsonPropertyName("v")] public Dictionary<string, int> Visits { get; set; } = [];
    /// <summary>Outputs that later steps read, by step.</summary>
    [JsonPropertyName("o")] public Dictionary<string, JsonObject>? Outputs { get; set; }
    /// <summary>Names that visits had before the run moved to another version: what was on its way under the old one still arrives.</summary>
    [JsonPropertyName("m")] public Dictionary<string, string>? Renamed { get; set; }

    public static RunState New() => new();
    public static RunState Read(string json) => JsonSerializer.Deserialize<RunState>(json, Json) ?? throw new JsonException("No run state.");
    public string Write() => JsonSerializer.Serialize(this, Json);

    public RunState Copy() => new()
    {
        Status = Status,
        Root = Root?.Copy(),
        Visits = new(Visits),
        Outputs = Outputs is null ? null : new(Outputs),
        Renamed = Renamed is null ? null : new(Renamed),
    };

    /// <summary>Keeps the old names of visits that are still under way.</summary>
    public void Rename(IReadOnlyDictionary<At, At> renamed)
    {
        var names = (Renamed ?? []).ToDictionary(n => n.Key, n => renamed.TryGetValue(At.Parse(n.Value), out var now) ? now.ToString() : n.Value);
        foreach (var (before, now) in renamed) names[before.ToString()] = now.ToString();
        var open = Tokens.Select(t => t.At.ToString()).ToHashSet();
        Renamed = names.Where(n => open.Contains(n.Value)).ToDictionary() is { Count: > 0 } kept ? kept : null;
    }

    /// <summary>All tokens, outer ones first.</summary>
    [JsonIgnore]
    public IEnumerable<Token> Tokens => Root is null ? [] : Walk(Root);

    /// <summary>Tokens at steps where something is awaited: what the run stands at.</summary>
    [JsonIgnore]
    public IEnumerable<Token> Leaves => Tokens.Where(t => t.Phase != Phase.Inside);

    /// <summary>Whether a person must mend something before all of it goes on.</summary>
    [JsonIgnore]
    public bool Stuck => Tokens.Any(t => t.Phase == Phase.Stuck);

    /// <summary>The tokens from the root down to the one at that step and visit; empty when the run is not there (any more).</summary>
    public IReadOnlyList<Token> Line(At at)
    {
        if (Renamed?.GetValueOrDefault(at.ToString()) is { } now) at = At.Parse(now);
        var line = new List<Token>();
        return Root is not null && Seek(Root, at, line) ? line : [];
    }

    /// <summary>Records of the for-each steps around a visit, outer first: the last is what <c>item.</c> means.</summary>
    public IReadOnlyList<RecordRef> ItemsAt(At at) => [.. Line(at).Where(t => t.Item is not null).Select(t => t.Item!.Value)];

    /// <summary>Value of <c>steps.id.output</c> as seen from a visit: its for-each record's outputs go before the run's.</summary>
    public JsonNode? Output(At from, string path)
    {
        if (path.Split('.') is not ["steps", var step, .. var rest]) return null;
        var scopes = Line(from).Reverse().Select(t => t.Outputs).Append(Outputs);
        JsonNode? node = scopes.FirstOrDefault(s => s?.ContainsKey(step) == true)?[step];
        foreach (var part in rest) node = (node as JsonObject)?[part];
        return node;
    }

    private static bool Seek(Token token, At at, List<Token> line)
    {
        line.Add(token);
        if (token.At == at) return true;
        foreach (var child in token.Children ?? [])
            if (Seek(child, at, line)) return true;
        line.RemoveAt(line.Count - 1);
        return false;
    }

    private static IEnumerable<Token> Walk(Token token)
    {
        yield return token;
        foreach (var child in token.Children ?? [])
            foreach (var inner in Walk(child)) yield return inner;
    }
}
