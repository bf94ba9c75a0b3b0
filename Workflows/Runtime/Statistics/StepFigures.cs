using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime.Statistics;

/// <summary>Time spent in each step and what came of it, from the histories of the period's newest runs.</summary>
internal sealed class StepFigures(Session session)
{
    public async Task<JsonArray> ReadAsync(Slice slice, CancellationToken ct)
    {
        var runs = $"SELECT r.id FROM workflows_run r WHERE {slice.Started} ORDER BY r.id DESC {session.Dialect.Limit("@Deep")}";
        // A visit lasts from its first entry to the one with which the run left the step: completed, skipped, timed out.
        var times = (await session.QueryAsync<Time>($"""
            SELECT p.step, p.n, MAX(CASE WHEN p.place = (p.n + 1) / 2 THEN p.took END) AS median, MAX(CASE WHEN p.place = (p.n * 9 + 9) / 10 THEN p.took END) AS p90
            FROM (SELECT v.step, v.took, ROW_NUMBER() OVER (PARTITION BY v.step ORDER BY v.took) AS place, COUNT(*) OVER (PARTITION BY v.step) AS n
                FROM (SELECT h.step, {session.Dialect.Seconds("MIN(h.at)", "MAX(CASE WHEN h.kind IN (3, 6, 8) THEN h.at END)")} AS took
                    FROM workflows_history h WHERE h.run_id IN ({runs}) AND h.step <> ''
                    GROUP BY h.run_id, h.step, h.visit HAVING MAX(CASE WHEN h.kind IN (3, 6, 8) THEN 1 ELSE 0 END) = 1) v) p
            GROUP BY p.step, p.n
            """, slice.Args, ct)).ToDictionary(t => t.Step);
        var came = (await session.QueryAsync<Outcome>($"""
            SELECT h.step, h.kind, h.outcome AS way, COUNT(*) AS n, COUNT(DISTINCT h.run_id) AS runs
            FROM workflows_history h WHERE h.run_id IN ({runs}) AND h.kind IN (1, 3, 4, 6, 8, 9) GROUP BY h.step, h.kind, h.outcome
            """, slice.Args, ct)).ToLookup(o => o.Step);
        var reached = await session.QueryAsync<Outcome>($"SELECT h.step, COUNT(DISTINCT h.run_id) AS runs FROM workflows_history h WHERE h.run_id IN ({runs}) GROUP BY h.step", slice.Args, ct);
        return [.. reached.Select(step => new JsonObject
        {
            ["step"] = step.Step,
            ["runs"] = step.Runs,
            ["took"] = times.TryGetValue(step.Step, out var time) ? Showing.Node(new Spread(time.N, time.Median, time.P90)) : null,
            ["failures"] = came[step.Step].Where(o => o.Kind == NoteKind.Failed).Sum(o => o.N),
            ["outcomes"] = new JsonArray([.. came[step.Step].Where(o => o.Kind != NoteKind.Failed).OrderByDescending(o => o.N).Select(o => new JsonObject
            {
                ["kind"] = Showing.Name(o.Kind),
                ["outcome"] = o.Way,
                ["n"] = o.N,
                ["runs"] = o.Runs,
            })]),
        })];
    }

    private sealed class Time
    {
        public string Step { get; init; } = "";
        public int N { get; init; }
        public long Median { get; init; }
        public long P90 { get; init; }
    }

    private sealed class Outcome
    {
        public string Step { get; init; } = "";
        public NoteKind Kind { get; init; }
        public string? Way { get; init; }
        public int N { get; init; }
        public int Runs { get; init; }
    }
}
