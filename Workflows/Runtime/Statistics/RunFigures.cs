using System.Text.Json.Nodes;
using Crm.Shared.Data;

namespace Crm.Workflows.Runtime.Statistics;

/// <summary>Runs over time, how they ended, how long they took, and where the open ones stand now.</summary>
internal sealed class RunFigures(Session session)
{
    public async Task<JsonObject> StartedAsync(Slice slice, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Row>($"SELECT r.status, r.started_at, r.ended_at FROM workflows_run r WHERE {slice.Started} ORDER BY r.id DESC {session.Dialect.Limit("@More")}", slice.Args, ct);
        var runs = rows.Take(Slice.MostRuns).ToList();
        var byDay = runs.ToLookup(r => slice.Period.DayOf(r.StartedAt));
        var days = new JsonArray();
        for (var day = slice.Period.First; day <= slice.Period.Last; day = day.AddDays(1))
        {
            var json = States(byDay[day]);
            json["day"] = Stored.Date(day);
            days.Add(json);
        }
        return new()
        {
            ["total"] = runs.Count,
            // Where there are more, the figures begin with the oldest that was counted.
            ["since"] = rows.Count > runs.Count ? Showing.Node(runs[^1].StartedAt) : null,
            ["states"] = States(runs),
            ["took"] = Showing.Node(Spread.Of(runs.Where(r => r is { Status: Standing.Done, EndedAt: not null }).Select(r => (long)(r.EndedAt!.Value - r.StartedAt).TotalSeconds))),
            ["days"] = days,
        };
    }

    /// <summary>Open runs by the step they stand at, whenever they began.</summary>
    public async Task<JsonObject> NowAsync(Slice slice, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Place>($"""
            SELECT o.stands_at, o.status, COUNT(*) AS n
            FROM (SELECT r.stands_at, r.status FROM workflows_run r WHERE r.sop_key = @Sop AND r.status IN (0, 1, 2){slice.Whose} ORDER BY r.id DESC {session.Dialect.Limit("@Most")}) o
            GROUP BY o.stands_at, o.status
            """, slice.Args, ct);
        var steps = rows.SelectMany(r => (r.StandsAt ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries), (row, step) => (step, row.N)).GroupBy(p => p.step);
        return new()
        {
            ["open"] = rows.Sum(r => r.N),
            ["more"] = rows.Sum(r => r.N) == Slice.MostRuns,
            ["incidents"] = rows.Where(r => r.Status == Standing.Incident).Sum(r => r.N),
            ["steps"] = new JsonArray([.. steps.Select(g => new JsonObject { ["step"] = g.Key, ["n"] = g.Sum(p => p.N) })]),
        };
    }

    private static JsonObject States(IEnumerable<Row> runs)
    {
        var n = runs.CountBy(r => r.Status).ToDictionary(p => p.Key, p => p.Value);
        return new JsonObject(Enum.GetValues<Standing>().Select(s => KeyValuePair.Create<string, JsonNode?>(Showing.Name(s), n.GetValueOrDefault(s))));
    }

    private sealed class Row
    {
        public Standing Status { get; init; }
        public DateTime StartedAt { get; init; }
        public DateTime? EndedAt { get; init; }
    }

    private sealed class Place
    {
        public string? StandsAt { get; init; }
        public Standing Status { get; init; }
        public int N { get; init; }
    }
}
