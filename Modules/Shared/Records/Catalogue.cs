namespace Crm.Shared.Records;

/// <summary>All record types with their built-in and custom fields, as one immutable picture.</summary>
public sealed class Catalogue
{
    private readonly Dictionary<string, RecordType> byKey;
    private readonly Dictionary<string, RecordType> byPlural;

    public Catalogue(IEnumerable<RecordType> types)
    {
        Types = [.. types];
        byKey = Types.ToDictionary(t => t.Key);
        byPlural = Types.ToDictionary(t => t.Plural);
    }

    public IReadOnlyList<RecordType> Types { get; }

    public RecordType this[string key] => byKey.TryGetValue(key, out var type) ? type : throw new KeyNotFoundException($"No record type '{key}'.");
    public RecordType? Find(string key) => byKey.GetValueOrDefault(key);
    public RecordType? ByPlural(string plural) => byPlural.GetValueOrDefault(plural);

    /// <summary>Follows a dotted path over references (<c>customer.owner.name</c>) to the last field, or null where a part is unknown.</summary>
    public IReadOnlyList<Field>? Path(RecordType from, string path)
    {
        var fields = new List<Field>();
        var type = from;
        foreach (var part in path.Split('.'))
        {
            if (type is null || type.Find(part) is not { } field) return null;
            fields.Add(field);
            type = field is { Type: FieldType.Reference, References: { } target } ? Find(target) : null;
        }
        return fields;
    }
}

/// <summary>Where the current catalogue comes from; it changes when an administrator edits custom fields.</summary>
public interface ICatalogueSource
{
    /// <summary>Raised by whoever changes what the catalogue is made of.</summary>
    const string Stamp = "catalogue";

    Catalogue Current { get; }
}

/// <summary>Implemented by a module to declare its record types.</summary>
public interface IRecordTypes
{
    IEnumerable<RecordType> Types { get; }
}
