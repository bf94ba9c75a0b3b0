using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>Types declared by modules, joined with custom fields and edited options from the database.</summary>
internal sealed class CatalogueSource(IEnumerable<IRecordTypes> modules, IEnumerable<IFieldOptions> edited) : ICatalogueSource, IRefreshable
{
    public static readonly JsonSerializerOptions FieldJson = new(Stored.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
    private readonly RecordType[] declared = [.. modules.SelectMany(m => m.Types)];
    private volatile Catalogue? current;

    string IRefreshable.Stamp => ICatalogueSource.Stamp;
    public Catalogue Current => current ??= new(declared);

    public async Task LoadAsync(Session session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Row>("SELECT record_type, definition FROM shared_field WHERE position >= 0 ORDER BY record_type, position", null, ct);
        var custom = rows.ToLookup(r => r.RecordType, r => Read(r.Definition));
        var options = new Dictionary<string, IReadOnlyList<Option>>();
        foreach (var part in edited) options[$"{part.RecordType}.{part.Field}"] = await part.ReadAsync(session, ct);
        Field With(RecordType type, Field field) => options.TryGetValue(field.OptionsOf ?? $"{type.Key}.{field.Key}", out var now) ? field with { Options = now } : field;
        current = new(declared.Select(t => t with { Fields = [.. t.Fields.Select(f => With(t, f)), .. custom[t.Key]] }));
    }

    public static Field Read(string definition)
    {
        var field = JsonSerializer.Deserialize<Field>(definition, FieldJson)! with { Custom = true };
        return field.Default is JsonElement given ? field with { Default = Values.Read(field, given, field.Key).Value } : field;
    }

    private sealed class Row
    {
        public string RecordType { get; init; } = "";
        public string Definition { get; init; } = "";
    }
}
