using Crm.Shared.Data;
using Crm.Shared.Messaging;

namespace Crm.Workflows.Runtime;

/// <summary>Open incidents, starts that quotas put off, and how late the oldest due turn of a run is, for <c>GET health</c>.</summary>
internal sealed class WorkflowHealth(Session session, TimeProvider time) : IHealthPart
{
    private const int MostCounted = 1000;

    public string Name => "runs";

    public async Task<object?> ReadAsync(CancellationToken ct)
    {
        var now = time.UtcNow();
        var args = new { now, kind = Wake.Kind, n = MostCounted, one = 1 };
        var incidents = await session.FirstAsync<int>($"SELECT COUNT(*) FROM (SELECT id FROM workflows_incident WHERE closed_at IS NULL ORDER BY id {session.Dialect.Limit("@n")}) i", args, ct);
        var held = await session.FirstAsync<int>($"SELECT COUNT(*) FROM (SELECT run_id FROM workflows_held ORDER BY run_id {session.Dialect.Limit("@n")}) h", args, ct);
        TimeSpan late = default;
        // Lane by lane, as the queue is indexed: the first due turn of each is the oldest.
        for (var lane = 0; lane <= 2; lane++)
            if (await session.FirstAsync<DateTime?>($"SELECT due_at FROM shared_work{session.Dialect.NotChanging} WHERE lane = {lane} AND due_at <= @now AND kind = @kind ORDER BY due_at {session.Dialect.Limit("@one")}", args, ct) is { } due && now - due > late)
                late = now - due;
        return new { incidents, held, lateSeconds = Math.Round(late.TotalSeconds, 1) };
    }
}
