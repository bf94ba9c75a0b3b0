using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Statistics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Runtime.Runs;

internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("/", ([AsParameters] RunQuery query, RunView view, CancellationToken ct) => view.ListAsync(query, ct));
        runs.MapGet("/{id:guid}", (Guid id, RunView view, CancellationToken ct) => view.OneAsync(id, ct));
        runs.MapPost("/{id:guid}/retry", (Guid id, MendBody? body, RunActs acts, RunView view, CancellationToken ct) => DoAsync(id, acts.RetryAsync, body, view, ct));
        runs.MapPost("/{id:guid}/skip", (Guid id, MendBody? body, RunActs acts, RunView view, CancellationToken ct) => DoAsync(id, acts.SkipAsync, body, view, ct));
        runs.MapPost("/{id:guid}/urge", async (Guid id, WaitingBody body, RunPeople people, RunView view, CancellationToken ct) =>
        {
            await people.UrgeAsync(id, body, ct);
            return await view.OneAsync(id, ct);
        });
        runs.MapPost("/{id:guid}/reassign", async (Guid id, WaitingBody body, RunPeople people, RunView view, CancellationToken ct) =>
        {
            await people.ReassignAsync(id, body, ct);
            return await view.OneAsync(id, ct);
        });
        runs.MapPost("/{id:guid}/cancel", (Guid id, MendBody? body, RunActs acts, RunView view, CancellationToken ct) => DoAsync(id, acts.CancelAsync, body, view, ct));

        api.MapGet("/sops/{key}/statistics", (string key, [AsParameters] StatisticsQuery query, SopStatistics figures, CancellationToken ct) => figures.ReadAsync(key, query, ct)).WithTags("SOPs");

        var incidents = api.MapGroup("/incidents").WithTags("Runs");
        incidents.MapGet("/", ([AsParameters] IncidentQuery query, IncidentList list, CancellationToken ct) => list.GroupsAsync(query, ct));
        incidents.MapGet("/open", ([AsParameters] IncidentQuery query, IncidentList list, CancellationToken ct) => list.OneByOneAsync(query, ct));
        incidents.MapGet("/{id:guid}/attempts", (Guid id, IncidentList list, CancellationToken ct) => list.AttemptsAsync(id, ct));
        foreach (var how in (string[])["retry", "skip", "cancel", "give"])
            incidents.MapPost($"/{how}", (MendMany body, MendingMany many, CancellationToken ct) => many.MendAsync(body, how, ct)).WithMetadata(new ManyTransactions());
    }

    private static async Task<JsonObject> DoAsync(Guid id, Func<Guid, MendBody, CancellationToken, Task> act, MendBody? body, RunView view, CancellationToken ct)
    {
        await act(id, body ?? new(null, null, null, null), ct);
        return await view.OneAsync(id, ct);
    }
}
