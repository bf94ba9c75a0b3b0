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
internal sealed record IncidentQuery
{
    public string? Sop { get; init; }
    public string? Step { get; init; }
    public string? Code { get; init; }
    public string? Class { get; init; }
    public Guid? Owner { get; init; }
    public string? After { get; init; }
    public int? Limit { get; init; }

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
internal sealed class IncidentList(Session session, RunStore runs, IncidentStore incidents, SopPlans plans, Sight sight, RunSight seen, IDirectory directory, CurrentActor current)
{
    private const int MostGroups = 200, MostCounted = 1000;

    public async Task<JsonObject> GroupsAsync(IncidentQuery query, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadRuns);
        var groups = sight.Everything ? await AllGroupsAsync(query, ct) : await SeenGroupsAsync(query, ct);
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

    private Task<IReadOnlyList<Group>> AllGroupsAsync(IncidentQuery query, CancellationToken ct)
    {
        var (where, args) = query.Sql(null, MostGroups);
        return session.QueryAsync<Group>($"""
            SELECT sop_key, step, code, MIN(message) AS message, MIN(class) AS class, MIN(kind) AS kind, COUNT(*) AS n, MIN(opened_at) AS since, MAX(opened_at) AS last
            FROM workflows_incident WHERE {where} GROUP BY sop_key, step, code ORDER BY COUNT(*) DESC, sop_key, step, code {session.Dialect.Limit("@n")}
            """, args, ct);
    }

    /// <summary>The database cannot tell which of them are seen: the oldest are counted one by one.</summary>
    private async Task<IReadOnlyList<Group>> SeenGroupsAsync(IncidentQuery query, CancellationToken ct)
    {
        var rows = await RowsAsync(query, null, MostCounted, ct);
        var seen = await sight.SeenAsync(rows.Select(r => r.About), ct);
        return [.. rows.Where(r => seen(r.About)).Select(r => r.Incident).GroupBy(i => (i.SopKey, i.Step, i.Code)).Select(g => new Group
        {
            SopKey = g.Key.SopKey,
            Step = g.Key.Step,
            Code = g.Key.Code,
            Message = g.First().Message,
            Kind = g.Min(i => i.Kind),
            Class = g.Min(i => i.Class),
            N = g.Count(),
            Since = g.Min(i => i.OpenedAt),
            Last = g.Max(i => i.OpenedAt),
        }).OrderByDescending(g => g.N).Take(MostGroups)];
    }

    private async Task<IReadOnlyList<(IncidentRow Incident, Run Run, About About)>> RowsAsync(IncidentQuery query, Guid? after, int n, CancellationToken ct)
    {
        var (where, args) = query.Sql(after, n);
        var rows = await session.QueryAsync<IncidentRow>($"SELECT {IncidentRow.Columns} FROM workflows_incident WHERE {where} ORDER BY id {session.Dialect.Limit("@n")}", args, ct);
        var of = (await runs.ManyAsync([.. rows.Select(i => i.RunId).Distinct()], ct)).ToList();
        var about = of.Zip(await seen.AboutAsync(of, ct)).ToDictionary(r => r.First.Id);
        return [.. rows.Select(i => (i, about[i.RunId].First, about[i.RunId].Second))];
    }

    /// <summary>Open incidents one by one, the oldest first.</summary>
    public async Task<JsonObject> OneByOneAsync(IncidentQuery query, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadRuns);
        return await sight.PageAsync(query.After, Showing.Limit(query.Limit), (after, n) => RowsAsync(query, Showing.After(after), n, ct), found => found.Incident.Id.ToString(), found => found.About, page => ShowAsync(page, ct), ct);
    }

    private async Task<IEnumerable<JsonNode?>> ShowAsync(IReadOnlyList<(IncidentRow Incident, Run Run, About About)> page, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        var items = new List<JsonNode?>(page.Count);
        foreach (var (incident, run, _) in page)
        {
            var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
            var json = RunView.Show(incident, view);
            json["run"] = run.Id.ToString();
            json["version"] = run.SopVersion;
            json["sop"] = new JsonObject { ["key"] = run.SopKey, ["name"] = Showing.Node(plan.Sop.Name) };
            json["record"] = Showing.Record(run.RecordType, run.RecordId, run.RecordName);
            json["can"] = RunView.Rights(incident, plan, current);
            items.Add(json);
        }
        return items;
    }

    /// <summary>What was tried so far: failures and what people did about them, the oldest first.</summary>
    public async Task<JsonObject> AttemptsAsync(Guid id, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadRuns);
        var incident = await incidents.FindAsync(id, ct) ?? throw Problem.NotFound("incident", id);
        await seen.SeenAsync(incident.RunId, await runs.FindAsync(incident.RunId, ct), ct);
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
