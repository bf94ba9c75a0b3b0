using Crm.Service.Contracts;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Service.Tickets;

internal sealed class OpenTicketHandler(IRecords records) : IRequestHandler<OpenTicket, OpenedTicket>
{
    public async Task<OpenedTicket> Handle(OpenTicket request, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, object?>
        {
            ["subject"] = request.Subject,
            ["description"] = request.Description,
            ["customer"] = request.Customer,
            ["contact"] = request.Contact,
            ["priority"] = request.Priority,
            ["kind"] = request.Kind,
            ["queue"] = request.Queue,
            ["channel"] = request.Channel,
            ["owner"] = request.Owner,
        };
        var ticket = await records.CreateAsync(TicketType.Key, values.Where(v => v.Value is not null).ToDictionary(v => v.Key, v => v.Value), WriteOptions.None, cancellationToken);
        return new(ticket.Id, ticket.Text("number")!);
    }
}
