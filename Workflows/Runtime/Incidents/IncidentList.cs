using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Runs;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Incidents;

/// <summary>Which open incidents are wanted.</summary>
internal sealed record IncidentQuery(string? Sop, string? Step, string? Code, string? Class, Guid? Owner, string? After, int? Limit)
{
    /// <summary>Conditions on the open incidents, and their values.</summary>
    public (string Where, object Args) Sql(Guid? after, int n)
    {
        FailureClass? failure = Class is null ? null : Enum.TryParse<FailureClass>(Class, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : throw Problem.Invalid("class", "field.option", Class);
        var where = new List<string> { "closed_at IS NULL" };
        if (Sop is not null) where.Add("sop_key = @sop");
        if (Step is not null) where.Add("step = @step");
        if (Code is not null) where.Add("code = @code");
        if (failure is not null) where.Add("class = @failure");
        if (Owner is not null) where.Add("owner_id = @owner");
        if (after is not null) where.Add("id > @after");
        return (string.Join(" AND ", where), new { sop = Sop, step = Step, code = Code, failure = (int?)failure, owner = Owner, after, n });
    }
}

/// <summary>The incident worklist: by cause, the most frequent first, and one by one with all that was tried.</summary>
internal sealed class IncidentList(Session session, RunStore runs, IncidentStore incidents, SopPlans plans, IDirectory directory, CurrentActor current)
{
    private const int MostGroups = 200;

    public async Task<JsonObject> GroupsAsync(IncidentQuery query, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadRuns);
        var (where, args) = query.Sql(null, MostGroups);
        var groups = await session.QueryAsync<Group>($"""
            SELECT sop_key, step, code, MIN(message) AS message, MIN(class) AS class, MIN(kind) AS kind, COUNT(*) AS n, MIN(opened_at) AS since, MAX(opened_at) AS last
            FROM workflows_incident WHERE {where} GROUP BY sop_key, step, code ORDER BY COUNT(*) DESC, sop_key, step, code {session.Dialect.Limit("@n")}
            """, args, ct);
        return Showing.Page(groups.Select(g => (JsonNode)new JsonObject
        {
            ["sop"] = g.SopKey,
            ["step"] = g.Step,
            ["code"] = g.Code,
            ["kind"] = Showing.Name(g.Kind),
            ["class"] = Showing.Name(g.Class),
            ["message"] = JsonNode.Parse(g.Message),
            ["count"] = g.N,
            ["since"] = Showing.Node(g.Since),
            ["last"] = Showing.Node(g.Last),
        }), null);
    }

    /// <summary>Open incidents one by one, the oldest first.</summary>
    public async Task<JsonObject> OneByOneAsync(IncidentQuery query, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadRuns);
        var limit = Showing.Limit(query.Limit);
        var (where, args) = query.Sql(Showing.After(query.After), limit + 1);
        var rows = await session.QueryAsync<IncidentRow>($"SELECT {IncidentRow.Columns} FROM workflows_incident WHERE {where} ORDER BY id {session.Dialect.Limit("@n")}", args, ct);
        var page = rows.Take(limit).ToList();
        var of = (await runs.ManyAsync([.. page.Select(i => i.RunId).Distinct()], ct)).ToDictionary(r => r.Id);
        var view = await directory.ReadAsync(ct);
        var items = new List<JsonNode?>(page.Count);
        foreach (var incident in page)
        {
            var run = of[incident.RunId];
            var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
            var json = RunView.Show(incident, view);
            json["run"] = run.Id.ToString();
            json["version"] = run.SopVersion;
            json["sop"] = new JsonObject { ["key"] = run.SopKey, ["name"] = Showing.Node(plan.Sop.Name) };
            json["record"] = Showing.Record(run.RecordType, run.RecordId, run.RecordName);
            json["can"] = RunView.Rights(incident, plan, current);
            items.Add(json);
        }
        return Showing.Page(items, rows.Count > limit ? page[^1].Id.ToString() : null);
    }

    /// <summary>What was tried so far: failures and what people did about them, the oldest first.</summary>
    public async Task<JsonObject> AttemptsAsync(Guid id, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadRuns);
        var incident = await incidents.FindAsync(id, ct) ?? throw Problem.NotFound("incident", id);
        var at = incident.StepAt == At.Run.ToString() ? At.Run : At.Parse(incident.StepAt);
        var view = await directory.ReadAsync(ct);
        return Showing.Page((await runs.AttemptsAsync(incident.RunId, at, ct)).Select(e => (JsonNode)RunView.Show(e, view)), null);
    }

    private sealed class Group
    {
        public string SopKey { get; init; } = "";
        public string Step { get; init; } = "";
        public string Code { get; init; } = "";
        public string Message { get; init; } = "{}";
        public IncidentKind Kind { get; init; }
        public FailureClass Class { get; init; }
        public int N { get; init; }
        public DateTime Since { get; init; }
        public DateTime Last { get; init; }
    }
}
