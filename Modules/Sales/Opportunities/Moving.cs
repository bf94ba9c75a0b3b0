using Crm.Sales.Contracts;
using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Sales.Opportunities;

internal sealed class MoveOpportunityValidator : AbstractValidator<MoveOpportunity>
{
    public MoveOpportunityValidator()
    {
        RuleFor(m => m.Stage).NotEmpty().WithErrorCode("field.required");
    }
}

internal sealed class MoveOpportunityHandler(IRecords records, CurrentActor actor) : IRequestHandler<MoveOpportunity, Record>
{
    public async Task<Record> Handle(MoveOpportunity request, CancellationToken cancellationToken)
    {
        var deal = await records.ForActAsync(actor.Value, OpportunityType.Key, request.Opportunity, cancellationToken);
        // A card dropped where it was is no move, and nobody's event.
        if (deal.Text("stage") == request.Stage) return deal;
        var values = new Dictionary<string, object?> { ["stage"] = request.Stage };
        if (request.LostReason is not null) values["lostReason"] = request.LostReason;
        if (request.LostNote is not null) values["lostNote"] = request.LostNote;
        return await records.UpdateAsync(OpportunityType.Key, deal.Id, values, WriteOptions.AsFeature(OpportunityRule.Moved) with { Version = request.Version ?? deal.Version }, cancellationToken);
    }
}

internal sealed record MoveBody(string Stage, string? LostReason = null, string? LostNote = null);

internal static class MoveEndpoint
{
    public static void MapMove(this IEndpointRouteBuilder opportunities) =>
        opportunities.MapPost("/{id:guid}/move", async (Guid id, MoveBody body, HttpContext http, IMediator mediator, RecordPresenter presenter) =>
            await presenter.ShowAsync(await mediator.Send(new MoveOpportunity(id, body.Stage, body.LostReason, body.LostNote, Versions.IfMatch(http.Request)), http.RequestAborted), http));
}
