using System.Text.Json.Nodes;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Statistics;

/// <summary>Where an SOP hurts: all figures of one SOP over a period, each one leading to the runs behind it (<c>GET runs</c> takes the same conditions).</summary>
internal sealed class SopStatistics(
    Session session, SopBook sops, RunFigures runs, StepFigures steps, PeopleFigures people, IDirectory directory, CurrentActor current, CrmOptions options, TimeProvider time)
{
    public async Task<JsonObject> ReadAsync(string key, StatisticsQuery query, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadRuns);
        if (await sops.FindAsync(key, ct) is null) throw Problem.NotFound("sop", key);
        var (view, now) = (await directory.ReadAsync(ct), time.UtcNow());
        var period = Period.Read(query.From, query.To, now, options.Zone);
        var slice = Slice.Of(key, period, query, view, now);
        return new()
        {
            ["from"] = Stored.Date(period.First),
            ["to"] = Stored.Date(period.Last),
            ["runs"] = await runs.StartedAsync(slice, ct),
            ["now"] = await runs.NowAsync(slice, ct),
            ["steps"] = await steps.ReadAsync(slice, ct),
            ["overdue"] = await people.OverdueAsync(slice, view, ct),
            ["approvals"] = await people.ApprovalsAsync(slice, view, ct),
            ["incidents"] = await IncidentsAsync(slice, ct),
        };
    }

    /// <summary>Incidents opened in the period, by step and class.</summary>
    private async Task<JsonArray> IncidentsAsync(Slice slice, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Row>($"""
            SELECT o.step, o.class, COUNT(*) AS n, SUM(o.still) AS still
            FROM (SELECT i.step, i.class, CASE WHEN i.closed_at IS NULL THEN 1 ELSE 0 END AS still FROM workflows_incident i JOIN workflows_run r ON r.id = i.run_id
                WHERE i.sop_key = @Sop AND i.opened_at >= @From AND i.opened_at < @To{slice.Whose} ORDER BY i.opened_at DESC {session.Dialect.Limit("@Most")}) o
            GROUP BY o.step, o.class ORDER BY COUNT(*) DESC, o.step, o.class
            """, slice.Args, ct);
        return [.. rows.Select(r => new JsonObject { ["step"] = r.Step, ["class"] = Showing.Name(r.Class), ["n"] = r.N, ["open"] = r.Still })];
    }

    private sealed class Row
    {
        public string Step { get; init; } = "";
        public FailureClass Class { get; init; }
        public int N { get; init; }
        public int Still { get; init; }
    }
}
