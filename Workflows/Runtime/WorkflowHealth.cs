using Crm.Shared.Data;
using Crm.Shared.Messaging;

namespace Crm.Workflows.Runtime;

/// <summary>Open incidents and how late the oldest due step of a run is, for <c>GET health</c>.</summary>
internal sealed class WorkflowHealth(Session session, TimeProvider time) : IHealthPart
{
    private const int MostCounted = 1000;

    public string Name => "runs";

    public async Task<object?> ReadAsync(CancellationToken ct)
    {
        var now = time.UtcNow();
        var incidents = await session.FirstAsync<int>($"SELECT COUNT(*) FROM (SELECT id FROM workflows_incident WHERE closed_at IS NULL ORDER BY id {session.Dialect.Limit("@n")}) i", new { n = MostCounted }, ct);
        var oldest = await session.FirstAsync<Oldest>("SELECT MIN(due_at) AS due_at FROM shared_work WHERE due_at <= @now AND kind = @kind", new { now, kind = Wake.Kind }, ct);
        return new { incidents, lateSeconds = oldest?.DueAt is { } due ? Math.Round((now - due).TotalSeconds, 1) : 0 };
    }

    private sealed class Oldest
    {
        public DateTime? DueAt { get; init; }
    }
}
