using Crm.Testing;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.Tests.Runtime;
using Microsoft.Data.Sqlite;

namespace Crm.Workflows.Tests.Simulation;

/// <summary>What holds between any two steps of a history, read from the tables.</summary>
internal sealed class Invariants(World world)
{
    private readonly Dictionary<Guid, ApprovalStatus> outcomes = [];

    private static readonly (string Rule, string From)[] Never =
    [
        ("an effect happened twice", "(SELECT run_id FROM t_effect GROUP BY run_id, step, visit HAVING COUNT(*) > 1)"),
        ("an effect stands that its run does not know of", "t_effect e WHERE NOT EXISTS (SELECT 1 FROM workflows_history h WHERE h.run_id = e.run_id AND h.step = e.step AND h.visit = e.visit AND h.kind = 3)"),
        ("a step was told as done whose effect does not stand", "workflows_history h WHERE h.kind = 3 AND h.step LIKE 'e_' AND NOT EXISTS (SELECT 1 FROM t_effect e WHERE h.run_id = e.run_id AND h.step = e.step AND h.visit = e.visit)"),
        ("a visit of a step ended twice, or a join fired twice", "(SELECT run_id FROM workflows_history WHERE kind IN (3, 6, 7) AND step <> '' GROUP BY run_id, step, visit HAVING COUNT(*) > 1)"),
        ("a run began or ended twice", "(SELECT run_id FROM workflows_history WHERE kind IN (0, 9) GROUP BY run_id, kind HAVING COUNT(*) > 1)"),
        ("a history has gaps", "workflows_run r WHERE r.entries <> (SELECT COUNT(*) FROM workflows_history h WHERE h.run_id = r.id) OR r.entries <> (SELECT COALESCE(MAX(seq), 0) FROM workflows_history h WHERE h.run_id = r.id)"),
        ("a change did not start its SOP", "shared_change c WHERE c.kind = 'created' AND NOT EXISTS (SELECT 1 FROM workflows_run r WHERE r.sop_key = 'work' AND r.event_id = c.id)"),
        ("an entry into a stage did not start its SOP", "shared_change c WHERE c.changes LIKE '%,\"quote\"]%' AND NOT EXISTS (SELECT 1 FROM workflows_run r WHERE r.sop_key = 'approve' AND r.event_id = c.id)"),
        ("an SOP started without its change", "workflows_run r WHERE r.sop_key <> 'inner' AND NOT EXISTS (SELECT 1 FROM shared_change c WHERE c.id = r.event_id)"),
        ("an event started an SOP twice", "(SELECT event_id FROM workflows_run GROUP BY event_id, sop_key HAVING COUNT(*) > 1)"),
        ("a run that is over left something behind", """
            workflows_run r WHERE r.status >= 3 AND (EXISTS (SELECT 1 FROM workflows_subscription s WHERE s.run_id = r.id) OR EXISTS (SELECT 1 FROM workflows_task t WHERE t.run_id = r.id AND t.status = 0)
                OR EXISTS (SELECT 1 FROM workflows_approval a WHERE a.run_id = r.id AND a.status < 2) OR EXISTS (SELECT 1 FROM workflows_incident i WHERE i.run_id = r.id AND i.closed_at IS NULL))
            """),
        ("an approval is locked that is over", "workflows_lock l JOIN workflows_approval a ON a.id = l.approval_id WHERE l.active = 1 AND a.status >= 2"),
        ("a running approval does not lock", "workflows_approval a WHERE a.status = 0 AND NOT EXISTS (SELECT 1 FROM workflows_lock l WHERE l.approval_id = a.id AND l.active = 1)"),
        ("a task was completed twice", "(SELECT subject_id FROM workflows_act WHERE act = 'complete' GROUP BY subject_id HAVING COUNT(*) > 1)"),
        ("initiators approved what they asked for", "workflows_act c JOIN workflows_approval a ON a.id = c.subject_id WHERE c.act = 'approve' AND c.actor_id = a.initiator_id"),
    ];

    public async Task CheckAsync()
    {
        // One statement for all rules: this runs after every step of every history.
        var broken = await world.Observer.QueryAsync<string>(string.Join(" UNION ALL ", Never.Select((n, i) => $"SELECT * FROM (SELECT '{n.Rule.Replace("'", "''", StringComparison.Ordinal)}' FROM {n.From} LIMIT 1)")));
        broken.ShouldBeEmpty();
        await using var db = new SqliteConnection(world.Observer.ConnectionString);
        (await Futures.LackingAsync(db)).ShouldBeEmpty("a run has no future");
        await ApprovalsAsync();
        Calls();
    }

    private async Task ApprovalsAsync()
    {
        foreach (var row in await world.Observer.QueryAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM workflows_approval"))
        {
            if (outcomes.TryGetValue(row.Id, out var before) && before > ApprovalStatus.WithInitiator && row.Status != before)
                (before, row.Status).ShouldBe((ApprovalStatus.Approved, ApprovalStatus.Voided), "an approval has one outcome; only a change voids it");
            outcomes[row.Id] = row.Status;
            var approval = row.Approval();
            approval.Status.ShouldBe(row.Status);
            if (row.Status == ApprovalStatus.Approved) approval.Stages.Where(s => s.Status == StageStatus.Approved).ShouldAllBe(s => s.Counting.Any(c => c.Status == SeatStatus.Approved), "an approved stage has a vote that counts");
            approval.Stages.SelectMany(s => s.Seats).Where(s => s.Status == SeatStatus.Returned).ShouldAllBe(s => !s.Counts, "a returned vote never counts");
        }
    }

    private void Calls() => world.Outside.Calls.Select(c => c.Split('/')).ShouldAllBe(c => c.Length == 3, "every call carries run, step and visit");

    /// <summary>Once nothing goes wrong any more, everything ends and nothing is left.</summary>
    public async Task CheckEndAsync()
    {
        await CheckAsync();
        (await world.Observer.QueryAsync<string>("SELECT sop_key || ' ' || status || ' ' || COALESCE(state, '') FROM workflows_run WHERE status < 3")).ShouldBeEmpty("a run never ends");
        (await world.Observer.QueryAsync<string>("SELECT kind || ' ' || COALESCE(item_key, '') || ' ' || payload || ' ' || COALESCE(error, '') FROM shared_work WHERE kind IN ('workflows.turn', 'workflows.outside', 'workflows.task', 'workflows.seat') AND due_at IS NOT NULL")).ShouldBeEmpty("work is left");
        var told = await world.Observer.QueryAsync<string>("SELECT lower(hex(run_id)) || '/' || step || '/' || visit FROM workflows_history WHERE kind = 3 AND step LIKE 'o_'");
        told.Except(world.Outside.Calls).ShouldBeEmpty("a call was told as done that never went out");
    }
}
