using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Leads;

/// <summary>How many open leads the actor owns.</summary>
internal sealed class LeadNumbers(Session session, CurrentActor actor) : INumbers
{
    public async Task<IReadOnlyDictionary<string, decimal>> ReadAsync(CancellationToken ct)
    {
        if (actor.Value.UserId is not { } me || !actor.Value.Can($"{LeadType.Key}.read")) return new Dictionary<string, decimal>();
        var open = await session.FirstAsync<long>("SELECT COUNT(*) FROM leads_lead WHERE owner_id = @me AND status IN @open AND deleted_at IS NULL", new { me, open = LeadStatus.Open }, ct);
        return new Dictionary<string, decimal> { ["leadsOpen"] = open };
    }
}
