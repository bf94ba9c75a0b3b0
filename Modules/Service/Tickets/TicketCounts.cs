using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Workflows.Contracts;

namespace Crm.Service.Tickets;

/// <summary>How many open tickets the actor owns.</summary>
internal sealed class TicketNumbers(Session session, CurrentActor actor) : INumbers
{
    public async Task<IReadOnlyDictionary<string, decimal>> ReadAsync(CancellationToken ct)
    {
        if (actor.Value.UserId is not { } me || !actor.Value.Can($"{TicketType.Key}.read")) return new Dictionary<string, decimal>();
        var open = await session.FirstAsync<long>("SELECT COUNT(*) FROM service_ticket WHERE owner_id = @me AND status IN @open AND deleted_at IS NULL", new { me, open = TicketStatus.Open }, ct);
        return new Dictionary<string, decimal> { ["ticketsOpen"] = open };
    }
}

/// <summary>Open tickets count as open work when the one with the least is looked for.</summary>
internal sealed class OpenTickets(Session session) : IOpenWork
{
    public async Task<IReadOnlyDictionary<Guid, int>> CountAsync(IReadOnlyCollection<Guid> users, CancellationToken ct) =>
        (await session.QueryAsync<Row>(
            "SELECT owner_id, COUNT(*) AS n FROM service_ticket WHERE owner_id IN @users AND status IN @open AND deleted_at IS NULL GROUP BY owner_id",
            new { users = users.AsEnumerable(), open = TicketStatus.Open }, ct)).ToDictionary(r => r.OwnerId, r => r.N);

    private sealed class Row
    {
        public Guid OwnerId { get; init; }
        public int N { get; init; }
    }
}
