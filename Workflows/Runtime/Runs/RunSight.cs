using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Workflows.Runtime.Runs;

/// <summary>Who sees a run: who started it, who looks after one of its incidents, and whoever sees its record.</summary>
internal sealed class RunSight(Session session, Sight sight, CurrentActor current)
{
    public async Task<IReadOnlyList<About>> AboutAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var me = current.Value.UserId;
        HashSet<Guid> own = me is null ? [] : [.. runs.Where(r => r.InitiatorId == me).Select(r => r.Id)];
        if (me is not null && runs.Count > own.Count && !sight.Everything)
            own.UnionWith(await session.QueryAsync<Guid>("SELECT run_id FROM workflows_incident WHERE run_id IN @ids AND owner_id = @me AND closed_at IS NULL", new { ids = runs.Select(r => r.Id), me }, ct));
        return [.. runs.Select(r => new About(r.RecordType, r.RecordId, own.Contains(r.Id)))];
    }

    /// <summary>The run, or as if there were none.</summary>
    public async Task<Run> SeenAsync(Guid id, Run? run, CancellationToken ct) =>
        run is not null && await sight.SeesAsync((await AboutAsync([run], ct))[0], ct) ? run : throw Problem.NotFound("run", id);
}
