using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Workflows.Contracts;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;

namespace Crm.Workflows.People;

internal sealed class Desk(Session session, CurrentActor current, TaskActs tasks, ApprovalActs approvals) : IDesk
{
    public async Task<IReadOnlyList<DeskItem>> OpenAsync(CancellationToken ct)
    {
        var args = new { me = current.Person(), n = 200 };
        var open = await session.QueryAsync<Row>($"SELECT id, sop_key, step_at, created_at FROM workflows_task WHERE assignee_id = @me AND status = 0 ORDER BY id {session.Dialect.Limit("@n")}", args, ct);
        var waiting = await session.QueryAsync<Row>($"""
            SELECT a.id, a.sop_key, a.step_at, a.created_at FROM workflows_seat s JOIN workflows_approval a ON a.id = s.approval_id
            WHERE s.person_id = @me AND s.status = 1 ORDER BY a.id {session.Dialect.Limit("@n")}
            """, args, ct);
        return [.. open.Select(r => r.Item(false)), .. waiting.Select(r => r.Item(true))];
    }

    public Task CompleteAsync(Guid task, string outcome, JsonObject answers, IReadOnlyList<string> checklist, CancellationToken ct) =>
        tasks.CompleteAsync(task, new(outcome, answers, checklist), ct);

    public Task DecideAsync(Guid approval, string act, string? comment, CancellationToken ct) =>
        approvals.DoAsync(approval, act, new(null, comment, null, null, null, null), ct);

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string? SopKey { get; init; }
        public string? StepAt { get; init; }
        public DateTime CreatedAt { get; init; }

        public DeskItem Item(bool approval) => new(Id, approval, SopKey, StepAt, CreatedAt);
    }
}
