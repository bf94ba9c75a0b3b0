using Crm.Workflows.Definition;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Trials;

/// <summary>The way a run took through its SOP: how often it came to each step, and into which ways of blocks it went (<c>result/interested</c>).</summary>
internal sealed record Course(IReadOnlyDictionary<string, int> Steps, IReadOnlySet<string> Ways)
{
    /// <param name="entries">Of the run's history, in order.</param>
    public static Course Of(SopPlan plan, IEnumerable<(string Step, int Visit, NoteKind Kind, string? Outcome)> entries)
    {
        var (steps, ways) = (new Dictionary<string, int>(), new HashSet<string>());
        foreach (var (id, visit, kind, outcome) in entries)
        {
            if (plan.Find(id) is not { } step) continue;
            for (var (at, times) = (step, visit); ; (at, times) = (plan.BlockOf(at.Id).Owner!, 1))
            {
                steps[at.Id] = Math.Max(steps.GetValueOrDefault(at.Id), times);
                if (plan.BlockOf(at.Id) is not { Owner: { } owner, Way: var way }) break;
                ways.Add($"{owner.Id}/{way}");
            }
            if (kind == NoteKind.Decided && step is Branch && outcome is not null) ways.UnionWith(outcome.Split(',').Select(w => $"{id}/{w}"));
        }
        return new(steps, ways);
    }
}
