using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime.Statistics;

/// <summary>Overdue tasks, and how long approvers take.</summary>
internal sealed class PeopleFigures(Session session)
{
    public async Task<JsonObject> OverdueAsync(Slice slice, DirectoryView view, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Late>($"""
            SELECT t.step_at, t.assignee_id, t.due_at FROM workflows_task t JOIN workflows_run r ON r.id = t.run_id
            WHERE t.sop_key = @Sop AND t.status = 0 AND t.due_at < @Now{slice.Whose} ORDER BY t.due_at {session.Dialect.Limit("@Deep")}
            """, slice.Args, ct);
        return new()
        {
            ["n"] = rows.Count,
            ["more"] = rows.Count == Slice.MostDeep,
            ["steps"] = new JsonArray([.. rows.GroupBy(r => At.Parse(r.StepAt).Step).OrderByDescending(g => g.Count()).Select(g => new JsonObject { ["step"] = g.Key, ["n"] = g.Count(), ["oldest"] = Showing.Node(g.Min(r => r.DueAt)) })]),
            ["people"] = new JsonArray([.. rows.GroupBy(r => r.AssigneeId).OrderByDescending(g => g.Count()).Select(g => new JsonObject { ["person"] = Showing.Person(view, g.Key), ["n"] = g.Count(), ["oldest"] = Showing.Node(g.Min(r => r.DueAt)) })]),
        };
    }

    /// <summary>Of approvals begun in the period: by step and stage, and by person within it.</summary>
    public async Task<JsonArray> ApprovalsAsync(Slice slice, DirectoryView view, CancellationToken ct)
    {
        var seats = await session.QueryAsync<Seat>($"""
            SELECT a.step_at, s.stage, s.person_id, s.status, s.opened_at, s.decided_at
            FROM workflows_approval a JOIN workflows_seat s ON s.approval_id = a.id JOIN workflows_run r ON r.id = a.run_id
            WHERE a.sop_key = @Sop AND a.id >= @First AND a.id < @End AND s.status IN (1, 2) AND s.stage IS NOT NULL AND s.opened_at IS NOT NULL{slice.Whose}
            ORDER BY a.id DESC, s.seat {session.Dialect.Limit("@Deep")}
            """, slice.Args, ct);
        return [.. seats.GroupBy(s => (Step: At.Parse(s.StepAt).Step, s.Stage)).Select(stage =>
        {
            var json = Of(stage);
            json["step"] = stage.Key.Step;
            json["stage"] = stage.Key.Stage;
            json["people"] = new JsonArray([.. stage.GroupBy(s => s.PersonId).OrderByDescending(g => g.Count()).Select(g =>
            {
                var person = Of(g);
                person["person"] = Showing.Person(view, g.Key);
                return person;
            })]);
            return json;
        })];
    }

    private static JsonObject Of(IEnumerable<Seat> seats) => new()
    {
        ["took"] = Showing.Node(Spread.Of(seats.Where(s => s.DecidedAt is not null).Select(s => (long)(s.DecidedAt!.Value - s.OpenedAt).TotalSeconds))),
        ["waiting"] = seats.Count(s => s.DecidedAt is null),
    };

    private sealed class Late
    {
        public string StepAt { get; init; } = "";
        public Guid AssigneeId { get; init; }
        public DateTime DueAt { get; init; }
    }

    private sealed class Seat
    {
        public string StepAt { get; init; } = "";
        public string Stage { get; init; } = "";
        public Guid PersonId { get; init; }
        public int Status { get; init; }
        public DateTime OpenedAt { get; init; }
        public DateTime? DecidedAt { get; init; }
    }
}
