using Crm.Workflows.Tests.Simulation;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: the longer the history, the slower each step. Here every statement of a deal's whole life is asked how it finds its rows.</summary>
internal sealed class HistoryCostTests
{
    /// <summary>Tables that do not grow with what happens.</summary>
    private static readonly string[] Small =
        ["shared_stamp", "shared_field", "shared_sequence", "workflows_sop", "workflows_version", "workflows_quota", "workflows_rotation", "json_each"];

    [Test]
    public async Task No_statement_of_a_turn_or_an_act_reads_a_table_from_end_to_end_or_counts_history()
    {
        await using var world = await World.StartAsync();
        var heard = new HashSet<string>();
        world.FaultsOf(0).Hears = sql => heard.Add(sql);
        await new History(world, new Choices([])).PlayOneDealAsync(null, 0);
        var statements = heard.Where(s => s.StartsWith("SELECT", StringComparison.Ordinal) || s.StartsWith("UPDATE", StringComparison.Ordinal) || s.StartsWith("DELETE", StringComparison.Ordinal) || s.StartsWith("INSERT", StringComparison.Ordinal)).ToList();
        statements.Count.ShouldBeGreaterThan(50);
        await using var db = new SqliteConnection(world.Observer.ConnectionString);
        var slow = new List<string>();
        foreach (var sql in statements)
        {
            List<string> plan = [.. (await db.QueryAsync($"EXPLAIN QUERY PLAN {sql}")).Select(r => (string)r.detail)];
            if (plan.Exists(p => p.StartsWith("SCAN ", StringComparison.Ordinal) && !p.Contains("VIRTUAL TABLE", StringComparison.Ordinal) && !p.Contains("CONSTANT ROW", StringComparison.Ordinal)) && !Small.Any(t => sql.Contains(t, StringComparison.Ordinal)))
                slow.Add($"{string.Join("; ", plan)}: {sql}");
        }
        slow.ShouldBeEmpty();
        statements.ShouldAllBe(s => !s.Contains("COUNT(*) FROM workflows_history", StringComparison.Ordinal) && !s.Contains("COUNT(*) FROM shared_change", StringComparison.Ordinal));
    }
}
