using Crm.Leads.Contracts;
using Crm.Sales.Contracts;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Host.Demo;

/// <summary>The commands the demo's people give, the same that the page gives.</summary>
internal static class DemoActs
{
    public static Task<OpenedDeal> ConvertAsync(IServiceProvider services, Record lead, string opportunity) =>
        SendAsync(services, new ConvertLead(lead.Id, lead.Text("company"), opportunity, lead.Amount("budget")));

    public static Task MoveAsync(IServiceProvider services, Guid opportunity, string stage, string? lostReason) =>
        SendAsync(services, new MoveOpportunity(opportunity, stage, lostReason, null, null));

    public static Task SubmitAsync(IServiceProvider services, Guid quote) => StepAsync(services, quote, "pending", "submitted");

    /// <summary>Before there were SOPs the director decided on what was waiting.</summary>
    /// <param name="alone">No SOP was there to ask anybody when it was submitted.</param>
    public static async Task SettleAsync(IServiceProvider services, IRecords records, Guid quote, bool alone)
    {
        if (alone && await StatusAsync(records, quote) == "pending") await SendAsync(services, new DecideQuote(quote, QuoteDecision.Approved, null));
    }

    public static async Task SendAsync(IServiceProvider services, IRecords records, Guid quote)
    {
        if (await StatusAsync(records, quote) == "approved") await StepAsync(services, quote, "sent", "sent");
    }

    public static async Task AcceptAsync(IServiceProvider services, IRecords records, Guid quote)
    {
        if (quote != Guid.Empty && await StatusAsync(records, quote) == "sent") await StepAsync(services, quote, "accepted", "accepted");
    }

    private static Task StepAsync(IServiceProvider services, Guid quote, string status, string kind) =>
        SendAsync(services, new StepQuote(quote, status, kind, null, null));

    private static async Task<string?> StatusAsync(IRecords records, Guid quote) => (await records.FindAsync("quote", quote, default))?.Text("status");

    private static Task<T> SendAsync<T>(IServiceProvider services, IRequest<T> command) => services.GetRequiredService<IMediator>().Send(command);
}
