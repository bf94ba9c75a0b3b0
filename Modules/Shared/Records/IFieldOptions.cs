using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>Options of a select field that people edit and that therefore live in the database. Whoever changes them raises the stamp <c>catalogue</c>. Singleton.</summary>
public interface IFieldOptions
{
    string RecordType { get; }
    string Field { get; }
    Task<IReadOnlyList<Option>> ReadAsync(Session session, CancellationToken ct);
}
