using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Crm.Testing;

/// <summary>Reads from the tables whether every run has a future: it is over, or a person was called, or each of its lines waits for something that exists.</summary>
public static class Futures
{
    private const string Asked = "asked", Waiting = "waiting", Inside = "inside", Stuck = "stuck";

    /// <summary>The lines of runs that nothing will ever move again, as <c>sop run step#visit</c>.</summary>
    public static async Task<IReadOnlyList<string>> LackingAsync(DbConnection db)
    {
        var lost = new List<string>();
        // Asked line by line: of a million runs only those are looked up that have not ended.
        foreach (var run in await db.QueryAsync<Row>("SELECT id, sop_key AS SopKey, status, state FROM workflows_run WHERE status < 3"))
        {
            var called = await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM workflows_incident WHERE run_id = @Id AND closed_at IS NULL", run) > 0;
            var name = Convert.ToHexStringLower(run.Id);
            if (run.Status == 2 && !called) lost.Add($"{run.SopKey} {name} is an incident that nobody was told of");
            // Parked before its first turn, or a chain that goes round: a person begins it again.
            if (run.State is null || run.Status == 2 && called)
            {
                if (!called && !await IsDueAsync(db, run, null)) lost.Add($"{run.SopKey} {name} never starts");
                continue;
            }
            using var state = JsonDocument.Parse(run.State);
            foreach (var (at, phase) in Leaves(state.RootElement.GetProperty("t")))
                if (!await HasAsync(db, run, at, phase)) lost.Add($"{run.SopKey} {name} {at} in phase {phase}");
        }
        return lost;
    }

    private static async Task<bool> HasAsync(DbConnection db, Row run, string at, string phase)
    {
        var args = new { run.Id, at };
        var wanted = phase switch
        {
            Stuck => "SELECT COUNT(*) FROM workflows_incident WHERE run_id = @Id AND step_at = @at AND closed_at IS NULL",
            Waiting => """
                SELECT (SELECT COUNT(*) FROM workflows_task WHERE run_id = @Id AND step_at = @at AND status = 0)
                    + (SELECT COUNT(*) FROM workflows_approval a WHERE run_id = @Id AND step_at = @at AND (status = 1 OR status = 0 AND (
                        EXISTS (SELECT 1 FROM workflows_seat s WHERE s.approval_id = a.id AND s.status = 1)
                        OR EXISTS (SELECT 1 FROM workflows_incident i WHERE i.run_id = @Id AND i.step_at = @at AND i.closed_at IS NULL))))
                    + (SELECT COUNT(*) FROM workflows_subscription WHERE run_id = @Id AND step_at = @at AND event <> '@date')
                    + (SELECT COUNT(*) FROM workflows_run WHERE cause_run_id = @Id AND parent_at = @at AND status < 3)
                """,
            _ => null,
        };
        return wanted is not null && await db.ExecuteScalarAsync<long>(wanted, args) > 0 || await IsDueAsync(db, run, at);
    }

    /// <summary>Whether work waits that is about the run, and of it about this visit. What was given up does not count.</summary>
    private static async Task<bool> IsDueAsync(DbConnection db, Row run, string? at)
    {
        var id = new Guid(run.Id, bigEndian: true);
        if (at is not null && await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM shared_work WHERE item_key >= @from AND item_key < @to AND due_at IS NOT NULL AND kind IN ('workflows.turn', 'workflows.outside')",
                new { from = $"{id:N}/{at}/", to = $"{id:N}/{at}0" }) > 0) return true;
        return await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM shared_work WHERE kind = 'workflows.turn' AND item_key IS NULL AND due_at IS NOT NULL AND payload LIKE @run AND payload LIKE @at",
            new { run = $"%{id:D}%", at = at is null ? "%" : $"%\"step\":\"{at.Replace("#", "\",\"visit\":", StringComparison.Ordinal)}}}%" }) > 0;
    }

    private static IEnumerable<(string At, string Phase)> Leaves(JsonElement token)
    {
        var phase = token.TryGetProperty("w", out var p) ? p.GetString()! : Asked;
        if (phase != Inside)
        {
            var visit = token.TryGetProperty("n", out var n) ? n.GetInt32() : 0;
            var step = token.TryGetProperty("s", out var s) ? s.GetString() : "";
            // A way whose turn has not come stands nowhere yet.
            if (step!.Length > 0) yield return ($"{step}#{visit}", phase);
        }
        if (!token.TryGetProperty("c", out var children)) yield break;
        foreach (var child in children.EnumerateArray())
            foreach (var leaf in Leaves(child)) yield return leaf;
    }

    private sealed class Row
    {
        public byte[] Id { get; init; } = [];
        public string SopKey { get; init; } = "";
        public int Status { get; init; }
        public string? State { get; init; }
    }
}
