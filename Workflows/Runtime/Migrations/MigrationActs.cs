using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Runs;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Migrations;

/// <summary>Migrations that people begin, of many runs or of one, and how far they are.</summary>
internal sealed class MigrationActs(
    Session session, MigrationPlan plan, MigrationStore store, MigrationWork work, RunMover mover, RunStore runs, RunSight seen, Sight sight, SopPlans plans, IDirectory directory, CurrentActor current, Texts texts)
{
    private const int MostNamed = 1000, MostRefused = 200;

    public async Task<JsonObject> BeginAsync(string key, MigrationBody body, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageRuns);
        if (body.To == "draft") throw Problem.Invalid("to", "migrate.noVersion", body.To);
        if (body.Runs is { Count: > MostNamed }) throw Problem.Invalid("runs", "run.tooMany", MostNamed);
        var migration = await session.InTransactionAsync(async () =>
        {
            var target = await plan.TargetAsync(key, body.To, ct);
            return await work.BeginAsync(target, await MapAsync(target, body.Map, ct), body.Runs, ct);
        }, ct);
        return Show(migration, await directory.ReadAsync(ct));
    }

    /// <summary>One run, at once.</summary>
    public async Task MoveAsync(Guid id, MigrationBody body, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageRuns);
        if (body.To == "draft") throw Problem.Invalid("to", "migrate.noVersion", body.To);
        try
        {
            await session.InTransactionAsync(async () =>
            {
                var run = await seen.SeenAsync(id, await runs.FindAsync(id, ct), ct);
                var target = await plan.TargetAsync(run.SopKey, body.To, ct);
                var map = MigrationPlan.Map([await plans.GetAsync(session, run.SopKey, run.SopVersion, ct)], target.Plan, body.Map);
                await mover.MoveAsync(id, target, map, current.Value.UserId, ct);
            }, ct);
        }
        catch (CannotMove stays)
        {
            throw new Problem(409, "run.notMovable", [.. stays.Reasons.Select(r => new FieldError("", r.Code, [.. r.Args.Select(Plain)]))]);
        }
    }

    public async Task<JsonObject> ListAsync(string key, string? after, int? limit, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        var n = Showing.Limit(limit);
        var rows = await store.OfSopAsync(key, Showing.After(after), n + 1, ct);
        var view = await directory.ReadAsync(ct);
        return Showing.Page(rows.Take(n).Select(r => Show(r, view)), rows.Count > n ? rows[n - 1].Id.ToString() : null);
    }

    public async Task<JsonObject> OneAsync(string key, Guid id, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        if (await store.FindAsync(id, ct) is not { } row || row.SopKey != key) throw Problem.NotFound("migration", id);
        var json = Show(row, await directory.ReadAsync(ct));
        var stayed = await store.RefusedAsync(id, MostRefused, ct);
        var shown = await sight.SeenAsync(stayed.Select(r => new About(r.RecordType, r.RecordId, false)), ct);
        json["stayed"] = new JsonArray([.. stayed.Select(r => (JsonNode)new JsonObject
        {
            ["run"] = r.RunId.ToString(),
            ["record"] = shown(new(r.RecordType, r.RecordId, false)) ? Showing.Record(r.RecordType, r.RecordId, r.RecordName) : null,
            ["version"] = r.SopVersion,
            ["why"] = new JsonArray([.. JsonSerializer.Deserialize<IReadOnlyList<Message>>(r.Reasons ?? "[]", ContractJson.Options)!.Select(m => Showing.Node(m.In(texts)))]),
        })]);
        return json;
    }

    /// <summary>What the plan means for every version that has runs, taken down now so that nothing later changes it.</summary>
    private async Task<Dictionary<string, string>> MapAsync(MigrationTarget target, IReadOnlyDictionary<string, string>? said, CancellationToken ct)
    {
        var versions = await session.QueryAsync<int>("SELECT number FROM workflows_version WHERE sop_key = @Key AND number <> @version ORDER BY number DESC", new { target.Key, version = target.Version }, ct);
        var from = new List<SopPlan>();
        foreach (var version in versions) from.Add(await plans.GetAsync(session, target.Key, version, ct));
        return MigrationPlan.Map(from, target.Plan, said);
    }

    private static JsonObject Show(MigrationRow row, DirectoryView view) => new()
    {
        ["id"] = row.Id.ToString(),
        ["to"] = row.ToVersion,
        ["total"] = row.Total,
        ["moved"] = row.Moved,
        ["refused"] = row.Refused,
        ["createdAt"] = Showing.Node(row.CreatedAt),
        ["createdBy"] = Showing.Person(view, row.CreatedById),
        ["endedAt"] = Showing.Node(row.EndedAt),
    };

    private object? Plain(object? arg) => arg switch { Label label => label.In(current.Value.Locale), Message message => message.In(texts).In(current.Value.Locale), _ => arg };
}
