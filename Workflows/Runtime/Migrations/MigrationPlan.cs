using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Migrations;

/// <summary>What is asked for.</summary>
/// <param name="To">A version's number, or <c>draft</c> for a preview of what is not published yet; null for the published one.</param>
/// <param name="Map">Step in the new version by step that a run knows; steps left out are found by their id, an empty one has no counterpart.</param>
/// <param name="Runs">These runs only; null for all that are open.</param>
internal sealed record MigrationBody(string? To, Dictionary<string, string>? Map, IReadOnlyList<Guid>? Runs, Guid? After, int? Limit);

/// <summary>Where runs go and how.</summary>
/// <param name="Version">Null for a draft.</param>
internal sealed record MigrationTarget(string Key, int? Version, SopPlan Plan);

/// <summary>Reads what is asked for, and guesses what is not said.</summary>
internal sealed class MigrationPlan(Session session, SopBook book, SopPlans plans)
{
    public async Task<MigrationTarget> TargetAsync(string key, string? to, CancellationToken ct)
    {
        var sop = await book.FindAsync(key, ct) ?? throw Problem.NotFound("sop", key);
        if (to == "draft") return new(key, null, Read(await book.DraftAsync(sop, ct)));
        var number = to is null ? sop.Published ?? throw Problem.Conflict("sop.notPublished") : int.TryParse(to, out var wanted) ? wanted : throw Problem.Invalid("to", "migrate.noVersion", to);
        if (await book.VersionAsync(key, number, ct) is null) throw Problem.Invalid("to", "migrate.noVersion", number);
        return new(key, number, await plans.GetAsync(session, key, number, ct));
    }

    /// <summary>The map for runs of these versions: ids that are the same, steps that differ in nothing but their id, and what a person has said.</summary>
    public static Dictionary<string, string> Map(IEnumerable<SopPlan> from, SopPlan to, IReadOnlyDictionary<string, string>? said)
    {
        var wrong = (said ?? new Dictionary<string, string>()).Where(m => m.Value.Length > 0 && to.Find(m.Value) is null).Select(m => new FieldError($"map.{m.Key}", "migrate.noStep", m.Value)).ToArray();
        if (wrong.Length > 0) throw Problem.Invalid(wrong);
        var olds = from.ToList();
        var known = olds.SelectMany(p => p.Steps).Select(s => s.Id).ToHashSet();
        var twins = to.Steps.Where(s => !known.Contains(s.Id)).GroupBy(Content).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single().Id);
        var map = new Dictionary<string, string>();
        foreach (var gone in olds.SelectMany(p => p.Steps).Where(s => to.Find(s.Id) is null))
            if (twins.TryGetValue(Content(gone), out var twin)) map.TryAdd(gone.Id, twin);
        foreach (var (old, now) in said ?? new Dictionary<string, string>()) map[old] = now;
        return map;
    }

    private static string Content(Step step)
    {
        var own = SopDiff.Own(step);
        own.Remove("id");
        return own.ToJsonString();
    }

    private static SopPlan Read(string definition) => new(SopJson.OrRefuse(() => SopJson.Read(definition)));
}
