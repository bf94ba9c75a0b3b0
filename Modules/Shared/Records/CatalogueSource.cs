using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>Types declared by modules, joined with custom fields from the database.</summary>
internal sealed class CatalogueSource(IEnumerable<IRecordTypes> modules) : ICatalogueSource, IRefreshable
{
    public static readonly JsonSerializerOptions FieldJson = new(Stored.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
    private readonly RecordType[] declared = [.. modules.SelectMany(m => m.Types)];
    private volatile Catalogue? current;

    public string Stamp => "catalogue";
    public Catalogue Current => current ??= new(declared);

    public async Task LoadAsync(Session session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Row>("SELECT record_type, definition FROM shared_field ORDER BY record_type, position", null, ct);
        var custom = rows.ToLookup(r => r.RecordType, r => JsonSerializer.Deserialize<Field>(r.Definition, FieldJson)! with { Custom = true });
        current = new(declared.Select(t => custom.Contains(t.Key) ? t with { Fields = [.. t.Fields, .. custom[t.Key]] } : t));
    }

    private sealed class Row
    {
        public string RecordType { get; init; } = "";
        public string Definition { get; init; } = "";
    }
}
