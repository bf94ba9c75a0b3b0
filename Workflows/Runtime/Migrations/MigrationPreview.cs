using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Migrations;

/// <summary>What a migration would do, run by run; writes nothing.</summary>
internal sealed class MigrationPreview(Session session, MigrationPlan plan, SopPlans plans, OpenWork work, IRecords records, IDirectory directory, CurrentActor current, Texts texts)
{
    /// <summary>Runs looked at: enough to judge a plan by, also where a million wait.</summary>
    private const int Most = 1000;

    public async Task<JsonObject> PreviewAsync(string key, MigrationBody body, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageRuns);
        var limit = Showing.Limit(body.Limit);
        var target = await plan.TargetAsync(key, body.To, ct);
        var found = await RunsAsync(target, body.Runs, ct);
        var from = new Dictionary<int, SopPlan>();
        foreach (var version in found.Select(r => r.SopVersion).Distinct()) from[version] = await plans.GetAsync(session, key, version, ct);
        var map = MigrationPlan.Map(from.OrderByDescending(p => p.Key).Select(p => p.Value), target.Plan, body.Map);
        var looks = await LookAsync(found, from, target, map, ct);
        // Those that cannot move are what a person wants to see first.
        var items = looks.OrderBy(l => l.Reasons.Count == 0).ThenBy(l => l.Run.Id).ToList();
        var start = body.After is { } after ? items.FindIndex(l => l.Run.Id == after) + 1 : 0;
        var page = items.Skip(start).Take(limit).ToList();
        var view = await directory.ReadAsync(ct);
        return new()
        {
            ["to"] = target.Version,
            ["runs"] = looks.Count,
            ["more"] = found.Count > Most,
            ["movable"] = looks.Count(l => l.Reasons.Count == 0),
            ["refused"] = looks.Count(l => l.Reasons.Count > 0),
            ["steps"] = new JsonArray([.. Steps(looks, from, target, map)]),
            ["reasons"] = new JsonArray([.. looks.SelectMany(l => l.Reasons.Select(r => r.In(texts)).Distinct()).GroupBy(r => r).OrderByDescending(g => g.Count()).Select(g => (JsonNode)new JsonObject { ["why"] = Showing.Node(g.Key), ["runs"] = g.Count() })]),
            ["items"] = new JsonArray([.. page.Select(l => (JsonNode)Show(l, from[l.Run.SopVersion], target, map, view))]),
            ["next"] = start + limit < items.Count ? page[^1].Run.Id.ToString() : null,
        };
    }

    /// <summary>Each standing from its own index, so that the newest thousand cost the same among a million.</summary>
    private async Task<List<Run>> RunsAsync(MigrationTarget target, IReadOnlyList<Guid>? only, CancellationToken ct)
    {
        var found = new List<Run>();
        foreach (var status in (Standing[])[Standing.Incident, Standing.Waiting, Standing.Running])
            found.AddRange(await session.QueryAsync<Run>($"""
                SELECT {Run.Columns} FROM workflows_run WHERE sop_key = @Key AND status = @status AND sop_version <> @version {(only is null ? "" : "AND id IN @only")}
                ORDER BY id {session.Dialect.Limit("@most")}
                """, new { target.Key, status = (int)status, version = target.Version ?? 0, only = (only ?? []).AsEnumerable(), most = Most + 1 - found.Count }, ct));
        return found;
    }

    private async Task<List<Look>> LookAsync(List<Run> found, Dictionary<int, SopPlan> from, MigrationTarget target, Dictionary<string, string> map, CancellationToken ct)
    {
        var looks = new List<Look>();
        foreach (var some in found.Take(Most).Chunk(200))
        {
            var states = some.Select(r => (Run: r, State: r.State is null ? RunState.New() : RunState.Read(r.State))).ToList();
            var held = await work.OfAsync(states, ct);
            var visible = new HashSet<Guid>();
            foreach (var type in some.GroupBy(r => r.RecordType)) visible.UnionWith(await records.VisibleAsync(type.Key, [.. type.Select(r => r.RecordId).Distinct()], ct));
            foreach (var (run, state) in states)
            {
                var mine = visible.Contains(run.RecordId);
                var moved = RunMover.Try(run, state, from[run.SopVersion], target, map, held);
                looks.Add(new(run, state, moved, held, mine, mine ? moved.Problems : [new("migrate.outOfScope")]));
            }
        }
        return looks;
    }

    /// <summary>The steps at which runs stand, and where the plan takes them.</summary>
    private static IEnumerable<JsonNode> Steps(List<Look> looks, Dictionary<int, SopPlan> from, MigrationTarget target, Dictionary<string, string> map) => looks
        .SelectMany(l => l.State.Tokens.Where(t => t.Step.Length > 0).Select(t => (t.Step, l.Run.SopVersion)).Distinct())
        .GroupBy(s => s.Step)
        .Select(g => (Step: from[g.Max(s => s.SopVersion)][g.Key], Runs: g.Count()))
        .OrderByDescending(s => s.Runs)
        .Select(s => (JsonNode)new JsonObject
        {
            ["step"] = s.Step.Id,
            ["name"] = Showing.Node(Migration.Called(s.Step)),
            ["kind"] = s.Step.Kind,
            ["runs"] = s.Runs,
            ["to"] = map.TryGetValue(s.Step.Id, out var to) ? to.Length > 0 ? to : null : target.Plan.Find(s.Step.Id)?.Id,
        });

    private JsonObject Show(Look look, SopPlan from, MigrationTarget target, Dictionary<string, string> map, DirectoryView view) => new()
    {
        ["run"] = look.Run.Id.ToString(),
        ["record"] = look.Mine ? Showing.Record(look.Run.RecordType, look.Run.RecordId, look.Run.RecordName) : null,
        ["version"] = look.Run.SopVersion,
        ["state"] = Showing.Name(look.Run.Status),
        ["can"] = look.Reasons.Count == 0,
        ["why"] = new JsonArray([.. look.Reasons.Select(r => Showing.Node(r.In(texts)))]),
        ["waits"] = new JsonArray([.. look.State.Leaves.Where(t => t.Step.Length > 0).Select(t => Waits(look, t, from, target, map, view))]),
    };

    private static JsonNode Waits(Look look, Token token, SopPlan from, MigrationTarget target, Dictionary<string, string> map, DirectoryView view)
    {
        var held = look.Held.GetValueOrDefault((look.Run.Id, token.At.ToString()));
        return new JsonObject
        {
            ["step"] = token.Step,
            ["name"] = Showing.Node(Migration.Called(from[token.Step])),
            ["kind"] = from[token.Step].Kind,
            ["to"] = target.Plan.Find(map.GetValueOrDefault(token.Step, token.Step))?.Id,
            ["who"] = new JsonArray([.. (held?.Who ?? []).Select(w => Showing.Person(view, w))]),
            ["until"] = Showing.Node(held?.Until),
        };
    }

    private sealed record Look(Run Run, RunState State, Migrated Moved, IReadOnlyDictionary<(Guid, string), Held> Held, bool Mine, IReadOnlyList<Message> Reasons);
}
