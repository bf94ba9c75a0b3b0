using Crm.Shared.Data;
using Crm.Workflows.Contracts;

namespace Crm.Leads.Assignment;

/// <summary>Open leads count as open work when the one with the least is looked for.</summary>
internal sealed class OpenLeads(Session session) : IOpenWork
{
    public async Task<IReadOnlyDictionary<Guid, int>> CountAsync(IReadOnlyCollection<Guid> users, CancellationToken ct) =>
        (await session.QueryAsync<Row>(
            "SELECT owner_id, COUNT(*) AS n FROM leads_lead WHERE owner_id IN @users AND status IN @open AND deleted_at IS NULL GROUP BY owner_id",
            new { users = users.AsEnumerable(), open = LeadStatus.Open }, ct)).ToDictionary(r => r.OwnerId, r => r.N);

    private sealed class Row
    {
        public Guid OwnerId { get; init; }
        public int N { get; init; }
    }
}
