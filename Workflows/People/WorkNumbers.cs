using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Workflows.People;

/// <summary>What waits for the signed-in person, for today's numbers.</summary>
internal sealed class WorkNumbers(Session session, CurrentActor current, TimeProvider time) : INumbers
{
    public async Task<IReadOnlyDictionary<string, decimal>> ReadAsync(CancellationToken ct)
    {
        var row = await session.FirstAsync<Row>("""
            SELECT (SELECT COUNT(*) FROM workflows_task WHERE assignee_id = @me AND status = 0 AND (snoozed_until IS NULL OR snoozed_until <= @now)) AS tasks,
                (SELECT COUNT(*) FROM workflows_task WHERE assignee_id = @me AND status = 0 AND due_at < @now) AS overdue,
                (SELECT COUNT(DISTINCT approval_id) FROM workflows_seat WHERE person_id = @me AND status = 1 AND (snoozed_until IS NULL OR snoozed_until <= @now)) AS approvals
            """, new { me = current.Value.UserId, now = time.UtcNow() }, ct);
        return new Dictionary<string, decimal> { ["tasksOpen"] = row!.Tasks, ["tasksOverdue"] = row.Overdue, ["approvalsOpen"] = row.Approvals };
    }

    private sealed class Row
    {
        public int Tasks { get; init; }
        public int Overdue { get; init; }
        public int Approvals { get; init; }
    }
}
