using System.Text.Json;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Checks a trigger, of the SOP or awaited by a step.</summary>
internal sealed class TriggerCheck(InputCheck input, Report report)
{
    public void Check(JsonElement trigger, string path, RecordType type, bool awaited)
    {
        if (trigger.ValueKind != JsonValueKind.Object)
        {
            report.Error(path, "sop.notObject");
            return;
        }
        report.Members(trigger, path, awaited ? ["kind", "inputs", "filter"] : ["kind", "inputs", "filter", "reentry"]);
        var kind = SopValidator.Text(trigger, "kind") ?? "";
        if (TriggerKinds.Find(kind) is not { } description || awaited && !description.Awaitable)
        {
            report.Error($"{path}.kind", "sop.unknownTrigger", kind);
            return;
        }
        if (description.RecordTypes.Count > 0 && !description.RecordTypes.Contains(type.Key)) report.Error($"{path}.kind", "sop.wrongRecordType", description.Label, type.Label);
        if (trigger.TryGetProperty("reentry", out var reentry) && (reentry.ValueKind != JsonValueKind.String || !Enum.TryParse<Reentry>(reentry.GetString(), true, out _)))
            report.Error($"{path}.reentry", "sop.badReentry");

        var over = input.Over(type).Inside(null);
        var inputs = trigger.TryGetProperty("inputs", out var given) ? given : JsonSerializer.SerializeToElement(new { });
        over.CheckAll(description.Inputs, inputs, $"{path}.inputs");
        if (trigger.TryGetProperty("filter", out var filter)) over.Check(new StepInput("filter", InputType.Filter, description.Label), filter, inputs, $"{path}.filter");
        CheckValues(inputs, path, type, description, over);
    }

    private void CheckValues(JsonElement inputs, string path, RecordType type, TriggerDescription description, InputCheck over)
    {
        if (inputs.ValueKind != JsonValueKind.Object) return;
        var field = description.Kind switch
        {
            TriggerKinds.StageEntered => SopValidator.Text(inputs, "field") ?? "stage",
            TriggerKinds.Updated when inputs.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array && fields.GetArrayLength() == 1 => fields[0].ToString(),
            _ => null,
        };
        if (description.Kind == TriggerKinds.StageEntered && field is "stage" && type.Find("stage") is null) report.Error($"{path}.inputs.field", "sop.unknownField", field, type.Label);
        foreach (var key in (string[])["from", "to"])
            if (inputs.TryGetProperty(key, out var value))
                if (field is null) report.Error($"{path}.inputs.{key}", "sop.oneFieldOnly");
                else if (type.Find(field) is { } found)
                    foreach (var one in value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value }) over.CheckConstant(found, one, $"{path}.inputs.{key}");
        if (description.Kind == TriggerKinds.DateField && SopValidator.Text(inputs, "field") is { } date && type.Find(date) is { Type: not (FieldType.Date or FieldType.DateTime) })
            report.Error($"{path}.inputs.field", "sop.notDate", date);
        if (description.Kind == TriggerKinds.Webhook && SopValidator.Text(inputs, "match") is { } match && !(inputs.TryGetProperty("fields", out var written) && written.ValueKind == JsonValueKind.Object && written.TryGetProperty(match, out _)))
            report.Error($"{path}.inputs.match", "sop.matchNotWritten", match);
        if (description.Kind == TriggerKinds.Schedule && SopValidator.Text(inputs, "cron") is { } cron && !IsCron(cron))
            report.Error($"{path}.inputs.cron", "sop.badCron", cron);
    }

    private static bool IsCron(string text)
    {
        try
        {
            return new Quartz.CronExpression(text).CronExpressionString.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
