using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People;

/// <summary>What waits for somebody, for the mail that tells their day: late, due today, and to be approved.</summary>
internal sealed class WorkDigest(Session session) : IDigest
{
    private const int Named = 20, Counted = 200;

    public async Task<IReadOnlyList<DigestSection>> ReadAsync(Guid user, DateTime now, DateTime endOfDay, CancellationToken ct)
    {
        var args = new { user, now, endOfDay, n = Counted };
        var limit = session.Dialect.Limit("@n");
        const string task = "SELECT id, title, due_at FROM workflows_task WHERE assignee_id = @user AND status = 0 AND (snoozed_until IS NULL OR snoozed_until <= @endOfDay)";
        var late = await session.QueryAsync<Row>($"{task} AND due_at < @now ORDER BY due_at, id {limit}", args, ct);
        var today = await session.QueryAsync<Row>($"{task} AND due_at >= @now AND due_at < @endOfDay ORDER BY due_at, id {limit}", args, ct);
        var asked = await session.QueryAsync<Row>($"""
            SELECT a.id, a.title, s.due_at FROM workflows_seat s JOIN workflows_approval a ON a.id = s.approval_id
            WHERE s.person_id = @user AND s.status = 1 AND (s.snoozed_until IS NULL OR s.snoozed_until <= @endOfDay) ORDER BY a.id {limit}
            """, args, ct);
        return [.. Section(new("已逾期", "Overdue"), late, "tasks"), .. Section(new("今天到期", "Due today"), today, "tasks"), .. Section(new("待审批", "Waiting for your approval"), asked, "approvals")];
    }

    private static IEnumerable<DigestSection> Section(Label title, IReadOnlyList<Row> rows, string place) =>
        rows.Count == 0 ? [] : [new(title, [.. rows.Take(Named).Select(r => new DigestItem(Wording.Read(r.Title)!, r.DueAt, $"/{place}/{r.Id}"))], Math.Max(0, rows.Count - Named))];

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Title { get; init; } = "";
        public DateTime? DueAt { get; init; }
    }
}
