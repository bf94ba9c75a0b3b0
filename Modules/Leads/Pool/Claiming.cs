using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Leads.Pool;

/// <summary>Takes a lead out of the pool. Of two who want it at once, one gets it.</summary>
internal sealed record ClaimLead(Guid Lead) : ICommand<Record>;

internal sealed class ClaimLeadHandler(IRecords records, CurrentActor actor) : IRequestHandler<ClaimLead, Record>
{
    public async Task<Record> Handle(ClaimLead request, CancellationToken cancellationToken)
    {
        var lead = await SeenAsync(request.Lead, cancellationToken);
        if (lead.Owner is not null) throw Problem.Conflict("lead.claimed");
        if (!LeadStatus.IsOpen(lead.Text("status"))) throw Problem.Conflict("lead.notOpen", lead.Name);
        try
        {
            return await records.UpdateAsync(LeadType.Key, lead.Id, new Dictionary<string, object?> { ["owner"] = actor.Value.UserId }, WriteOptions.AsFeature("claimed") with { Version = lead.Version }, cancellationToken);
        }
        catch (Problem stale) when (stale.Code == "stale")
        {
            throw Problem.Conflict("lead.claimed");
        }
    }

    /// <summary>A lead that somebody has just claimed is out of sight for whoever comes second; the pool's page still shows it to him.</summary>
    private async Task<Record> SeenAsync(Guid id, CancellationToken ct)
    {
        if (actor.Value.UserId is null) throw Problem.Forbidden(LeadPermissions.Claim);
        try
        {
            return await records.ForActAsync(actor.Value, LeadType.Key, id, ct, LeadPermissions.Claim);
        }
        catch (Problem hidden) when (hidden.Status == 404 && actor.Value.ScopeOf(LeadType.Key) != DataScope.None)
        {
            throw await records.FindAsync(LeadType.Key, id, ct) is { Deleted: false, Owner: not null } ? Problem.Conflict("lead.claimed") : hidden;
        }
    }
}

internal static class ClaimEndpoint
{
    public static void MapClaim(this IEndpointRouteBuilder leads) =>
        leads.MapPost("/{id:guid}/claim", async (Guid id, HttpContext http, IMediator mediator, RecordPresenter presenter) =>
            await presenter.ShowAsync(await mediator.Send(new ClaimLead(id), http.RequestAborted), http));
}
