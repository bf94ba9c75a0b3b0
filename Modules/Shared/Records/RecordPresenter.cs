using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>Records as the API shows them: references with their names, personal data masked, what the reader may do.</summary>
public sealed class RecordPresenter(IRecords records, CurrentActor actor, ICatalogueSource source)
{
    /// <summary>Reads what is needed to show the records; what it returns writes them as JSON objects, one after another.</summary>
    /// <param name="fields">Only these; all when null.</param>
    public async Task<Action<Utf8JsonWriter>> PrepareAsync(RecordType type, IReadOnlyList<Record> items, IReadOnlySet<string>? fields, CancellationToken ct)
    {
        var shown = type.AllFields.Where(f => fields is null || fields.Contains(f.Key)).ToArray();
        var reader = new Reader(actor.Value.Can(type.Permission("sensitive")), actor.Value.Can(type.Permission("update")), actor.Value.Can(type.Permission("delete")), await NamesAsync(shown, items, ct));
        return json =>
        {
            foreach (var item in items) One(json, item, shown, reader);
        };
    }

    /// <param name="fields">Only these; all when null.</param>
    public async Task<IReadOnlyList<JsonObject>> PresentAsync(RecordType type, IReadOnlyList<Record> items, IReadOnlySet<string>? fields, CancellationToken ct)
    {
        var write = await PrepareAsync(type, items, fields, ct);
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Stored.JsonWriter))
        {
            json.WriteStartArray();
            write(json);
            json.WriteEndArray();
        }
        var all = JsonNode.Parse(buffer.WrittenSpan)!.AsArray();
        var objects = all.Select(o => o!.AsObject()).ToList();
        // Whoever gets one may put it into something else.
        all.Clear();
        return objects;
    }

    public async Task<JsonObject> PresentAsync(Record record, CancellationToken ct) => (await PresentAsync(record.Type, [record], null, ct))[0];

    private void One(Utf8JsonWriter json, Record record, Field[] shown, Reader reader)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id);
        json.WriteNumber("version", record.Version);
        List<string>? masked = null;
        foreach (var field in shown)
        {
            var value = record[field.Key];
            if (field.Sensitive && !reader.Unmasked && value is not null)
            {
                value = Mask.Of(field, value);
                (masked ??= []).Add(field.Key);
            }
            json.WritePropertyName(field.Key);
            Write(json, field, value, reader);
        }
        if (masked is not null)
        {
            json.WriteStartArray("masked");
            foreach (var key in masked) json.WriteStringValue(key);
            json.WriteEndArray();
        }
        json.WriteStartObject("can");
        json.WriteBoolean("update", reader.MayUpdate);
        json.WriteBoolean("delete", reader.MayDelete);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, Field field, object? value, Reader reader)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case Guid id:
                json.WriteStartObject();
                json.WriteString("id", id);
                json.WriteString("name", reader.Names.GetValueOrDefault((field.References!, id)));
                json.WriteEndObject();
                break;
            case DateOnly day: json.WriteStringValue(Stored.Date(day)); break;
            case DateTime time: json.WriteStringValue(time); break;
            case string raw when field.Type == FieldType.Json: json.WriteRawValue(raw); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case IReadOnlyList<string> keys:
                json.WriteStartArray();
                foreach (var key in keys) json.WriteStringValue(key);
                json.WriteEndArray();
                break;
            case IReadOnlyList<IReadOnlyDictionary<string, object?>> lines:
                json.WriteStartArray();
                foreach (var line in lines) Line(json, source.Current[field.References!], line, reader);
                json.WriteEndArray();
                break;
            default: JsonSerializer.Serialize(json, value, value.GetType(), Stored.Json); break;
        }
    }

    // Sensitive parts of a line are left out: whoever may not see the whole's may not see a line's.
    private void Line(Utf8JsonWriter json, RecordType type, IReadOnlyDictionary<string, object?> line, Reader reader)
    {
        json.WriteStartObject();
        foreach (var field in type.Fields.Where(f => reader.Unmasked || !f.Sensitive))
        {
            json.WritePropertyName(field.Key);
            Write(json, field, line.GetValueOrDefault(field.Key), reader);
        }
        json.WriteEndObject();
    }

    /// <summary>One read per referenced type, however many records and fields; none for types the reader may not read, whose names he is not told.
    /// Names outside his data scope he is: whoever sees a deal must know whose it is.</summary>
    private async Task<Dictionary<(string, Guid), string>> NamesAsync(Field[] shown, IReadOnlyList<Record> items, CancellationToken ct)
    {
        var wanted = shown.Where(f => f.Type == FieldType.Reference).SelectMany(f => items.Select(i => (f.References!, i.Reference(f.Key))));
        foreach (var field in shown.Where(f => f.Type == FieldType.Lines))
            foreach (var reference in source.Current[field.References!].Fields.Where(f => f.Type == FieldType.Reference))
                wanted = wanted.Concat(items.SelectMany(i => i.Get<IReadOnlyList<IReadOnlyDictionary<string, object?>>>(field.Key) ?? []).Select(l => (reference.References!, l.GetValueOrDefault(reference.Key) as Guid?)));
        var names = new Dictionary<(string, Guid), string>();
        foreach (var group in wanted.Where(w => w.Item2 is not null).ToLookup(w => w.Item1, w => w.Item2!.Value).Where(g => actor.Value.Names(source.Current[g.Key])))
            foreach (var (id, name) in await records.NamesAsync(group.Key, [.. group.Distinct()], ct)) names[(group.Key, id)] = name;
        return names;
    }

    /// <summary>What the one who asked may see and do, and the names of what is referred to.</summary>
    private sealed record Reader(bool Unmasked, bool MayUpdate, bool MayDelete, Dictionary<(string, Guid), string> Names);
}

/// <summary>What is left of personal data for those who may not see it: enough to recognise, not enough to use.</summary>
public static class Mask
{
    /// <summary>Of values that are no text nothing is left.</summary>
    public static string? Of(Field field, object? value) => value is string text ? Of(field.Type, text) : null;

    public static string Of(FieldType type, string text) => type switch
    {
        FieldType.Phone when text.Length >= 7 => $"{text[..3]}****{text[^4..]}",
        FieldType.Email when text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at => $"{text[0]}***{text[at..]}",
        _ when text.Length > 1 => text[0] + new string('*', Math.Min(text.Length - 1, 6)),
        _ => "*",
    };
}
