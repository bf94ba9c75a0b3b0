using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Workflows.People.Tasks;

/// <summary>What a list of tasks is asked for.</summary>
internal sealed record TaskQuery
{
    public bool? Mine { get; init; }
    public string? State { get; init; }
    public Guid? Record { get; init; }
    public Guid? Assignee { get; init; }
    public string? After { get; init; }
    public int? Limit { get; init; }
}

/// <summary>Lists of tasks: mine by due time, those of a record, those of one's people.</summary>
internal sealed class TaskList(Session session, IDirectory directory, TaskView view, TaskRights rights, Sight sight, CurrentActor current, TimeProvider time)
{
    public async Task<JsonObject> ReadAsync(TaskQuery query, CancellationToken ct)
    {
        var limit = Showing.Limit(query.Limit);
        if (query.State is not (null or "open" or "snoozed" or "done" or "all")) throw Problem.Invalid("state", "field.option", query.State);
        var people = await directory.ReadAsync(ct);
        var assignee = Assignee(query, people);
        return await sight.PageAsync(query.After, limit, (after, n) => RowsAsync(query, assignee, after, n, ct), Cursor, row => rights.About(row, people), async page => await view.ManyAsync(page, ct), ct);
    }

    private Task<IReadOnlyList<TaskRow>> RowsAsync(TaskQuery query, Guid? assignee, string? after, int n, CancellationToken ct)
    {
        var open = query.State is null or "open";
        var where = new List<string>();
        if (assignee is not null) where.Add("t.assignee_id = @assignee");
        if (query.Record is not null) where.Add("t.record_id = @record");
        if (open || query.State == "snoozed") where.Add("t.status = 0");
        else if (query.State == "done") where.Add("t.status = 1");
        if (open && assignee is not null) where.Add("(t.snoozed_until IS NULL OR t.snoozed_until <= @now)");
        if (query.State == "snoozed") where.Add("t.snoozed_until > @now");
        // Open work by due time, what has none last; the rest newest first.
        var (due, id) = Parse(after);
        if (after is not null) where.Add(!open ? "t.id < @id" : due is null ? "(t.due_at IS NULL AND t.id > @id)" : "(t.due_at > @due OR t.due_at IS NULL OR (t.due_at = @due AND t.id > @id))");
        var order = open ? "CASE WHEN t.due_at IS NULL THEN 1 ELSE 0 END, t.due_at, t.id" : "t.id DESC";
        return session.QueryAsync<TaskRow>(
            $"SELECT {TaskRow.Columns} FROM workflows_task t {(where.Count > 0 ? "WHERE " + string.Join(" AND ", where) : "")} ORDER BY {order} {session.Dialect.Limit("@n")}",
            new { assignee, record = query.Record, now = time.UtcNow(), due, id, n }, ct);
    }

    /// <summary>Without a person, tasks are those of a record; all there are, or those of somebody who is not under one, need the permission.</summary>
    private Guid? Assignee(TaskQuery query, DirectoryView people)
    {
        if (query.Mine == true) return current.Person();
        var mayAsk = query.Assignee is { } other ? other == current.Value.UserId || people.Superiors(other).Any(s => s.Id == current.Value.UserId) : query.Record is not null;
        if (!mayAsk) current.Require(WorkflowPermissions.ReadRuns);
        return query.Assignee;
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
