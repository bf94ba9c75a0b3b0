using System.Text.Json;
using Crm.Shared.Records;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Walks a draft as a run would: which steps surely or possibly ran before each step, which are never reached, which wait for ever.</summary>
internal sealed class FlowCheck(Sop sop, SopWorld world, Report report)
{
    private readonly SopPlan plan = new(sop);
    private readonly Dictionary<string, string> paths = [];

    /// <summary>Steps that have surely run, and those that may have.</summary>
    private sealed record Past(HashSet<string> Sure, HashSet<string> Maybe)
    {
        public Past With(string step) => new([.. Sure, step], [.. Maybe, step]);
        public Past Perhaps(IEnumerable<string> steps) => new(Sure, [.. Maybe, .. steps]);
    }

    public void Check()
    {
        Place(plan.Root, "steps");
        Walk(sop.Steps, new([], []), mayWait: false);
    }

    /// <summary>What has run after the steps; null when the run never gets behind them.</summary>
    private Past? Walk(IReadOnlyList<Step> steps, Past past, bool mayWait)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (Step(steps[i], past, mayWait) is { } after) past = after;
            else
            {
                if (i + 1 < steps.Count) Say(steps[i + 1], "", r => r.Error, "sop.unreachable");
                return null;
            }
        }
        return past;
    }

    private Past? Step(Step step, Past past, bool mayWait)
    {
        if (step is not Repeat) CheckReads(step, past);
        switch (step)
        {
            case End: return null;
            case Branch branch: return AfterBranch(branch, past, mayWait);
            case ParallelStep parallel: return AfterParallel(parallel, past, mayWait);
            case ForEach each:
                Walk(each.Steps, past.Perhaps(Inside(each)), mayWait);
                return past;
            case Repeat repeat:
                if (Walk(repeat.Steps, past.Perhaps(Inside(repeat)), mayWait) is not { } body) return null;
                CheckReads(repeat, body);
                return body.With(repeat.Id);
            case WaitFor wait:
                if (wait.Within is null && !mayWait) Say(wait, "inputs.within", r => r.Warning, "sop.waitsForEver");
                var late = Walk(wait.TimedOut, past.With(wait.Id), mayWait);
                return past.With(wait.Id).Perhaps(late is null ? [] : Inside(wait));
            default: return past.With(step.Id);
        }
    }

    private Past? AfterBranch(Branch branch, Past past, bool mayWait)
    {
        var ends = branch.Paths.Select(p => Walk(p.Steps, past, mayWait)).Append(Walk(branch.Else, past, mayWait)).ToList();
        var behind = ends.OfType<Past>().ToList();
        if (behind.Count == 0) return null;
        // Of several ways taken together each is only possible.
        var sure = branch.Match == Match.All ? past.Sure : Common(behind);
        return new(sure, [.. past.Maybe, .. behind.SelectMany(b => b.Maybe)]);
    }

    private Past? AfterParallel(ParallelStep parallel, Past past, bool mayWait)
    {
        var beside = past.Perhaps(Inside(parallel));
        var behind = parallel.Paths.Select(p => Walk(p.Steps, beside, mayWait || parallel.Join != Join.All)).OfType<Past>().ToList();
        if (behind.Count < parallel.Needed) return null;
        var sure = parallel.Join == Join.All ? [.. behind.SelectMany(b => b.Sure)] : Common(behind);
        return new(sure, [.. past.Maybe, .. behind.SelectMany(b => b.Maybe)]);
    }

    private static HashSet<string> Common(List<Past> ways) => ways.Skip(1).Aggregate(ways[0].Sure.ToHashSet(), (sure, way) => [.. sure.Intersect(way.Sure)]);

    private void CheckReads(Step step, Past past)
    {
        foreach (var (output, path) in Reads.Of(step))
        {
            var parts = output.Split('.', 3);
            if (parts.Length < 3 || plan.Find(parts[1]) is not { } source) Say(step, path, r => r.Error, "sop.unknownStep", parts.Length < 2 ? output : parts[1]);
            else if (!Reads.Has(source, parts[2], world.Steps)) Say(step, path, r => r.Error, "sop.unknownOutput", Called(source), parts[2]);
            else if (LeavesItem(source, step)) Say(step, path, r => r.Error, "sop.outputOfItem", Called(source));
            else if (past.Sure.Contains(source.Id)) continue;
            else if (past.Maybe.Contains(source.Id)) Say(step, path, r => r.Warning, "sop.mayNotHaveRun", Called(source));
            else Say(step, path, r => r.Error, "sop.hasNotRun", Called(source));
        }
        CheckOutcomes(step);
    }

    private void CheckOutcomes(Step step)
    {
        IEnumerable<(JsonElement, string)> conditions = step switch
        {
            Branch branch => branch.Paths.SelectMany((p, i) => p.When is { } when ? Conditions.Leaves(when, $"paths[{i}].when") : []),
            Repeat repeat => Conditions.Leaves(repeat.Until, "inputs.until"),
            _ => [],
        };
        foreach (var (leaf, path) in conditions)
            if (leaf.GetProperty("field").GetString()!.Split('.') is ["steps", var id, "outcome"] && plan.Find(id) is { } source && Reads.Outcomes(source, world.Steps) is { } known && leaf.TryGetProperty("value", out var value))
                foreach (var one in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
                    if (!known.Contains(one.ToString())) Say(step, $"{path}.value", r => r.Error, "sop.outcomeNever", Called(source), one.ToString());
    }

    /// <summary>The source stands in a for-each that the reader is outside of: its outputs are gone then.</summary>
    private bool LeavesItem(Step source, Step reader) => Around(source).OfType<ForEach>().Except(Around(reader).OfType<ForEach>()).Any();

    private IEnumerable<Step> Around(Step step)
    {
        for (var owner = plan.BlockOf(step.Id).Owner; owner is not null; owner = plan.BlockOf(owner.Id).Owner) yield return owner;
    }

    private static IEnumerable<string> Inside(Step step) =>
        SopPlan.BlocksOf(step).SelectMany(b => b.Steps).SelectMany(s => Inside(s).Prepend(s.Id));

    private object Called(Step step) => Report.Called(step.Id, step.Name, world.Steps.Find(step.Kind));

    private void Say(Step step, string path, Func<Report, Action<string, string, object?[]>> severity, string code, params object?[] args)
    {
        using var _ = report.At(step.Id, step.Name, world.Steps.Find(step.Kind));
        severity(report)(path.Length == 0 ? paths[step.Id] : $"{paths[step.Id]}.{path}", code, args);
    }

    private void Place(Block block, string path)
    {
        for (var i = 0; i < block.Steps.Count; i++)
        {
            var (step, at) = (block.Steps[i], $"{path}[{i}]");
            paths[step.Id] = at;
            var way = 0;
            foreach (var inner in SopPlan.BlocksOf(step)) Place(inner, step is Branch or ParallelStep && inner.Way != "else" ? $"{at}.paths[{way++}].steps" : $"{at}.{inner.Way}");
        }
    }
}
