using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Archive;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Quotas;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Runs;

/// <summary>Runs as the API shows them.</summary>
internal sealed class RunView(Session session, RunStore store, SopPlans plans, IncidentStore incidents, IRecords records, IDirectory directory, QuotaStore quotas, RunArchive archive, WaitingView waiting, Sight sight, RunSight seen, Texts texts, CurrentActor current, CrmOptions options, TimeProvider time)
{
    /// <summary>Entries shown at once: the newest, for a run that has gone round often.</summary>
    private const int MostEntries = 1000;

    public async Task<JsonObject> ListAsync(RunQuery query, CancellationToken ct)
    {
        if (query.Record is null || !current.Value.Can(WorkflowPermissions.ReadSops)) current.Require(WorkflowPermissions.ReadRuns);
        var limit = Showing.Limit(query.Limit);
        var view = await directory.ReadAsync(ct);
        return await sight.PageAsync(query.After, limit, (after, n) => RowsAsync(query, view, Showing.After(after), n, ct), found => found.Run.Id.ToString(), found => found.About,
            page => SummariesAsync([.. page.Select(found => found.Run)], view, ct), ct);
    }

    private async Task<IReadOnlyList<(Run Run, About About)>> RowsAsync(RunQuery query, DirectoryView view, Guid? after, int n, CancellationToken ct)
    {
        var filter = new RunFilter(query, session.Dialect, view, time.UtcNow(), options.Zone, after, n);
        var rows = await session.QueryAsync<Run>($"SELECT {Run.Columns} FROM workflows_run r {filter.Where} ORDER BY r.id DESC {session.Dialect.Limit("@n")}", filter.Args, ct);
        if (filter.MayBePast) rows = [.. rows.Concat(await archive.ListAsync(filter.Where, filter.Args, ct)).OrderByDescending(r => Stored.Id(r.Id), ByBytes).Take(n)];
        return [.. rows.Zip(await seen.AboutAsync(rows, ct))];
    }

    private async Task<IEnumerable<JsonNode?>> SummariesAsync(IReadOnlyList<Run> page, DirectoryView view, CancellationToken ct)
    {
        var open = (await incidents.OpenOfAsync([.. page.Where(r => r.Status == Standing.Incident).Select(r => r.Id)], ct)).ToLookup(i => i.RunId);
        var items = new List<JsonNode?>(page.Count);
        foreach (var run in page) items.Add(Summary(run, await plans.GetAsync(session, run.SopKey, run.SopVersion, ct), open[run.Id].FirstOrDefault(), view));
        return items;
    }

    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    public async Task<JsonObject> OneAsync(Guid id, CancellationToken ct)
    {
        if (!current.Value.Can(WorkflowPermissions.ReadSops)) current.Require(WorkflowPermissions.ReadRuns);
        var run = await seen.SeenAsync(id, await store.FindAsync(id, ct), ct);
        var (plan, view) = (await plans.GetAsync(session, run.SopKey, run.SopVersion, ct), await directory.ReadAsync(ct));
        var open = await incidents.OpenOfAsync([id], ct);
        var entries = await store.HistoryAsync(id, MostEntries, ct);
        var json = Summary(run, plan, open.Count > 0 ? open[0] : null, view);
        if (await records.FindAsync(run.RecordType, run.RecordId, ct) is { } record) json["record"]!["name"] = record.Name;
        json["startedBy"] = new JsonObject { ["kind"] = run.StartedBy, ["actor"] = Showing.Person(view, run.InitiatorId), ["eventId"] = run.EventId.ToString(), ["causeRunId"] = run.CauseRunId?.ToString(), ["depth"] = run.Depth };
        json["definition"] = Showing.Node(plan.Sop);
        var published = await session.FirstAsync<int?>("SELECT published FROM workflows_sop WHERE sop_key = @SopKey", new { run.SopKey }, ct);
        json["published"] = published;
        json["can"]!["migrate"] = !run.Ended && published is { } newest && newest != run.SopVersion && current.Value.Can(WorkflowPermissions.ManageRuns);
        json["waitingFor"] = run.State is null ? await HeldAsync(run, ct) : await waiting.OfAsync(run, plan, entries, view, ct);
        json["history"] = new JsonArray([.. entries.Select(e => (JsonNode)Show(e, view))]);
        json["incidents"] = new JsonArray([.. open.Select(i => (JsonNode)Show(i, view)!)]);
        return json;
    }

    private JsonObject Summary(Run run, SopPlan plan, IncidentRow? incident, DirectoryView view)
    {
        var can = Rights(incident, plan, current);
        can["cancel"] = current.Value.Can(WorkflowPermissions.ManageRuns) && !run.Ended;
        return new()
        {
            ["id"] = run.Id.ToString(),
            ["sop"] = new JsonObject { ["key"] = run.SopKey, ["name"] = Showing.Node(plan.Sop.Name) },
            ["version"] = run.SopVersion,
            ["record"] = Showing.Record(run.RecordType, run.RecordId, run.RecordName),
            ["state"] = Showing.Name(run.Status),
            ["startedAt"] = Showing.Node(run.StartedAt),
            ["endedAt"] = Showing.Node(run.EndedAt),
            ["incident"] = incident is null ? null : Show(incident, view),
            ["can"] = can,
        };
    }

    /// <summary>What the actor may do about an incident.</summary>
    public static JsonObject Rights(IncidentRow? incident, SopPlan plan, CurrentActor current)
    {
        var manage = current.Value.Can(WorkflowPermissions.ManageRuns);
        return new()
        {
            ["retry"] = manage && incident is not null,
            ["edit"] = manage && incident is not null && EditCheck.Editable(incident, plan),
            ["skip"] = manage && incident is { Kind: IncidentKind.Step },
            ["cancel"] = manage,
        };
    }

    public static JsonObject Show(IncidentRow incident, DirectoryView view) => new()
    {
        ["id"] = incident.Id.ToString(),
        ["kind"] = Showing.Name(incident.Kind),
        ["class"] = Showing.Name(incident.Class),
        ["code"] = incident.Code,
        ["message"] = JsonNode.Parse(incident.Message),
        ["step"] = incident.Step,
        ["at"] = Showing.Node(incident.OpenedAt),
        ["attempts"] = incident.Attempts,
        ["owner"] = Showing.Person(view, incident.OwnerId),
    };

    /// <summary>A run that has not begun may wait for a quota.</summary>
    private async Task<JsonArray> HeldAsync(Run run, CancellationToken ct)
    {
        if (await quotas.HeldAsync(run.Id, ct) is not { } held || await quotas.FindAsync(held.QuotaId, ct) is not { } quota) return [];
        var what = new Message("run.held", new Message($"quota.per{quota.Rule.Per}", quota.Most)).In(texts);
        return [new JsonObject { ["step"] = "", ["visit"] = 0, ["kind"] = "quota", ["until"] = Showing.Node(held.Until), ["what"] = Showing.Node(what) }];
    }

    public static JsonObject Show(HistoryRow row, DirectoryView view)
    {
        var detail = row.Detail is null ? null : JsonNode.Parse(row.Detail) as JsonObject;
        var json = new JsonObject
        {
            ["at"] = Showing.Node(row.At),
            ["step"] = row.Step,
            ["visit"] = row.Visit,
            ["kind"] = Showing.Name((NoteKind)row.Kind),
            ["actor"] = Showing.Person(view, row.ActorId),
            ["outcome"] = row.Outcome,
            ["attempt"] = row.Attempt == 0 ? null : row.Attempt,
        };
        foreach (var key in (string[])["input", "output", "why", "checks", "until", "dueWhy", "task", "approval"]) json[key] = detail?[key]?.DeepClone();
        if (detail?["assignee"]?.GetValue<string>() is { } assignee) json["assignee"] = Showing.Person(view, Guid.Parse(assignee));
        return json;
    }
}
