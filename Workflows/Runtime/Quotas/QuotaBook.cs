using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Quotas;

internal sealed record QuotaBody(string? Sop, Guid? Unit, string? Per, int? Most);

/// <summary>Quotas as sales ops sets and sees them.</summary>
internal sealed class QuotaBook(Session session, QuotaStore store, SopBook sops, Freshness freshness, WorkQueue work, IDirectory directory, CurrentActor current, CrmOptions options, Ids ids, TimeProvider time)
{
    private const int MostStarts = 1_000_000, MostCounted = 1000;

    public async Task<JsonObject> ListAsync(string? sop, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        var view = await directory.ReadAsync(ct);
        // A quota for all SOPs concerns each of them.
        var rows = await session.QueryAsync<QuotaRow>($"SELECT {QuotaRow.Columns} FROM workflows_quota {(sop is null ? "" : "WHERE sop_key = @sop OR sop_key IS NULL")} ORDER BY id", new { sop }, ct);
        var items = new List<JsonNode?>();
        foreach (var row in rows) items.Add(await ShowAsync(row, view, ct));
        return Showing.Page(items, null);
    }

    public Task<JsonObject> AddAsync(QuotaBody body, CancellationToken ct) => ChangeAsync(async () =>
    {
        var quota = await CheckedAsync(ids.Next(), body, ct);
        await session.ExecuteAsync($"""
            INSERT INTO workflows_quota ({QuotaRow.Columns}) VALUES (@Id, @SopKey, @UnitId, @per, @Most, @now, @by, 0, 0, 0, 0, 0, 0)
            """, new { quota.Id, quota.SopKey, quota.UnitId, per = Showing.Name(quota.Per), quota.Most, now = time.UtcNow(), by = current.Value.UserId }, ct);
        return quota.Id;
    }, ct);

    /// <summary>Who waits for it asks again at once: a wider quota lets them in, a narrower one puts them off anew.</summary>
    public Task<JsonObject> PutAsync(Guid id, QuotaBody body, CancellationToken ct) => ChangeAsync(async () =>
    {
        var before = await store.LockAsync(id, ct) ?? throw Problem.NotFound("quota", id);
        var quota = await CheckedAsync(id, body, ct);
        await session.ExecuteAsync("UPDATE workflows_quota SET sop_key = @SopKey, unit_id = @UnitId, per = @per, most = @Most, updated_at = @now, updated_by_id = @by WHERE id = @Id",
            new { quota.Id, quota.SopKey, quota.UnitId, per = Showing.Name(quota.Per), quota.Most, now = time.UtcNow(), by = current.Value.UserId }, ct);
        // Windows of another length bear other numbers.
        await store.SaveAsync(id, quota.Per == before.Rule.Per ? before.Use.Forget() : QuotaUse.None, ct);
        await work.EnqueueAsync(AskAgain.WorkKind, null, new { quota = id }, Lane.Normal, null, ct);
        return id;
    }, ct);

    public Task RemoveAsync(Guid id, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        return session.InTransactionAsync(async () =>
        {
            if (await session.ExecuteAsync("DELETE FROM workflows_quota WHERE id = @id", new { id }, ct) == 0) throw Problem.NotFound("quota", id);
            await work.EnqueueAsync(AskAgain.WorkKind, null, new { quota = id }, Lane.Normal, null, ct);
            await freshness.RaiseAsync(session, QuotaRules.StampName, ct);
        }, ct);
    }

    private async Task<JsonObject> ChangeAsync(Func<Task<Guid>> change, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        var id = await session.InTransactionAsync(async () =>
        {
            var changed = await change();
            await freshness.RaiseAsync(session, QuotaRules.StampName, ct);
            return changed;
        }, ct);
        return await ShowAsync((await store.FindAsync(id, ct))!, await directory.ReadAsync(ct), ct);
    }

    private async Task<Quota> CheckedAsync(Guid id, QuotaBody body, CancellationToken ct)
    {
        if (body is { Sop: null, Unit: null }) throw Problem.Invalid("sop", "quota.ofNothing");
        if (body.Most is not { } most) throw Problem.Invalid("most", "field.required");
        if (most is < 1 or > MostStarts) throw Problem.Invalid("most", "quota.most", MostStarts);
        if (!Enum.TryParse<QuotaPer>(body.Per, ignoreCase: true, out var per) || !Enum.IsDefined(per)) throw Problem.Invalid("per", "field.option", body.Per);
        if (body.Sop is { } key && await sops.FindAsync(key, ct) is null) throw Problem.Invalid("sop", "field.reference");
        if (body.Unit is { } unit && (await directory.ReadAsync(ct)).Unit(unit) is null) throw Problem.Invalid("unit", "field.reference");
        var others = await session.QueryAsync<QuotaRow>($"SELECT {QuotaRow.Columns} FROM workflows_quota WHERE id <> @id", new { id }, ct);
        var quota = new Quota(id, body.Sop, body.Unit, per, most);
        if (others.Any(o => o.Rule with { Id = id, Most = most } == quota)) throw Problem.Conflict("quota.exists");
        return quota;
    }

    private async Task<JsonObject> ShowAsync(QuotaRow row, DirectoryView view, CancellationToken ct)
    {
        var waiting = (await session.QueryAsync<DateTime>($"SELECT until FROM workflows_held WHERE quota_id = @Id ORDER BY run_id {session.Dialect.Limit("@n")}", new { row.Id, n = MostCounted }, ct));
        var sop = row.SopKey is { } key ? await sops.FindAsync(key, ct) : null;
        return new()
        {
            ["id"] = row.Id.ToString(),
            ["sop"] = row.SopKey is null ? null : new JsonObject { ["key"] = row.SopKey, ["name"] = Showing.Node(new Label(sop?.NameZh ?? row.SopKey, sop?.NameEn ?? row.SopKey)) },
            ["unit"] = row.UnitId is { } unit ? new JsonObject { ["id"] = unit.ToString(), ["name"] = view.Unit(unit)?.Name } : null,
            ["per"] = row.Per,
            ["most"] = row.Most,
            ["used"] = row.Use.UsedNow(row.Rule.WindowOf(time.UtcNow(), options.Zone)),
            ["waiting"] = waiting.Count,
            ["until"] = waiting.Count == 0 ? null : Showing.Node(waiting.Max()),
        };
    }
}

/// <summary>After a quota changed: starts that waited for it become due, a few hundred at a time.</summary>
internal sealed class AskAgain(Session session, WorkQueue work, TimeProvider time) : IWorkHandler
{
    public const string WorkKind = "workflows.askAgain";
    private const int AtOnce = 500;

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var payload = JsonNode.Parse(item.Payload)!;
        Guid quota = payload["quota"]!.GetValue<Guid>(), after = payload["after"]?.GetValue<Guid>() ?? Guid.Empty;
        var held = await session.QueryAsync<Guid>($"SELECT run_id FROM workflows_held WHERE quota_id = @quota AND run_id > @after ORDER BY run_id {session.Dialect.Limit("@n")}", new { quota, after, n = AtOnce }, ct);
        foreach (var run in held) await work.MoveAsync(Wake.Kind, Wakes.StartKey(run), time.UtcNow(), ct);
        if (held.Count == AtOnce) await work.EnqueueAsync(WorkKind, null, new { quota, after = held[^1] }, Lane.Normal, null, ct);
    }
}
