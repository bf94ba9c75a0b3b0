using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Checks a draft, however broken, and tells everything that is wrong with it at once.</summary>
internal sealed partial class SopValidator(SopWorld world)
{
    /// <summary>Of an SOP, of an outcome, of a stage.</summary>
    public const int LongestKey = 60;

    private static readonly Templates Templates = new();

    public IReadOnlyList<SopProblem> Validate(JsonElement draft)
    {
        var report = new Report();
        if (draft.ValueKind != JsonValueKind.Object)
        {
            report.Error("", "sop.notObject");
            return report.Problems;
        }
        report.Members(draft, "", ["key", "name", "about", "record", "triggers", "steps"]);
        if (Text(draft, "key") is not { } key || !Key().IsMatch(key)) report.Error("key", "sop.badKey");
        if (!IsLabel(draft, "name")) report.Error("name", "sop.badLabel");
        var type = Text(draft, "record") is { } record ? world.Catalogue.Find(record) : null;
        if (type is null)
        {
            report.Error("record", "sop.unknownRecordType", Text(draft, "record") ?? "");
            return report.Problems;
        }

        var here = world with { TellsPayload = TriggersOf(draft).Any(t => TriggerKinds.Find(Text(t, "kind") ?? "")?.Payload is not null) };
        var input = new InputCheck(here, type, Templates, report);
        CheckTriggers(draft, input, report);
        var tree = new TreeCheck(here, input, report);
        if (draft.TryGetProperty("steps", out var steps) && steps.ValueKind == JsonValueKind.Array) tree.Check(steps, "steps", null);
        else report.Error("steps", "sop.notList");

        // The walk through the whole needs a draft that can be read.
        if (!report.HasErrors && Read(draft, report) is { } sop)
        {
            new FlowCheck(sop, world, report).Check();
            new LoopCheck(sop, world, report).Check();
        }
        return report.Problems;
    }

    private void CheckTriggers(JsonElement draft, InputCheck input, Report report)
    {
        if (!draft.TryGetProperty("triggers", out var triggers) || triggers.ValueKind != JsonValueKind.Array)
        {
            report.Error("triggers", "sop.notList");
            return;
        }
        if (triggers.GetArrayLength() == 0) report.Warning("triggers", "sop.noTrigger");
        if (TriggersOf(draft).Count(t => Text(t, "kind") == TriggerKinds.Webhook) > 1) report.Error("triggers", "sop.oneWebhook");
        for (var i = 0; i < triggers.GetArrayLength(); i++) new TriggerCheck(input, report).Check(triggers[i], $"triggers[{i}]", input.Type, awaited: false);
    }

    private static IEnumerable<JsonElement> TriggersOf(JsonElement draft) =>
        draft.TryGetProperty("triggers", out var triggers) && triggers.ValueKind == JsonValueKind.Array ? triggers.EnumerateArray() : [];

    private static Sop? Read(JsonElement draft, Report report)
    {
        try
        {
            return SopJson.Read(draft);
        }
        catch (JsonException e)
        {
            report.Error(e.Path?.TrimStart('$', '.') ?? "", "sop.unreadable", SopJson.PlaceOf(e));
            return null;
        }
    }

    public static string? Text(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool IsLabel(JsonElement json, string key) => json.TryGetProperty(key, out var label) && IsLabel(label, plain: false);

    public static bool IsLabel(JsonElement label, bool plain) =>
        plain && label.ValueKind == JsonValueKind.String
        || label.ValueKind == JsonValueKind.Object && label.EnumerateObject().Count() == 2 && !string.IsNullOrWhiteSpace(Text(label, "zh")) && !string.IsNullOrWhiteSpace(Text(label, "en"));

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Key();
}
