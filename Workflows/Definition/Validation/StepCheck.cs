using System.Text.Json;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

/// <summary>What the descriptions of the engine's own kinds cannot say: how their inputs hang together.</summary>
internal sealed class StepCheck(SopWorld world, InputCheck input, Report report)
{
    public void Check(string kind, JsonElement step, JsonElement inputs, string path)
    {
        var at = $"{path}.inputs";
        switch (kind)
        {
            case "parallel": CheckJoin(step, inputs, at); break;
            case "forEach": CheckRelation(inputs, at); break;
            case "waitFor": CheckEvents(inputs, at); break;
            case "task": CheckTask(inputs, at); break;
            case "approval": CheckApproval(inputs, at); break;
            case "mail" when !inputs.TryGetProperty("template", out _):
                if (!inputs.TryGetProperty("subject", out _)) report.Error($"{at}.subject", "sop.required", new Label("主题或模板", "Subject or template"));
                if (!inputs.TryGetProperty("body", out _)) report.Error($"{at}.body", "sop.required", new Label("正文或模板", "Body or template"));
                break;
        }
    }

    private void CheckJoin(JsonElement step, JsonElement inputs, string at)
    {
        if (SopValidator.Text(inputs, "join") != "count") return;
        var ways = step.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Array ? paths.GetArrayLength() : 0;
        if (!inputs.TryGetProperty("count", out var count)) report.Error($"{at}.count", "sop.required", new Label("条数", "How many"));
        else if (count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out var needed) && needed > ways) report.Error($"{at}.count", "sop.joinNeverMet", needed, ways);
    }

    private void CheckRelation(JsonElement inputs, string at)
    {
        if (SopValidator.Text(inputs, "type") is { } type && world.Catalogue.Find(type) is { } related
            && SopValidator.Text(inputs, "via") is { } via && related.Find(via) is { } field
            && (field.Type != FieldType.Reference || field.References != input.Type.Key))
            report.Error($"{at}.via", "sop.notRelated", via, input.Type.Label);
    }

    private void CheckEvents(JsonElement inputs, string at)
    {
        if (!inputs.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Array) return;
        if (events.GetArrayLength() == 0) report.Error($"{at}.events", "sop.noEvents");
        var ids = new HashSet<string> { "already", "timedOut" };
        for (var i = 0; i < events.GetArrayLength(); i++)
        {
            var (one, path) = (events[i], $"{at}.events[{i}]");
            if (SopValidator.Text(one, "id") is { } id && !ids.Add(id)) report.Error($"{path}.id", "sop.doubleId", id);
            if (SopValidator.Text(one, "id") is { Length: > SopValidator.LongestKey } endless) report.Error($"{path}.id", "field.tooLong", SopValidator.LongestKey, endless.Length);
            var about = SopValidator.Text(one, "of") is not { } of ? input.Type
                : world.Catalogue.Path(input.Type, of) is [.., { References: { } target }] ? world.Catalogue.Find(target) : null;
            if (about is not null && one.ValueKind == JsonValueKind.Object && one.TryGetProperty("on", out var on)) new TriggerCheck(input, report).Check(on, $"{path}.on", about, awaited: true);
        }
    }

    private void CheckTask(JsonElement inputs, string at)
    {
        var form = Keys(inputs, "form", at);
        Keys(inputs, "checklist", at);
        var outcomes = Keys(inputs, "outcomes", at);
        foreach (var (field, path) in Each(inputs, "form", at))
        {
            if (SopValidator.Text(field, "field") is null && (SopValidator.Text(field, "type") is null || !field.TryGetProperty("label", out _))) report.Error(path, "sop.formFieldUnknown");
            if (SopValidator.Text(field, "type") is "reference" or "lines") report.Error($"{path}.type", "sop.formFieldType");
            if (SopValidator.Text(field, "type") is "select" or "multiSelect" && SopValidator.Text(field, "field") is null && !Each(field, "options", path).Any()) report.Error($"{path}.options", "sop.noOptions");
            Keys(field, "options", path);
            CheckNames(field, "options", path);
        }
        CheckNames(inputs, "outcomes", at);
        foreach (var (outcome, path) in Each(inputs, "outcomes", at))
            foreach (var list in (string[])["requires", "asks"])
                foreach (var (key, where) in Each(outcome, list, path))
                    if (!form.Contains(key.ToString())) report.Error(where, "sop.unknownFormKey", key.ToString());
        var due = inputs.TryGetProperty("due", out _);
        foreach (var (reminder, path) in Each(inputs, "reminders", at))
            if (Crm.Shared.Time.BusinessDuration.Parse(reminder) is not { Backwards: false }) report.Error(path, "sop.badDuration");
        foreach (var list in (string[])["reminders", "escalations"])
            if (!due && Each(inputs, list, at).Any()) report.Error($"{at}.{list}", "sop.needsDue");
        foreach (var (escalation, path) in Each(inputs, "escalations", at))
        {
            if (SopValidator.Text(escalation, "outcome") is { } outcome && !outcomes.Contains(outcome)) report.Error($"{path}.outcome", "sop.unknownOutcome", outcome);
            if (SopValidator.Text(escalation, "do") == "complete" && outcomes.Count > 0 && SopValidator.Text(escalation, "outcome") is null) report.Error($"{path}.outcome", "sop.required", new Label("结果", "Outcome"));
            if (SopValidator.Text(escalation, "do") == "reassign" && !escalation.TryGetProperty("to", out _)) report.Error($"{path}.to", "sop.required", new Label("给谁", "To"));
        }
    }

    private void CheckApproval(JsonElement inputs, string at)
    {
        var keys = Keys(inputs, "stages", at);
        if (keys.Count == 0) report.Error($"{at}.stages", "sop.noStages");
        if (keys.Contains("initiator") || keys.Contains("previous")) report.Error($"{at}.stages", "sop.reservedStage");
        foreach (var (stage, path) in Each(inputs, "stages", at))
        {
            if (stage.ValueKind != JsonValueKind.Object) continue;
            var late = SopValidator.Text(stage, "whenLate") is { } then && then != "nothing" || stage.TryGetProperty("remind", out var n) && n.ValueKind == JsonValueKind.Number && n.GetDouble() > 0;
            if (late && !stage.TryGetProperty("due", out _)) report.Error($"{path}.due", "sop.needsDue");
            if (stage.TryGetProperty("remind", out var remind) && remind.ValueKind == JsonValueKind.Number && remind.GetDouble() > 0 && !stage.TryGetProperty("remindEvery", out _)) report.Error($"{path}.remindEvery", "sop.required", new Label("催办间隔", "Time between"));
            if (stage.TryGetProperty("weights", out var weights) && weights.ValueKind == JsonValueKind.Object)
                foreach (var weight in weights.EnumerateObject())
                    if (!world.Roles.Contains(weight.Name)) report.Error($"{path}.weights.{weight.Name}", "sop.unknownRole", weight.Name);
                    else if (weight.Value.ValueKind != JsonValueKind.Number || !weight.Value.TryGetInt32(out var heavy) || heavy is < 1 or > 1000) report.Error($"{path}.weights.{weight.Name}", "sop.outOfRange", weight.Name, 1, 1000);
        }
        if (!Each(inputs, "fields", at).Any()) report.Warning($"{at}.fields", "sop.nothingLocked");
    }

    /// <summary>Of two that people choose from and that are called the same nobody knows which is meant.</summary>
    private void CheckNames(JsonElement holder, string list, string at)
    {
        var names = new HashSet<string>();
        foreach (var (one, path) in Each(holder, list, at))
            if (one.ValueKind == JsonValueKind.Object && one.TryGetProperty("label", out var label) && (SopValidator.Text(one, "label") ?? SopValidator.Text(label, "zh"))?.Trim() is { } name && !names.Add(name))
                report.Error($"{path}.label", "sop.doubleName", name);
    }

    private HashSet<string> Keys(JsonElement inputs, string list, string at)
    {
        var keys = new HashSet<string>();
        foreach (var (one, path) in Each(inputs, list, at))
            if (SopValidator.Text(one, "key") is { } key)
            {
                if (!keys.Add(key)) report.Error($"{path}.key", "sop.doubleId", key);
                if (key.Length > SopValidator.LongestKey) report.Error($"{path}.key", "field.tooLong", SopValidator.LongestKey, key.Length);
            }
        return keys;
    }

    private static IEnumerable<(JsonElement One, string Path)> Each(JsonElement inputs, string list, string at) =>
        inputs.ValueKind == JsonValueKind.Object && inputs.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Select((one, i) => (one, $"{at}.{list}[{i}]"))
            : [];
}
