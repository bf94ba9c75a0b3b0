using Crm.Shared.Access;
using Crm.Shared.Problems;
using MediatR;

namespace Crm.Shared.Records;

public enum ChangeKind { Created, Updated, Deleted, Restored }

/// <summary>A change on its way through the record service.</summary>
public sealed class RecordChange(ChangeKind kind, Record? before, Record after, Actor actor, WriteOptions options)
{
    public ChangeKind Kind { get; } = kind;
    public RecordType Type => After.Type;
    /// <summary>Null for a new record.</summary>
    public Record? Before { get; } = before;
    /// <summary>What will be saved; rules may set values here.</summary>
    public Record After { get; } = after;
    public Actor Actor { get; } = actor;
    public WriteOptions Options { get; } = options;
    /// <summary>Rules add what is wrong; the save is refused with all of it together.</summary>
    public List<FieldError> Errors { get; } = [];

    public bool Changed(string key) => !Values.Same(Before?[key], After[key]);

    /// <summary>The value became this one just now.</summary>
    public bool Became(string key, object value) => Changed(key) && Equals(After[key], value);

    public void Wrong(string field, string code, params object?[] args) => Errors.Add(new FieldError(field, code, args) { Named = Type.Find(field)?.Label });

    /// <summary>Fields whose values differ, system fields of bookkeeping left out.</summary>
    public IEnumerable<Field> ChangedFields => Type.AllFields.Where(f => f.Key is not ("createdAt" or "createdBy" or "updatedAt" or "updatedBy") && Changed(f.Key));
}

/// <summary>A module's rule over a record type, run for every door, inside the transaction.</summary>
public interface IRecordRule
{
    /// <summary>Null for all types.</summary>
    string? RecordType { get; }

    /// <summary>Derive values, refuse with <see cref="RecordChange.Wrong"/> or a problem. Before required fields are checked.</summary>
    Task BeforeSaveAsync(RecordChange change, CancellationToken ct);
}

/// <summary>Published inside the transaction after a record was saved, with the event it left. What must happen with it happens here; all else is enqueued.</summary>
/// <param name="EventId">Id of the row in shared_change: audit entry and event in one.</param>
public sealed record RecordChanged(Guid EventId, DateTime At, string EventKind, RecordChange Change) : INotification;
