using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Leads.Closing;

/// <summary>Closes a lead that leads nowhere, and says why.</summary>
internal sealed record InvalidateLead(Guid Lead, string Reason, string? Note, long? Version) : ICommand<Record>;

internal sealed class InvalidateLeadValidator : AbstractValidator<InvalidateLead>
{
    public InvalidateLeadValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().WithErrorCode("lead.invalidReason");
    }
}

internal sealed class InvalidateLeadHandler(IRecords records, CurrentActor actor) : IRequestHandler<InvalidateLead, Record>
{
    public async Task<Record> Handle(InvalidateLead request, CancellationToken cancellationToken)
    {
        var lead = await records.ForActAsync(actor.Value, LeadType.Key, request.Lead, cancellationToken);
        var values = new Dictionary<string, object?> { ["status"] = LeadStatus.Invalid, ["invalidReason"] = request.Reason };
        return await records.UpdateAsync(LeadType.Key, lead.Id, values, WriteOptions.AsFeature("invalid", request.Note) with { Version = request.Version ?? lead.Version }, cancellationToken);
    }
}

internal sealed record InvalidBody(string Reason, string? Note = null);

internal static class InvalidEndpoint
{
    public static void MapInvalid(this IEndpointRouteBuilder leads) =>
        leads.MapPost("/{id:guid}/invalid", async (Guid id, InvalidBody body, HttpContext http, IMediator mediator, RecordPresenter presenter) =>
            await presenter.ShowAsync(await mediator.Send(new InvalidateLead(id, body.Reason, body.Note, Versions.IfMatch(http.Request)), http.RequestAborted), http));
}
