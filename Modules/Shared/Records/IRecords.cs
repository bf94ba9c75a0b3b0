using Crm.Shared.Records.Filters;

namespace Crm.Shared.Records;

/// <summary>The one door to records: whoever changes one, by page, API, import or SOP, comes through here and meets the same permissions, scope, validation, locks and audit.
/// Refusals are <see cref="Problems.Problem"/>s. Values given may be CLR values as named at <see cref="FieldType"/> or JSON.</summary>
public interface IRecords
{
    /// <summary>The record as the actor may see it (values unmasked; masking is the edge's), or a not-found problem.</summary>
    Task<Record> GetAsync(string type, Guid id, CancellationToken ct);
    /// <summary>As <see cref="GetAsync"/> without scope and permission, deleted ones too; null where none is.</summary>
    Task<Record?> FindAsync(string type, Guid id, CancellationToken ct);
    Task<RecordPage> ListAsync(RecordQuery query, CancellationToken ct);
    /// <summary>Counts up to <paramref name="most"/> and stops there.</summary>
    Task<long> CountAsync(RecordQuery query, int most, CancellationToken ct);
    /// <summary>Count and sum per value of a select field, over all that the query finds; the sum is of a money or decimal field.</summary>
    Task<IReadOnlyList<RecordGroup>> GroupAsync(RecordQuery query, string by, string? sum, CancellationToken ct);
    Task<Record> CreateAsync(string type, IReadOnlyDictionary<string, object?> values, WriteOptions options, CancellationToken ct);
    /// <summary>Saves the named fields; those left out stay. No event when nothing changes.</summary>
    Task<Record> UpdateAsync(string type, Guid id, IReadOnlyDictionary<string, object?> values, WriteOptions options, CancellationToken ct);
    Task DeleteAsync(string type, Guid id, WriteOptions options, CancellationToken ct);
    Task<Record> RestoreAsync(string type, Guid id, WriteOptions options, CancellationToken ct);
    /// <summary>Names to show for ids, in one read; unknown ids are missing.</summary>
    Task<IReadOnlyDictionary<Guid, string>> NamesAsync(string type, IReadOnlyCollection<Guid> ids, CancellationToken ct);
    /// <summary>Which of the ids are living records that the actor may see; users and units all may.</summary>
    Task<IReadOnlySet<Guid>> VisibleAsync(string type, IReadOnlyCollection<Guid> ids, CancellationToken ct);
    /// <summary>Values along paths over references (<c>customer.owner.name</c>), for filters in memory and templates.</summary>
    Task<IReadOnlyDictionary<string, object?>> ReadPathsAsync(Record record, IEnumerable<string> paths, CancellationToken ct);
}

/// <summary>How a write is meant.</summary>
public sealed record WriteOptions
{
    public static WriteOptions None { get; } = new();

    /// <summary>A feature that has checked for itself: no permission, scope or read-only check. Rules, validation and locks hold all the same.</summary>
    public bool Trusted { get; init; }
    /// <summary>Refused as stale unless the record still has this version.</summary>
    public long? Version { get; init; }
    /// <summary>What happened, where it says more than updated: <c>converted</c>, <c>claimed</c>.</summary>
    public string? Kind { get; init; }
    /// <summary>Said with the change in audit and timeline.</summary>
    public string? Note { get; init; }
    /// <summary>Id of a new record, for those who must know it before.</summary>
    public Guid? Id { get; init; }
    /// <summary>When a new record was really made, for imports from elsewhere.</summary>
    public DateTime? CreatedAt { get; init; }

    public static WriteOptions AsFeature(string? kind = null, string? note = null) => new() { Trusted = true, Kind = kind, Note = note };
}

/// <summary>A page of a list.</summary>
public sealed record RecordQuery(string Type)
{
    public Filter? Filter { get; init; }
    /// <summary>Words looked for in the searchable fields.</summary>
    public string? Search { get; init; }
    /// <summary>Field keys in order, minus first for descending. The id breaks ties.</summary>
    public IReadOnlyList<string> Sort { get; init; } = [];
    /// <summary>1 to 200.</summary>
    public int Limit { get; init; } = 50;
    /// <summary>Cursor from the page before.</summary>
    public string? After { get; init; }
    /// <summary>The recycle bin instead of the living.</summary>
    public bool Deleted { get; init; }
    /// <summary>Without permission and data scope, for features that answer to somebody else's rights.</summary>
    public bool Trusted { get; init; }
}

public sealed record RecordPage(IReadOnlyList<Record> Items, string? Next);

/// <summary>What records have in common by one field.</summary>
public sealed record RecordGroup(string? Key, long Count, decimal Sum);
