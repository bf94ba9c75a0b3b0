using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition.Described;

namespace Crm.Workflows.Steps;

/// <summary>Sets fields of the record, or of one it refers to.</summary>
internal sealed class UpdateFields(IRecords records, ICatalogueSource catalogue) : IStep
{
    public StepDescription Description => Acting.UpdateFields;

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var target = await StepTools.TargetAsync(records, catalogue, context, inputs, ct);
        await records.UpdateAsync(target.Type.Key, target.Id, inputs.Fields("fields"), StepTools.Write(context), ct);
        return StepResult.Done;
    }
}

/// <summary>Makes a record; its owner is the owner of the run's record unless named.</summary>
internal sealed class CreateRecord(IRecords records, ICatalogueSource catalogue) : IStep
{
    public StepDescription Description => Acting.CreateRecord;

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var type = catalogue.Current.Find(inputs.Text("type") ?? "") ?? throw new StepFailure(FailureClass.Configuration, new("run.unknownType", inputs.Text("type")));
        var values = new Dictionary<string, object?>(inputs.Fields("fields"));
        if (type.Owned && !values.ContainsKey("owner")) values["owner"] = (await records.FindAsync(context.Record.Type, context.Record.Id, ct))?.Owner;
        var made = await records.CreateAsync(type.Key, values, StepTools.Write(context), ct);
        return new() { Outputs = new JsonObject { ["id"] = made.Id.ToString() }, Why = new(made.Name, made.Name) };
    }
}

/// <summary>Logs an activity on the record, where the catalogue has activities that can refer to it.</summary>
internal sealed class CreateActivity(IRecords records, ICatalogueSource catalogue, TimeProvider time) : IStep
{
    private const string Type = "activity";

    public StepDescription Description => Acting.CreateActivity;

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var type = catalogue.Current.Find(Type) ?? throw new StepFailure(FailureClass.Configuration, new("run.unknownType", Type));
        var field = type.Fields.FirstOrDefault(f => f is { Type: FieldType.Reference } && f.References == context.Record.Type)
            ?? throw new StepFailure(FailureClass.Configuration, new("run.noActivity", context.Record.Type));
        var record = await records.FindAsync(context.Record.Type, context.Record.Id, ct);
        var values = new Dictionary<string, object?>
        {
            ["kind"] = inputs.Text("kind"),
            ["subject"] = inputs.Wording("subject")?.Zh,
            ["content"] = inputs.Wording("body")?.Zh,
            ["happenedAt"] = time.UtcNow(),
            ["owner"] = record?.Owner,
            [field.Key] = context.Record.Id,
        };
        await records.CreateAsync(Type, values.Where(v => type.Find(v.Key) is not null).ToDictionary(v => v.Key, v => v.Value), StepTools.Write(context), ct);
        return StepResult.Done;
    }
}

/// <summary>Adds points to a number of the record.</summary>
internal sealed class Score(IRecords records) : IStep
{
    public StepDescription Description => Acting.Score;

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var key = inputs.Text("field") ?? "score";
        var record = await records.FindAsync(context.Record.Type, context.Record.Id, ct) ?? throw new StepFailure(FailureClass.Data, new("run.recordGone", context.Record.Id));
        if (record.Type.Find(key) is not { IsNumber: true } field) throw new StepFailure(FailureClass.Configuration, new("filter.unknownField", key));
        var before = Convert.ToDecimal(record[key] ?? 0m);
        var sum = Within(Within(before + inputs.Read<decimal>("add"), inputs.Read<decimal?>("min"), inputs.Read<decimal?>("max")), field.Min, field.Max);
        var reason = inputs.Words("reason");
        await records.UpdateAsync(record.Type.Key, record.Id, new Dictionary<string, object?> { [key] = field.Type == FieldType.Integer ? (long)sum : sum }, StepTools.Write(context, sum == before ? null : reason), ct);
        return new() { Outputs = new JsonObject { ["score"] = sum, ["added"] = sum - before }, Why = inputs.Wording("reason") };
    }

    private static decimal Within(decimal value, decimal? min, decimal? max) => Math.Min(Math.Max(value, min ?? decimal.MinValue), max ?? decimal.MaxValue);
}
