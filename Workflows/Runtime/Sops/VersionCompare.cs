using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>Tells two versions of an SOP, or a version and the draft, apart: step by step, each changed input before and after under the name people know it by.</summary>
internal sealed class VersionCompare(SopBook book, ActingSteps steps, IDirectory directory, CurrentActor current)
{
    private const string Draft = "draft";
    private static readonly string[] HeadMembers = ["name", "about", "record", "triggers"];

    /// <param name="from">A number or <c>draft</c>; null for what is published.</param>
    /// <param name="to">As <paramref name="from"/>; null for the draft.</param>
    public async Task<JsonObject> CompareAsync(string key, string? from, string? to, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        var row = await book.FindAsync(key, ct) ?? throw Problem.NotFound("sop", key);
        from ??= row.Published?.ToString(CultureInfo.InvariantCulture) ?? throw Problem.Conflict("sop.notPublished");
        var (before, after) = (await SideAsync(row, from, ct), await SideAsync(row, to ?? Draft, ct));
        var (old, now) = (Plan(before), Plan(after));
        return new()
        {
            ["from"] = before,
            ["to"] = after,
            ["head"] = new JsonArray([.. Head(old.Sop, now.Sop)]),
            ["steps"] = new JsonArray([.. SopDiff.Compare(old.Sop, now.Sop).GroupBy(d => d.Step).Select(g => Step(g.Key, [.. g], old, now))]),
        };
    }

    private async Task<JsonObject> SideAsync(SopRow row, string which, CancellationToken ct)
    {
        if (which == Draft) return new() { ["version"] = null, ["definition"] = JsonNode.Parse(await book.DraftAsync(row, ct)) };
        var number = int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : throw Problem.NotFound("version", which);
        var version = await book.VersionAsync(row.SopKey, number, ct) ?? throw Problem.NotFound("version", $"{row.SopKey} {number}");
        var side = VersionView.Show(version, await directory.ReadAsync(ct));
        side["definition"] = JsonNode.Parse(version.Definition);
        return side;
    }

    private static SopPlan Plan(JsonObject side) => new(SopJson.OrRefuse(() => SopJson.Read(side["definition"]!.ToJsonString())));

    private static IEnumerable<JsonNode> Head(Sop old, Sop now)
    {
        var (before, after) = (Json(old), Json(now));
        return HeadMembers.Where(m => !JsonNode.DeepEquals(before[m], after[m])).Select(m => new JsonObject { ["path"] = m, ["before"] = before[m]?.DeepClone(), ["after"] = after[m]?.DeepClone() });
        static JsonObject Json(Sop sop) => JsonSerializer.SerializeToNode(sop, SopJson.Options)!.AsObject();
    }

    private JsonNode Step(string id, IReadOnlyList<StepDiff> differences, SopPlan old, SopPlan now)
    {
        var step = now.Find(id) ?? old[id];
        var changed = differences.FirstOrDefault(d => d.Difference == StepDifference.Changed);
        return new JsonObject
        {
            ["step"] = id,
            ["name"] = Showing.Node(step.Name),
            ["kind"] = step.Kind,
            ["differences"] = new JsonArray([.. differences.Select(d => (JsonNode)Showing.Name(d.Difference))]),
            ["placeBefore"] = Place(old, id),
            ["placeAfter"] = Place(now, id),
            ["inputs"] = new JsonArray([.. changed is null ? [] : Inputs(changed, old[id], now[id])]),
        };
    }

    private static JsonObject? Place(SopPlan plan, string id)
    {
        if (plan.Find(id) is null) return null;
        var block = plan.BlockOf(id);
        return new() { ["owner"] = block.Owner?.Id, ["way"] = block.Way, ["after"] = block.Steps.TakeWhile(s => s.Id != id).LastOrDefault()?.Id };
    }

    private IEnumerable<JsonNode> Inputs(StepDiff changed, Step old, Step now)
    {
        var (before, after) = (SopDiff.Own(old), SopDiff.Own(now));
        var known = steps.Catalogue.Find(now.Kind);
        return changed.Inputs.Select(path => new JsonObject
        {
            ["path"] = path,
            ["label"] = path.Split('.') is ["inputs", var key, ..] ? Showing.Node(known?.Inputs.FirstOrDefault(i => i.Key == key)?.Label) : null,
            ["before"] = At(before, path),
            ["after"] = At(after, path),
        });
    }

    private static JsonNode? At(JsonObject own, string path) => path.Split('.').Aggregate((JsonNode?)own, (node, part) => (node as JsonObject)?[part])?.DeepClone();
}
