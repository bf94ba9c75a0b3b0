using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Leads.Pool;

/// <summary>Puts an open lead back into the pool: the owner himself, or whoever may assign.</summary>
internal sealed record ReleaseLead(Guid Lead, string? Note) : ICommand<Record>;

internal sealed class ReleaseLeadHandler(IRecords records, CurrentActor actor) : IRequestHandler<ReleaseLead, Record>
{
    public async Task<Record> Handle(ReleaseLead request, CancellationToken cancellationToken)
    {
        var lead = await records.ForActAsync(actor.Value, LeadType.Key, request.Lead, cancellationToken);
        if (lead.Owner != actor.Value.UserId && !actor.Value.Can(LeadPermissions.Assign)) throw Problem.Forbidden(LeadPermissions.Assign);
        if (!LeadStatus.IsOpen(lead.Text("status"))) throw Problem.Conflict("lead.notOpen", lead.Name);
        if (lead.Owner is null) return lead;
        var values = new Dictionary<string, object?> { ["owner"] = null, ["nextTryAt"] = null };
        return await records.UpdateAsync(LeadType.Key, lead.Id, values, WriteOptions.AsFeature("released", request.Note) with { Version = lead.Version }, cancellationToken);
    }
}

internal sealed record ReleaseBody(string? Note = null);

internal static class ReleaseEndpoint
{
    public static void MapRelease(this IEndpointRouteBuilder leads) =>
        leads.MapPost("/{id:guid}/release", async (Guid id, ReleaseBody? body, HttpContext http, IMediator mediator, RecordPresenter presenter) =>
            await presenter.ShowAsync(await mediator.Send(new ReleaseLead(id, body?.Note), http.RequestAborted), http));
}
