using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Runtime.Incidents;

/// <summary>Mend many at once: those named, or all of one cause.</summary>
internal sealed record MendMany(IReadOnlyList<Guid>? Runs, string? Sop, string? Step, string? Code, JsonObject? Inputs, string? Outcome, string? Reason);

/// <summary>The incident worklist: by cause, the most frequent first.</summary>
internal sealed class IncidentList(Session session, IServiceScopeFactory scopes, CurrentActor current)
{
    private const int MostAtOnce = 500;

    public async Task<JsonObject> GroupsAsync(CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadRuns);
        var groups = await session.QueryAsync<Group>($"""
            SELECT sop_key, step, code, MIN(message) AS message, MIN(class) AS class, COUNT(*) AS n, MIN(opened_at) AS since, MAX(opened_at) AS last
            FROM workflows_incident WHERE closed_at IS NULL GROUP BY sop_key, step, code ORDER BY COUNT(*) DESC, sop_key, step, code {session.Dialect.Limit("@most")}
            """, new { most = 200 }, ct);
        return Showing.Page(groups.Select(g => (JsonNode)new JsonObject
        {
            ["sop"] = g.SopKey,
            ["step"] = g.Step,
            ["code"] = g.Code,
            ["class"] = Showing.Name((Contracts.FailureClass)g.Class),
            ["message"] = JsonNode.Parse(g.Message),
            ["count"] = g.N,
            ["since"] = Showing.Node(g.Since),
            ["last"] = Showing.Node(g.Last),
        }), null);
    }

    /// <summary>Each run by itself: one that cannot be mended does not keep the others.</summary>
    public async Task<JsonObject> MendAsync(MendMany body, string how, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageRuns);
        var runs = body.Runs ?? await OfCauseAsync(body, ct);
        if (runs.Count > MostAtOnce) throw Problem.Invalid("runs", "run.tooMany", MostAtOnce);
        var (done, failed) = (0, new JsonArray());
        foreach (var run in runs.Distinct())
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(current.Value);
            var acts = scope.ServiceProvider.GetRequiredService<RunActs>();
            var mend = new MendBody(body.Step, body.Inputs, body.Outcome, body.Reason);
            try
            {
                await (how switch { "retry" => acts.RetryAsync(run, mend, ct), "skip" => acts.SkipAsync(run, mend, ct), _ => acts.CancelAsync(run, mend, ct) });
                done++;
            }
            catch (Problem refused)
            {
                failed.Add(new JsonObject { ["run"] = run.ToString(), ["code"] = refused.Code });
            }
        }
        return new() { ["done"] = done, ["failed"] = failed };
    }

    private async Task<IReadOnlyList<Guid>> OfCauseAsync(MendMany body, CancellationToken ct)
    {
        if (body.Sop is null) throw Problem.Invalid("sop", "field.required");
        var step = body.Step is null ? "" : "AND step = @step";
        var code = body.Code is null ? "" : "AND code = @code";
        return await session.QueryAsync<Guid>($"SELECT run_id FROM workflows_incident WHERE closed_at IS NULL AND sop_key = @sop {step} {code} ORDER BY id {session.Dialect.Limit("@most")}",
            new { sop = body.Sop, step = body.Step, code = body.Code, most = MostAtOnce }, ct);
    }

    private sealed class Group
    {
        public string SopKey { get; init; } = "";
        public string Step { get; init; } = "";
        public string Code { get; init; } = "";
        public string Message { get; init; } = "{}";
        public int Class { get; init; }
        public int N { get; init; }
        public DateTime Since { get; init; }
        public DateTime Last { get; init; }
    }
}
