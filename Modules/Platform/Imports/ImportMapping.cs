using System.Text.Json.Serialization;
using System.Text.Json;
using Crm.Platform.Imports.Csv;
using Crm.Shared.Data;

namespace Crm.Platform.Imports;

/// <summary>What happens to a row whose record is there already.</summary>
internal enum DuplicateMode
{
    /// <summary>Every row makes a new record.</summary>
    Create,
    Update,
    Skip,
}

/// <summary>How the columns of a file become fields.</summary>
internal sealed record ImportMapping
{
    public static readonly JsonSerializerOptions Json = new(Stored.Json)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>By column; null for a column that is left out.</summary>
    public IReadOnlyDictionary<string, ColumnMapping?> Mapping { get; init; } = new Dictionary<string, ColumnMapping?>();
    /// <summary>By field: a constant, or columns in braces put into one text: <c>{first name} {last name}</c>.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
    public DuplicateMode Duplicates { get; init; } = DuplicateMode.Skip;
    public bool StartSops { get; init; }

    public static ImportMapping Parse(string json) => JsonSerializer.Deserialize<ImportMapping>(json, Json)!;
    public override string ToString() => JsonSerializer.Serialize(this, Json);
}

/// <param name="Field">Key of a field, <c>createdAt</c>, or of a line: <c>lines.product</c>.</param>
/// <param name="DateFormat">Null: only dates that can be understood in one way.</param>
/// <param name="Options">Option keys by the file's own texts; null for texts that mean nothing.</param>
internal sealed record ColumnMapping(string Field, DateFormat? DateFormat = null, IReadOnlyDictionary<string, string?>? Options = null, Lookup? Lookup = null);

/// <summary>How a reference is found.</summary>
/// <param name="By">The field that is compared; null for number, external number, code, e-mail, name in this order.</param>
/// <param name="Create">What is not found is made, by its name, where the importer may.</param>
internal sealed record Lookup(string? By = null, bool Create = false);
