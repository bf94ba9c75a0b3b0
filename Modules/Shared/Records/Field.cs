namespace Crm.Shared.Records;

/// <summary>What a field holds. In brackets: the CLR type in a <see cref="Record"/>.</summary>
public enum FieldType
{
    /// <summary>One line of text [string], trimmed, at most <see cref="Field.MaxLength"/> characters.</summary>
    Text,
    /// <summary>Several lines of text [string].</summary>
    LongText,
    /// <summary>Whole number [long].</summary>
    Integer,
    /// <summary>Number with four decimals [decimal], stored as BIGINT ten-thousandths on both engines.</summary>
    Decimal,
    /// <summary>Amount in the record's currency [decimal], stored as <see cref="Decimal"/>.</summary>
    Money,
    /// <summary>[bool]</summary>
    Boolean,
    /// <summary>Calendar day [DateOnly].</summary>
    Date,
    /// <summary>Instant, UTC [DateTime, Kind Utc, whole milliseconds].</summary>
    DateTime,
    /// <summary>One of <see cref="Field.Options"/> by key [string].</summary>
    Select,
    /// <summary>Several of <see cref="Field.Options"/> by key [string[]]; stored as JSON array.</summary>
    MultiSelect,
    /// <summary>Another record's id [Guid]; <see cref="Field.References"/> names its type.</summary>
    Reference,
    /// <summary>[string], lower-cased.</summary>
    Email,
    /// <summary>[string], at least four digits, spaces, brackets, + or -.</summary>
    Phone,
    /// <summary>[string], http or https.</summary>
    Url,
    /// <summary>Free JSON kept as text [string].</summary>
    Json,
    /// <summary>Lines of a child type, loaded and saved with their record as a whole
    /// [IReadOnlyList of IReadOnlyDictionary of field key to value]; <see cref="Field.References"/> names the child type.</summary>
    Lines,
}

/// <summary>One choice of a select field.</summary>
/// <param name="Key">What is stored; never changes.</param>
/// <param name="Color">An Ant Design preset colour (blue, green, gold...) or null.</param>
public sealed record Option(string Key, Label Label, string? Color = null);

/// <summary>One field of a record type. Built-in ones are declared in code, custom ones come from the database.</summary>
public sealed record Field(string Key, FieldType Type, Label Label)
{
    /// <summary>Must have a value when a record is saved.</summary>
    public bool Required { get; init; }
    public int MaxLength { get; init; } = 200;
    /// <summary>Smallest and largest number allowed, inclusive.</summary>
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    /// <summary>Personal data: masked for those without permission <c>{type}.sensitive</c>.</summary>
    public bool Sensitive { get; init; }
    /// <summary>Taken part in by the list's search box.</summary>
    public bool Searchable { get; init; }
    /// <summary>Set by the system only; writes from outside are refused with code <c>field.readOnly</c>.</summary>
    public bool ReadOnly { get; init; }
    /// <summary>For the system's own reckoning: people are not offered it, nor told when it changes.</summary>
    public bool Technical { get; init; }
    /// <summary>Key of the record type a reference or lines field points to.</summary>
    public string? References { get; init; }
    /// <summary>A JSON field that holds a filter: the record type it is about, or the field that names that type.</summary>
    public string? FilterOver { get; init; }
    /// <summary>A text that may hold fields as <c>{{name}}</c>: the record type they are of, or the field that names that type.</summary>
    public string? TemplateOver { get; init; }
    public IReadOnlyList<Option> Options { get; init; } = [];
    /// <summary>The choices are those of another type's field: its type's key, a point and its key.</summary>
    public string? OptionsOf { get; init; }
    /// <summary>Value of a new record that names none.</summary>
    public object? Default { get; init; }
    /// <summary>Added by an administrator; lives in the JSON column <c>custom</c>.</summary>
    public bool Custom { get; init; }
    /// <summary>One sentence under the input, or null.</summary>
    public Label? Help { get; init; }

    /// <summary>Column name: snake case of the key; references end in <c>_id</c>.</summary>
    public string Column { get; } = Names.Snake(Key) + (Type == FieldType.Reference ? "_id" : "");

    public bool IsText => Type is FieldType.Text or FieldType.LongText or FieldType.Email or FieldType.Phone or FieldType.Url or FieldType.Select;
    public bool IsNumber => Type is FieldType.Integer or FieldType.Decimal or FieldType.Money;
}

internal static class Names
{
    public static string Snake(string camel) =>
        string.Concat(camel.Select(c => char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));
}
