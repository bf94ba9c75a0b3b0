using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Leads.Assignment;

/// <summary>Gives a lead to a person.</summary>
[Requires(LeadPermissions.Assign)]
internal sealed record AssignLead(Guid Lead, Guid Owner, string? Note, long? Version) : ICommand<Record>;

internal sealed class AssignLeadHandler(IRecords records, CurrentActor actor) : IRequestHandler<AssignLead, Record>
{
    public async Task<Record> Handle(AssignLead request, CancellationToken cancellationToken)
    {
        var lead = await records.ForActAsync(actor.Value, LeadType.Key, request.Lead, cancellationToken, LeadPermissions.Assign);
        if (lead.Text("status") == LeadStatus.Converted) throw Problem.Conflict("lead.converted", lead.Name);
        if (lead.Owner == request.Owner) return lead;
        return await records.UpdateAsync(LeadType.Key, lead.Id, new Dictionary<string, object?> { ["owner"] = request.Owner },
            WriteOptions.AsFeature("assigned", request.Note) with { Version = request.Version ?? lead.Version }, cancellationToken);
    }
}

internal sealed record AssignBody(Guid Owner, string? Note = null);

internal static class AssignEndpoint
{
    public static void MapAssign(this IEndpointRouteBuilder leads) =>
        leads.MapPost("/{id:guid}/assign", async (Guid id, AssignBody body, HttpContext http, IMediator mediator, RecordPresenter presenter) =>
            await presenter.ShowAsync(await mediator.Send(new AssignLead(id, body.Owner, body.Note, Versions.IfMatch(http.Request)), http.RequestAborted), http));
}
