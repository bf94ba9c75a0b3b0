using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.People.Finding;

namespace Crm.Workflows.Runtime.Previews;

/// <summary>What the designer shows of a rule or a text while it is written: whom it would find today, what it would say of a chosen record. Changes nothing.</summary>
internal sealed class Previews(PeopleSearch people, Reading reading, Templates templates, IRecords records, IDirectory directory, ICatalogueSource catalogue, CurrentActor current)
{
    /// <summary>Enough to recognise a rule that finds too many.</summary>
    private const int MostShown = 20;

    public async Task<JsonObject> PeopleAsync(PeoplePreviewBody body, CancellationToken ct)
    {
        var record = await SampleAsync(body.Type, body.RecordId, ct);
        var rule = Rule(body.Rule);
        if (rule.By == PeopleBy.Field && (rule.Path is null || catalogue.Current.Path(catalogue.Current[body.Type!], rule.Path) is null)) throw Problem.Invalid("rule.path", "filter.unknownField", rule.Path ?? "");
        var found = await people.WouldBeAsync(rule, record, current.Value.UserId, body.TurnKey ?? "", ct);
        var view = await directory.ReadAsync(ct);
        return new()
        {
            ["count"] = found.Count,
            ["people"] = new JsonArray([.. found.Take(MostShown).Select(f => (JsonNode)new JsonObject
            {
                ["id"] = f.User.ToString(),
                ["name"] = view.Person(f.User)?.Name,
                ["position"] = view.Person(f.User)?.Position,
                ["standsInFor"] = Showing.Person(view, f.Via),
            })]),
        };
    }

    /// <summary>The text in both languages; what only a run knows stays named.</summary>
    public async Task<JsonObject> TextAsync(TextPreviewBody body, CancellationToken ct)
    {
        var record = await SampleAsync(body.Type, body.RecordId, ct);
        if (body.Text is not { Zh: not null, En: not null } text) throw Problem.Invalid("text", "field.required");
        return new() { ["zh"] = await RenderAsync(record, text.Zh, "zh", ct), ["en"] = await RenderAsync(record, text.En, "en", ct) };
    }

    private async Task<string> RenderAsync(Record? record, string text, string locale, CancellationToken ct)
    {
        var values = new Dictionary<string, JsonNode?>();
        foreach (var name in Templates.Names(text)) values[name] = await ValueAsync(record, name, locale, ct);
        try
        {
            return templates.Render(text, path => values.GetValueOrDefault(path));
        }
        catch (StepFailure why)
        {
            throw Problem.Invalid("text", why.Said.Code, [.. why.Said.Args]);
        }
    }

    private async Task<JsonNode?> ValueAsync(Record? record, string path, string locale, CancellationToken ct)
    {
        if (record is null || Conditions.IsOutput(path) || Conditions.IsItem(path) || catalogue.Current.Path(record.Type, path) is not [.., var field]) return $"‹{path}›";
        return await reading.ShowAsync(field, await reading.FieldAsync(record, path, ct), locale, ct);
    }

    private async Task<Record?> SampleAsync(string? type, Guid? id, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        if (type is null) throw Problem.Invalid("type", "field.required");
        if (catalogue.Current.Find(type) is null) throw Problem.NotFound("recordType", type);
        return id is { } known ? await records.GetAsync(type, known, ct) : null;
    }

    private static PeopleRule Rule(JsonElement rule)
    {
        if (rule.ValueKind != JsonValueKind.Object) throw Problem.Invalid("rule", "field.required");
        try
        {
            return rule.Deserialize<PeopleRule>(ContractJson.Options)!;
        }
        catch (JsonException why)
        {
            throw Problem.Invalid("rule", "sop.draftUnreadable", SopJson.PlaceOf(why));
        }
    }
}
