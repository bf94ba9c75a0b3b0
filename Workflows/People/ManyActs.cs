using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.People;

/// <summary>One thing on somebody's list.</summary>
/// <param name="Kind"><c>task</c> or <c>approval</c>.</param>
internal sealed record Piece(string Kind, Guid Id);

/// <summary>One act on many of them.</summary>
/// <param name="Act"><c>approve</c>, <c>reject</c>, <c>handOver</c> or <c>snooze</c>.</param>
/// <param name="Items">Left out with <c>handOver</c>: everything that waits for oneself.</param>
/// <param name="To">Who takes it over.</param>
/// <param name="Until">Until when it is snoozed; null brings it back.</param>
internal sealed record ManyBody(string Act, IReadOnlyList<Piece>? Items, string? Comment, Guid? To, DateTime? Until);

/// <summary>Each stands for itself, in a transaction of its own: what may be done is done, the others say why not.</summary>
internal sealed class ManyActs(Session session, IServiceScopeFactory scopes, CurrentActor current, Texts texts)
{
    private const int Most = 200;
    private static readonly string[] All = ["approve", "reject", "handOver", "snooze"];

    public async Task<JsonObject> DoAsync(ManyBody body, CancellationToken ct)
    {
        if (!All.Contains(body.Act)) throw Problem.Invalid("act", "field.option", body.Act);
        var items = body.Items ?? (body.Act == "handOver" ? await MineAsync(ct) : throw Problem.Invalid("items", "field.required"));
        if (body.Items is { Count: 0 or > Most }) throw Problem.Invalid("items", "work.items", Most);
        if (items.Any(i => i is null)) throw Problem.Invalid("items", "field.required");
        if (body.Act == "reject" && string.IsNullOrWhiteSpace(body.Comment)) throw Problem.Invalid("comment", "field.required");
        if (body.Act == "handOver" && body.To is null) throw Problem.Invalid("to", "field.required");
        var results = new JsonArray();
        foreach (var item in items.Distinct()) results.Add(await OneAsync(item, body, ct));
        var failed = results.Count(r => !r!["ok"]!.GetValue<bool>());
        return new() { ["results"] = results, ["done"] = results.Count - failed, ["failed"] = failed };
    }

    private async Task<IReadOnlyList<Piece>> MineAsync(CancellationToken ct)
    {
        var args = new { me = current.Person(), n = Most };
        var limit = session.Dialect.Limit("@n");
        var tasks = await session.QueryAsync<Guid>($"SELECT id FROM workflows_task WHERE assignee_id = @me AND status = 0 ORDER BY due_at, id {limit}", args, ct);
        var seats = await session.QueryAsync<Guid>($"SELECT approval_id FROM workflows_seat WHERE person_id = @me AND status = 1 ORDER BY approval_id {limit}", args, ct);
        return [.. tasks.Select(id => new Piece("task", id)), .. seats.Distinct().Select(id => new Piece("approval", id))];
    }

    private async Task<JsonObject> OneAsync(Piece item, ManyBody body, CancellationToken ct)
    {
        var result = new JsonObject { ["kind"] = item.Kind, ["id"] = item.Id.ToString(), ["ok"] = true };
        try
        {
            await scopes.ApartAsync(current.Value, services => item.Kind switch
            {
                "task" => OnTaskAsync(services.GetRequiredService<TaskActs>(), item.Id, body, ct),
                "approval" => OnApprovalAsync(services.GetRequiredService<ApprovalActs>(), item.Id, body, ct),
                _ => throw Problem.Invalid("items", "field.option", item.Kind),
            });
        }
        catch (Problem problem)
        {
            result["ok"] = false;
            result["problem"] = problem.Document(texts, current.Value.Locale);
        }
        return result;
    }

    private static Task OnTaskAsync(TaskActs acts, Guid id, ManyBody body, CancellationToken ct) => body.Act switch
    {
        "handOver" => acts.ReassignAsync(id, new(body.To!.Value, body.Comment), ct),
        "snooze" => acts.SnoozeAsync(id, new(body.Until), ct),
        _ => throw Problem.Conflict("work.noApproval"),
    };

    private static Task OnApprovalAsync(ApprovalActs acts, Guid id, ManyBody body, CancellationToken ct) => body.Act switch
    {
        "handOver" => acts.DoAsync(id, "transfer", ActBody.Empty with { To = body.To, Comment = body.Comment }, ct),
        "snooze" => acts.SnoozeAsync(id, body.Until, ct),
        _ => acts.DoAsync(id, body.Act, ActBody.Empty with { Comment = body.Comment }, ct),
    };
}

internal static class WorkEndpoints
{
    public static void MapWork(this IEndpointRouteBuilder api) =>
        api.MapPost("/work", (ManyBody body, ManyActs acts, CancellationToken ct) => acts.DoAsync(body, ct)).WithMetadata(new ManyTransactions()).WithTags("Tasks");
}
