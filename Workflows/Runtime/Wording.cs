using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime;

/// <summary>Renders the texts of steps for people.</summary>
internal sealed class Wording(Reading reading, Templates templates)
{
    public async Task<Label> RenderAsync(TurnContext turn, At at, IReadOnlyList<RecordRef> items, Label wording, CancellationToken ct)
    {
        var zh = await reading.ValuesAsync(turn, at, items, templates.NamesOf(wording.Zh), "zh", ct);
        if (wording.Zh == wording.En && !wording.Zh.Contains("{{", StringComparison.Ordinal)) return wording;
        var en = await reading.ValuesAsync(turn, at, items, templates.NamesOf(wording.En), "en", ct);
        return new(zh.Render(wording.Zh), en.Render(wording.En));
    }

    public static string Write(Label label) => JsonSerializer.Serialize(label, ContractJson.Options);
    public static Label? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<Label>(json, ContractJson.Options);

    /// <summary>A step with inputs that a person corrected.</summary>
    public static TStep Edited<TStep>(TStep step, JsonObject? edited) where TStep : Step
    {
        if (edited is null) return step;
        var wire = JsonSerializer.SerializeToNode<Step>(step, SopJson.Options)!.AsObject();
        var inputs = wire["inputs"]!.AsObject();
        foreach (var (key, value) in edited) inputs[key] = value?.DeepClone();
        return (TStep)wire.Deserialize<Step>(SopJson.Options)!;
    }
}
