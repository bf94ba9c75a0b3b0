using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.People.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.People.Approvals;

/// <summary>What a list of approvals is asked for.</summary>
internal sealed record ApprovalQuery
{
    public bool? Mine { get; init; }
    public string? State { get; init; }
    public Guid? Record { get; init; }
    public string? After { get; init; }
    public int? Limit { get; init; }
}

/// <summary>Lists of approvals: what waits for me, what I decided, what I asked for, those of a record.</summary>
internal sealed class ApprovalList(Session session, ApprovalView view, ApprovalRights rights, Sight sight, CurrentActor current, TimeProvider time)
{
    public Task<JsonObject> ReadAsync(ApprovalQuery query, CancellationToken ct)
    {
        var limit = Showing.Limit(query.Limit);
        if (query.State is not (null or "open" or "snoozed" or "decided" or "started" or "all")) throw Problem.Invalid("state", "field.option", query.State);
        if (query is { Mine: false, Record: null }) current.Require(WorkflowPermissions.ReadRuns);
        return sight.PageAsync(query.After, limit, (after, n) => RowsAsync(query, Showing.After(after), n, ct), found => found.Row.Id.ToString(), found => found.About,
            async page => await view.ManyAsync([.. page.Select(found => found.Row)], ct), ct);
    }

    private async Task<IReadOnlyList<(ApprovalRow Row, About About)>> RowsAsync(ApprovalQuery query, Guid? after, int n, CancellationToken ct)
    {
        var state = query.State ?? "open";
        var mine = query.Mine != false && query.Record is null;
        var where = new List<string>();
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
            new { me = current.Value.UserId, record = query.Record, after, now = time.UtcNow(), n }, ct);
        return [.. rows.Zip(await rights.AboutAsync(rows, ct))];
    }

    private static string Seats(string status) => $"SELECT approval_id FROM workflows_seat WHERE person_id = @me {status}";
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
