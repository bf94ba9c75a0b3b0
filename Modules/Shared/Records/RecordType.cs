using System.Runtime.CompilerServices;

namespace Crm.Shared.Records;

/// <summary>A named list a user can open: a filter, columns and an order.</summary>
/// <param name="Filter">JSON of the filter grammar, or null for all.</param>
/// <param name="Sort">Field keys, minus first for descending: <c>-score</c>.</param>
public sealed record DefaultView(string Key, Label Label, string? Filter, string Sort, IReadOnlyList<string> Columns);

/// <summary>A kind of business object: declared by a module, stored in the module's table.</summary>
public sealed record RecordType(string Key, string Plural, string Table, Label Label)
{
    /// <summary>Own fields in the order forms show them. System fields are added by <see cref="SystemFields"/>.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }
    /// <summary>The field that names a record to people.</summary>
    public string NameField { get; init; } = "name";
    /// <summary>Prefix of the number people see (<c>L</c> makes L-000123), or null for records without number.</summary>
    public string? NumberPrefix { get; init; }
    /// <summary>The number carries the year: Q-2026-000045.</summary>
    public bool NumberByYear { get; init; }
    /// <summary>Sets of fields that identify a record in imports and duplicate checks; the first set whose fields are all present decides.</summary>
    public IReadOnlyList<IReadOnlyList<string>> NaturalKeys { get; init; } = [];
    /// <summary>Records have an owner and the owner's org unit; data scope applies to them.</summary>
    public bool Owned { get; init; } = true;
    /// <summary>A new record that names no owner belongs to who creates it; otherwise it stays in the pool.</summary>
    public bool OwnerIsCreator { get; init; } = true;
    /// <summary>Records without owner are seen by everyone who may read the type (the pool).</summary>
    public bool UnownedVisible { get; init; }
    /// <summary>Reference field whose record's data scope decides instead of an own owner.</summary>
    public string? ScopeVia { get; init; }
    /// <summary>Reference fields on whose records' timelines changes of this record appear too.</summary>
    public IReadOnlyList<string> TimelineOn { get; init; } = [];
    public IReadOnlyList<DefaultView> Views { get; init; } = [];
    /// <summary>Lines of another type: no own page, permission or audit; saved with their parent.</summary>
    public bool IsLine { get; init; }
    /// <summary>Served by the generic record endpoints under <c>/api/v1/{Plural}</c>.</summary>
    public bool HasApi { get; init; } = true;
    /// <summary>Tables outside the record store's care (read for references and filters only, never written by it).</summary>
    public bool External { get; init; }

    public IReadOnlyList<Field> AllFields => Known.All;
    /// <summary>Fields with a column of their own.</summary>
    public IReadOnlyList<Field> Columns => Known.Columns;

    public Field? Find(string key) => Known.ByKey.GetValueOrDefault(key);

    public string Permission(string act) => $"{Key}.{act}";

    // A changed copy of a type brings its origin's picture along and makes its own.
    private Picture Known => picture is { } known && ReferenceEquals(known.Of, this) ? known : picture = new(this);
    private Picture? picture;

    /// <summary>One object is one type.</summary>
    public bool Equals(RecordType? other) => ReferenceEquals(this, other);
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>What is asked of a type again and again.</summary>
    private sealed class Picture(RecordType of)
    {
        public RecordType Of { get; } = of;
        public IReadOnlyList<Field> All { get; } = of.IsLine || of.External ? of.Fields : [.. of.Fields, .. SystemFields.For(of)];
        public IReadOnlyList<Field> Columns => columns ??= [.. All.Where(f => !f.Custom && f.Type != FieldType.Lines)];
        public IReadOnlyDictionary<string, Field> ByKey => byKey ??= All.DistinctBy(f => f.Key).ToDictionary(f => f.Key);
        private IReadOnlyList<Field>? columns;
        private IReadOnlyDictionary<string, Field>? byKey;
    }
}

/// <summary>Fields that every record has without declaring them. All are written by the record service only, except owner.</summary>
public static class SystemFields
{
    public static readonly Field Number = new("number", FieldType.Text, new("编号", "Number")) { ReadOnly = true, MaxLength = 40, Searchable = true };
    public static readonly Field Owner = new("owner", FieldType.Reference, new("负责人", "Owner")) { References = "user" };
    public static readonly Field Unit = new("unit", FieldType.Reference, new("所属部门", "Unit")) { References = "unit", ReadOnly = true };
    private static readonly Field[] Common =
    [
        new("createdAt", FieldType.DateTime, new("创建时间", "Created")) { ReadOnly = true },
        new("createdBy", FieldType.Reference, new("创建人", "Created by")) { ReadOnly = true, References = "user" },
        new("updatedAt", FieldType.DateTime, new("更新时间", "Updated")) { ReadOnly = true },
        new("updatedBy", FieldType.Reference, new("更新人", "Updated by")) { ReadOnly = true, References = "user" },
        new("deletedAt", FieldType.DateTime, new("删除时间", "Deleted")) { ReadOnly = true },
    ];

    public static IEnumerable<Field> For(RecordType type)
    {
        if (type.NumberPrefix is not null) yield return Number;
        if (type.Owned)
        {
            yield return Owner;
            yield return Unit;
        }
        foreach (var field in Common) yield return field;
    }
}
