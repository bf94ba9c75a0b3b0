using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition.Described;

namespace Crm.Workflows.Steps;

/// <summary>Adds a tag to a multi-select field of the record.</summary>
internal sealed class AddTag(IRecords records) : IStep
{
    public StepDescription Description => Acting.AddTag;

    public Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct) => Tags.ChangeAsync(records, context, inputs, (tags, tag) => [.. tags.Append(tag).Distinct()], ct);
}

/// <summary>Takes a tag away.</summary>
internal sealed class RemoveTag(IRecords records) : IStep
{
    public StepDescription Description => Acting.RemoveTag;

    public Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct) => Tags.ChangeAsync(records, context, inputs, (tags, tag) => [.. tags.Where(t => t != tag)], ct);
}

internal static class Tags
{
    public static async Task<StepResult> ChangeAsync(IRecords records, StepContext context, StepInputs inputs, Func<IReadOnlyList<string>, string, string[]> change, CancellationToken ct)
    {
        var (key, tag) = (inputs.Text("field") ?? "tags", inputs.Text("tag") ?? "");
        var record = await records.FindAsync(context.Record.Type, context.Record.Id, ct) ?? throw new StepFailure(FailureClass.Data, new("run.recordGone", context.Record.Id));
        if (record.Type.Find(key) is not { Type: FieldType.MultiSelect }) throw new StepFailure(FailureClass.Configuration, new("filter.unknownField", key));
        var tags = change(record.Get<IReadOnlyList<string>>(key) ?? [], tag);
        await records.UpdateAsync(record.Type.Key, record.Id, new Dictionary<string, object?> { [key] = tags }, StepTools.Write(context), ct);
        return StepResult.Done;
    }
}
