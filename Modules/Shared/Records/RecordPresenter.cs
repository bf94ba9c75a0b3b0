using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>Records as the API shows them: references with their names, personal data masked, what the reader may do.</summary>
public sealed class RecordPresenter(IRecords records, CurrentActor actor, ICatalogueSource source)
{
    /// <param name="fields">Only these; all when null.</param>
    public async Task<IReadOnlyList<JsonObject>> PresentAsync(RecordType type, IReadOnlyList<Record> items, IReadOnlySet<string>? fields, CancellationToken ct)
    {
        var shown = type.AllFields.Where(f => fields is null || fields.Contains(f.Key)).ToArray();
        var names = await NamesAsync(shown, items, ct);
        return [.. items.Select(i => One(i, shown, names))];
    }

    public async Task<JsonObject> PresentAsync(Record record, CancellationToken ct) => (await PresentAsync(record.Type, [record], null, ct))[0];

    private JsonObject One(Record record, Field[] shown, Dictionary<(string, Guid), string> names)
    {
        var json = new JsonObject { ["id"] = record.Id.ToString(), ["version"] = record.Version };
        var masked = new JsonArray();
        var unmasked = actor.Value.Can(record.Type.Permission("sensitive"));
        foreach (var field in shown)
        {
            var value = record[field.Key];
            if (field.Sensitive && !unmasked && value is not null)
            {
                value = value is string text ? Mask.Of(field.Type, text) : null;
                masked.Add(field.Key);
            }
            json[field.Key] = Json(field, value, unmasked, names);
        }
        if (masked.Count > 0) json["masked"] = masked;
        json["can"] = new JsonObject
        {
            ["update"] = actor.Value.Can(record.Type.Permission("update")),
            ["delete"] = actor.Value.Can(record.Type.Permission("delete")),
        };
        return json;
    }

    private JsonNode? Json(Field field, object? value, bool unmasked, Dictionary<(string, Guid), string> names) => value switch
    {
        null => null,
        Guid id => new JsonObject { ["id"] = id.ToString(), ["name"] = names.GetValueOrDefault((field.References!, id)) },
        DateOnly day => Stored.Date(day),
        DateTime time => JsonValue.Create(time),
        string json when field.Type == FieldType.Json => JsonNode.Parse(json),
        IReadOnlyList<string> keys => new JsonArray([.. keys.Select(k => (JsonNode)k)]),
        IReadOnlyList<IReadOnlyDictionary<string, object?>> lines => new JsonArray([.. lines.Select(l => Line(source.Current[field.References!], l, unmasked, names))]),
        _ => JsonSerializer.SerializeToNode(value, Stored.Json),
    };

    // Sensitive parts of a line are left out: whoever may not see the whole's may not see a line's.
    private JsonObject Line(RecordType type, IReadOnlyDictionary<string, object?> line, bool unmasked, Dictionary<(string, Guid), string> names) =>
        new(type.Fields.Where(f => unmasked || !f.Sensitive).Select(f => KeyValuePair.Create(f.Key, Json(f, line.GetValueOrDefault(f.Key), unmasked, names))));

    /// <summary>One read per referenced type, however many records and fields.</summary>
    private async Task<Dictionary<(string, Guid), string>> NamesAsync(Field[] shown, IReadOnlyList<Record> items, CancellationToken ct)
    {
        var wanted = shown.Where(f => f.Type == FieldType.Reference).SelectMany(f => items.Select(i => (f.References!, i.Reference(f.Key))));
        foreach (var field in shown.Where(f => f.Type == FieldType.Lines))
            foreach (var reference in source.Current[field.References!].Fields.Where(f => f.Type == FieldType.Reference))
                wanted = wanted.Concat(items.SelectMany(i => i.Get<IReadOnlyList<IReadOnlyDictionary<string, object?>>>(field.Key) ?? []).Select(l => (reference.References!, l.GetValueOrDefault(reference.Key) as Guid?)));
        var names = new Dictionary<(string, Guid), string>();
        foreach (var group in wanted.Where(w => w.Item2 is not null).ToLookup(w => w.Item1, w => w.Item2!.Value))
            foreach (var (id, name) in await records.NamesAsync(group.Key, [.. group.Distinct()], ct)) names[(group.Key, id)] = name;
        return names;
    }
}

/// <summary>What is left of personal data for those who may not see it: enough to recognise, not enough to use.</summary>
public static class Mask
{
    public static string Of(FieldType type, string text) => type switch
    {
        FieldType.Phone when text.Length >= 7 => $"{text[..3]}****{text[^4..]}",
        FieldType.Email when text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at => $"{text[0]}***{text[at..]}",
        _ when text.Length > 1 => text[0] + new string('*', Math.Min(text.Length - 1, 6)),
        _ => "*",
    };
}
