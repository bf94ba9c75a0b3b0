using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition;

/// <summary>A record in memory as conditions see it.</summary>
/// <param name="Read">Value at a path; the paths to load beforehand are given by <see cref="Conditions.Paths"/>.</param>
internal sealed record RecordView(RecordType Type, Func<string, object?> Read);

/// <summary>Facts of a run for <see cref="Conditions"/>.</summary>
/// <param name="Output">Value of <c>steps.*</c> and <c>run.*</c> paths.</param>
internal sealed class Facts(Catalogue catalogue, RecordView record, RecordView? item, Func<string, JsonNode?> output, FilterContext context) : IFacts
{
    public (bool Met, JsonNode? Actual) Record(JsonElement leaf) => Check(leaf, record);

    public (bool Met, JsonNode? Actual) Item(JsonElement leaf) =>
        Check(leaf, item ?? throw new StepFailure(FailureClass.Configuration, new("sop.noItem")));

    public JsonNode? Output(string path) => output(path);

    private (bool, JsonNode?) Check(JsonElement leaf, RecordView view)
    {
        var reason = MemoryFilter.Explain(FilterParser.Parse(leaf, view.Type, catalogue), view.Read, context);
        return (reason.Result, reason.Actual is null ? null : JsonSerializer.SerializeToNode(reason.Actual, reason.Actual.GetType(), ContractJson.Options));
    }
}
