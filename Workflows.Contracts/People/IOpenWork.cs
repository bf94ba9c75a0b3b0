namespace Crm.Workflows.Contracts;

/// <summary>Work besides tasks that counts when the person with the least open work is looked for. A module registers its own, scoped; all are added up.</summary>
public interface IOpenWork
{
    /// <summary>Open pieces of work per person, in one grouped read; those who have none may be missing.</summary>
    Task<IReadOnlyDictionary<Guid, int>> CountAsync(IReadOnlyCollection<Guid> users, CancellationToken ct);
}
