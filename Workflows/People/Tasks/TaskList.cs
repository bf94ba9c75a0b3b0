using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Workflows.People.Tasks;

/// <summary>What a list of tasks is asked for.</summary>
internal sealed record TaskQuery(bool? Mine, string? State, Guid? Record, Guid? Assignee, string? After, int? Limit);

/// <summary>Lists of tasks: mine by due time, those of a record, those of one's people.</summary>
internal sealed class TaskList(Session session, IRecords records, IDirectory directory, TaskView view, CurrentActor current, TimeProvider time)
{
    public async Task<JsonObject> ReadAsync(TaskQuery query, CancellationToken ct)
    {
        var limit = Showing.Limit(query.Limit);
        var open = query.State is null or "open";
        if (query.State is not (null or "open" or "snoozed" or "done" or "all")) throw Problem.Invalid("state", "field.option", query.State);
        var assignee = await AssigneeAsync(query, ct);
        if (assignee is null) await SeesRecordAsync(query.Record, ct);
        var where = new List<string>();
        if (assignee is not null) where.Add("t.assignee_id = @assignee");
        if (query.Record is not null) where.Add("t.record_id = @record");
        if (open || query.State == "snoozed") where.Add("t.status = 0");
        else if (query.State == "done") where.Add("t.status = 1");
        if (open && assignee is not null) where.Add("(t.snoozed_until IS NULL OR t.snoozed_until <= @now)");
        if (query.State == "snoozed") where.Add("t.snoozed_until > @now");
        // Open work by due time, what has none last; the rest newest first.
        var (due, id) = Parse(query.After);
        if (query.After is not null) where.Add(!open ? "t.id < @id" : due is null ? "(t.due_at IS NULL AND t.id > @id)" : "(t.due_at > @due OR t.due_at IS NULL OR (t.due_at = @due AND t.id > @id))");
        var order = open ? "CASE WHEN t.due_at IS NULL THEN 1 ELSE 0 END, t.due_at, t.id" : "t.id DESC";
        var rows = await session.QueryAsync<TaskRow>(
            $"SELECT {TaskRow.Columns} FROM workflows_task t {(where.Count > 0 ? "WHERE " + string.Join(" AND ", where) : "")} ORDER BY {order} {session.Dialect.Limit("@n")}",
            new { assignee, record = query.Record, now = time.UtcNow(), due, id, n = limit + 1 }, ct);
        var page = rows.Take(limit).ToList();
        return Showing.Page(await view.ManyAsync(page, ct), rows.Count > limit ? Cursor(page[^1]) : null);
    }

    private async Task<Guid?> AssigneeAsync(TaskQuery query, CancellationToken ct)
    {
        if (query.Mine == true) return current.Person();
        if (query.Assignee is not { } other || other == current.Value.UserId) return query.Assignee;
        if (current.Value.Can(WorkflowPermissions.ReadRuns)) return other;
        return (await directory.ReadAsync(ct)).Superiors(other).Any(s => s.Id == current.Value.UserId) ? other : throw Problem.Forbidden(WorkflowPermissions.ReadRuns);
    }

    /// <summary>Without a person, tasks are those of a record that one may see.</summary>
    private async Task SeesRecordAsync(Guid? record, CancellationToken ct)
    {
        if (record is null)
        {
            current.Require(WorkflowPermissions.ReadRuns);
            return;
        }
        var type = await session.FirstAsync<string>($"SELECT record_type FROM workflows_task WHERE record_id = @record ORDER BY id {session.Dialect.Limit("@one")}", new { record, one = 1 }, ct);
        if (type is not null) await records.GetAsync(type, record.Value, ct);
    }

    private static string Cursor(TaskRow last) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{last.DueAt?.Ticks.ToString(CultureInfo.InvariantCulture)}/{last.Id}"));

    private static (DateTime? Due, Guid? Id) Parse(string? cursor)
    {
        if (cursor is null) return (null, null);
        try
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(cursor)).Split('/');
            return (parts[0].Length == 0 ? null : new DateTime(long.Parse(parts[0], CultureInfo.InvariantCulture), DateTimeKind.Utc), Guid.Parse(parts[1]));
        }
        catch (Exception broken) when (broken is FormatException or IndexOutOfRangeException or OverflowException or ArgumentOutOfRangeException)
        {
            throw Problem.Invalid("after", "list.cursor");
        }
    }
}
