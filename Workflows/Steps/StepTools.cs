using System.Text.Json;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.Steps;

/// <summary>What several built-in steps need.</summary>
internal static class StepTools
{
    /// <summary>A text that may be given in one language or in both.</summary>
    public static Label? Wording(this StepInputs inputs, string key) => inputs.Json(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } both => both.Deserialize<Label>(ContractJson.Options),
        { } one => new Label(one.GetString() ?? "", one.GetString() ?? ""),
    };

    /// <summary>The record a step acts on: the run's, or one along a path of references.</summary>
    public static async Task<Record> TargetAsync(IRecords records, ICatalogueSource catalogue, StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var record = await records.FindAsync(context.Record.Type, context.Record.Id, ct) ?? throw new StepFailure(FailureClass.Data, new("run.recordGone", context.Record.Id));
        if (inputs.Text("of") is not { Length: > 0 } path) return record;
        var field = catalogue.Current.Path(record.Type, path)?[^1];
        if (field is not { Type: FieldType.Reference, References: { } target }) throw new StepFailure(FailureClass.Configuration, new("filter.unknownField", path));
        var id = (await records.ReadPathsAsync(record, [path], ct))[path] as Guid? ?? throw new StepFailure(FailureClass.Data, new("run.emptyPath", path));
        return await records.FindAsync(target, id, ct) ?? throw new StepFailure(FailureClass.Data, new("run.recordGone", id));
    }

    public static IReadOnlyDictionary<string, object?> Fields(this StepInputs inputs, string key) =>
        inputs.Read<Dictionary<string, JsonElement>>(key)?.ToDictionary(f => f.Key, f => (object?)f.Value) ?? [];

    /// <summary>SOPs write what the company has told them to: fields that people may not set by hand too.</summary>
    public static WriteOptions Write(StepContext context, string? note = null) => new() { Trusted = true, Note = note };
}
