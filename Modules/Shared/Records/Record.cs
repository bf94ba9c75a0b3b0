namespace Crm.Shared.Records;

/// <summary>One record in memory: values by field key, in the CLR types named at <see cref="FieldType"/>. A missing key and null are the same.</summary>
public sealed class Record(RecordType type, Guid id, long version, Dictionary<string, object?> values)
{
    public RecordType Type { get; } = type;
    public Guid Id { get; } = id;
    /// <summary>Grows by one with every saved change; 0 before the first save.</summary>
    public long Version { get; set; } = version;
    public Dictionary<string, object?> Values { get; } = values;

    public object? this[string key]
    {
        get => Values.GetValueOrDefault(key);
        set => Values[key] = value;
    }

    public T? Get<T>(string key) => Values.GetValueOrDefault(key) is T value ? value : default;
    public string? Text(string key) => Values.GetValueOrDefault(key) as string;
    public decimal Amount(string key) => Values.GetValueOrDefault(key) as decimal? ?? 0m;
    public Guid? Reference(string key) => Values.GetValueOrDefault(key) as Guid?;

    public Guid? Owner => Reference("owner");
    public Guid? Unit => Reference("unit");
    /// <summary>What people call it: the name field, else the number, else the id.</summary>
    public string Name => Text(Type.NameField) ?? Text("number") ?? Id.ToString();
    public bool Deleted => Values.GetValueOrDefault("deletedAt") is not null;

    public Record Copy() => new(Type, Id, Version, new(Values));
}
