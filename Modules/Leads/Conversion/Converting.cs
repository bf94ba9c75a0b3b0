using Crm.Leads.Contracts;
using Crm.Sales.Contracts;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Leads.Conversion;

internal sealed class ConvertLeadValidator : AbstractValidator<ConvertLead>
{
    public ConvertLeadValidator()
    {
        RuleFor(c => c.Amount).GreaterThanOrEqualTo(0).WithErrorCode("field.min").WithState(_ => new object?[] { 0 });
    }
}

internal sealed class ConvertLeadHandler(IRecords records, IMediator mediator, CurrentActor actor, TimeProvider time) : IRequestHandler<ConvertLead, OpenedDeal>
{
    public async Task<OpenedDeal> Handle(ConvertLead request, CancellationToken cancellationToken)
    {
        var lead = await records.ForActAsync(actor.Value, LeadType.Key, request.Lead, cancellationToken);
        if (lead.Text("status") == LeadStatus.Converted) throw Problem.Conflict("lead.converted", lead.Name);
        if (lead.Text("status") == LeadStatus.Invalid) throw Problem.Conflict("lead.notOpen", lead.Name);
        var owner = lead.Owner ?? actor.Value.UserId;
        var deal = await mediator.Send(Deal(request, lead, owner), cancellationToken);
        await records.UpdateAsync(LeadType.Key, lead.Id, new Dictionary<string, object?>
        {
            ["status"] = LeadStatus.Converted,
            ["customer"] = deal.Customer,
            ["contact"] = deal.Contact,
            ["opportunity"] = deal.Opportunity,
            ["convertedAt"] = time.UtcNow(),
            ["owner"] = owner,
        }, WriteOptions.AsFeature(LeadRule.Converted) with { Version = request.Version ?? lead.Version }, cancellationToken);
        return deal;
    }

    private static OpenDeal Deal(ConvertLead request, Record lead, Guid? owner)
    {
        var company = Given(request.CustomerName) ?? lead.Text("company");
        return new()
        {
            ExistingCustomer = request.ExistingCustomer,
            CustomerName = company ?? lead.Name,
            IsPerson = company is null,
            ContactName = lead.Name,
            Title = lead.Text("title"),
            Phone = lead.Text("phone"),
            Email = lead.Text("email"),
            Wechat = lead.Text("wechat"),
            Region = lead.Text("region"),
            Industry = lead.Text("industry"),
            Source = lead.Text("source"),
            OpportunityName = Given(request.OpportunityName),
            Amount = request.Amount ?? lead["budget"] as decimal?,
            Note = lead.Text("need"),
            Lead = lead.Id,
            Owner = owner,
        };
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal sealed record ConvertBody(string? CustomerName = null, string? OpportunityName = null, decimal? Amount = null, Guid? ExistingCustomer = null);

internal static class ConvertEndpoint
{
    public static void MapConvert(this IEndpointRouteBuilder leads) =>
        leads.MapPost("/{id:guid}/convert", async (Guid id, ConvertBody? body, HttpContext http, IMediator mediator) =>
            Results.Json(await mediator.Send(new ConvertLead(id, body?.CustomerName, body?.OpportunityName, body?.Amount, body?.ExistingCustomer, Versions.IfMatch(http.Request)), http.RequestAborted)));
}
