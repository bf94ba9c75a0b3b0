using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.People.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.People.Approvals;

/// <summary>What a list of approvals is asked for.</summary>
internal sealed record ApprovalQuery(bool? Mine, string? State, Guid? Record, string? After, int? Limit);

/// <summary>Lists of approvals: what waits for me, what I decided, what I asked for, those of a record.</summary>
internal sealed class ApprovalList(Session session, ApprovalView view, ApprovalRights rights, CurrentActor current, TimeProvider time)
{
    public async Task<JsonObject> ReadAsync(ApprovalQuery query, CancellationToken ct)
    {
        var (limit, after) = (Showing.Limit(query.Limit), Showing.After(query.After));
        var state = query.State ?? "open";
        if (state is not ("open" or "snoozed" or "decided" or "started" or "all")) throw Problem.Invalid("state", "field.option", state);
        var where = new List<string>();
        var mine = query.Mine != false && query.Record is null;
        if (!mine) await SeesAsync(query.Record, ct);
        if (query.Record is not null) where.Add("a.record_id = @record");
        if (state == "started") where.Add("a.initiator_id = @me");
        else if (mine && state == "all") where.Add($"(a.initiator_id = @me OR a.id IN ({Seats("")}))");
        else if (mine) where.Add(state switch
        {
            "open" => $"(a.id IN ({Seats("AND status = 1 AND (snoozed_until IS NULL OR snoozed_until <= @now)")}) OR (a.initiator_id = @me AND a.status = 1))",
            "snoozed" => $"a.id IN ({Seats("AND status = 1 AND snoozed_until > @now")})",
            _ => $"a.id IN ({Seats("AND status = 2")})",
        });
        else if (state == "open") where.Add("a.status IN (0, 1)");
        else if (state == "decided") where.Add("a.status > 1");
        // What waits is done in the order it came; the rest is read newest first.
        var rising = mine && state == "open";
        if (after is not null) where.Add(rising ? "a.id > @after" : "a.id < @after");
        var rows = await session.QueryAsync<ApprovalRow>(
            $"SELECT {ApprovalRow.Columns} FROM workflows_approval a {(where.Count > 0 ? "WHERE " + string.Join(" AND ", where) : "")} ORDER BY a.id {(rising ? "" : "DESC")} {session.Dialect.Limit("@n")}",
            new { me = current.Value.UserId, record = query.Record, after, now = time.UtcNow(), n = limit + 1 }, ct);
        var page = rows.Take(limit).ToList();
        return Showing.Page(await view.ManyAsync(page, ct), rows.Count > limit ? page[^1].Id.ToString() : null);
    }

    private static string Seats(string status) => $"SELECT approval_id FROM workflows_seat WHERE person_id = @me {status}";

    private async Task SeesAsync(Guid? record, CancellationToken ct)
    {
        if (current.Value.Can(WorkflowPermissions.ReadRuns)) return;
        if (record is null) throw Problem.Forbidden(WorkflowPermissions.ReadRuns);
        var type = await session.FirstAsync<string>($"SELECT record_type FROM workflows_approval WHERE record_id = @record ORDER BY id {session.Dialect.Limit("@one")}", new { record, one = 1 }, ct);
        if (type is not null && !await rights.SeesRecordAsync(type, record.Value, ct)) throw Problem.NotFound(type, record);
    }
}

internal static class ApprovalEndpoints
{
    public static void MapApprovals(this IEndpointRouteBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Approvals");
        approvals.MapGet("/", ([AsParameters] ApprovalQuery query, ApprovalList list, CancellationToken ct) => list.ReadAsync(query, ct));
        approvals.MapGet("/{id:guid}", async (Guid id, ApprovalActs acts, ApprovalView view, CancellationToken ct) => await view.OneAsync(await acts.SeenAsync(id, ct), ct));
        approvals.MapPost("/{id:guid}/snooze", async (Guid id, SnoozeBody body, ApprovalActs acts, ApprovalView view, CancellationToken ct) => await view.OneAsync(await acts.SnoozeAsync(id, body.Until, ct), ct));
        foreach (var act in ApprovalActs.All)
            approvals.MapPost($"/{{id:guid}}/{act}", async (Guid id, ActBody? body, ApprovalActs acts, ApprovalView view, CancellationToken ct) => await view.OneAsync(await acts.DoAsync(id, act, body ?? ActBody.Empty, ct), ct));
    }
}
