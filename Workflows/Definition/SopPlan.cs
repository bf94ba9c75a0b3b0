using System.Text.Json;
using System.Text.RegularExpressions;

namespace Crm.Workflows.Definition;

/// <summary>Where a list of steps stands: in which step (null: the SOP itself) and under which way.</summary>
internal sealed record Block(Step? Owner, string Way, IReadOnlyList<Step> Steps);

/// <summary>An SOP made ready to run: each step with its block, and what later steps read. Made once per version, shared by all its runs.</summary>
internal sealed partial class SopPlan
{
    private readonly Dictionary<string, (Step Step, Block Block, int Index)> places = [];
    private readonly HashSet<string> read;

    public SopPlan(Sop sop)
    {
        Sop = sop;
        Root = new(null, "", sop.Steps);
        Add(Root);
        var json = SopJson.Write(sop);
        ReadsPayload = json.Contains("run.payload", StringComparison.Ordinal) || Steps.OfType<Act>().Any(a => a.Inputs.ContainsKey("template"));
        read = [.. Reading().Matches(json).Select(m => $"{m.Groups[1].Value}.{m.Groups[2].Value}")];
    }

    public Sop Sop { get; }
    public Block Root { get; }
    /// <summary>Whether any step, or a mail template that one uses, may name what the trigger told.</summary>
    public bool ReadsPayload { get; }
    public IEnumerable<Step> Steps => places.Values.Select(p => p.Step);

    public Step? Find(string id) => places.TryGetValue(id, out var place) ? place.Step : null;
    public Step this[string id] => places[id].Step;
    public Block BlockOf(string id) => places[id].Block;

    /// <summary>The step after it in its block, or null at the block's end.</summary>
    public Step? Next(string id)
    {
        var (_, block, index) = places[id];
        return index + 1 < block.Steps.Count ? block.Steps[index + 1] : null;
    }

    /// <summary>Whether any condition, value or template of the SOP reads this output (<c>outcome</c>, <c>answers.budget</c>); others are not kept.</summary>
    public bool Reads(string stepId, string output) => read.Contains($"{stepId}.{output}");

    /// <summary>The lists of steps that a step holds.</summary>
    public static IEnumerable<Block> BlocksOf(Step step) => step switch
    {
        Branch b => b.Paths.Select(p => new Block(b, p.Id, p.Steps)).Append(new(b, "else", b.Else)),
        ParallelStep p => p.Paths.Select(way => new Block(p, way.Id, way.Steps)),
        ForEach f => [new(f, "steps", f.Steps)],
        Repeat r => [new(r, "steps", r.Steps)],
        WaitFor w => [new(w, "timedOut", w.TimedOut)],
        _ => [],
    };

    private void Add(Block block)
    {
        for (var index = 0; index < block.Steps.Count; index++)
        {
            var step = block.Steps[index];
            if (!places.TryAdd(step.Id, (step, block, index))) throw new JsonException($"Two steps have the id '{step.Id}'.");
            foreach (var inner in BlocksOf(step)) Add(inner);
        }
    }

    [GeneratedRegex(@"\bsteps\.([A-Za-z][A-Za-z0-9]*)\.(answers\.[A-Za-z][A-Za-z0-9]*|[A-Za-z][A-Za-z0-9]*)")]
    private static partial Regex Reading();
}
