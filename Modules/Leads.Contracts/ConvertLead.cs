using Crm.Sales.Contracts;
using Crm.Shared.Messaging;

namespace Crm.Leads.Contracts;

/// <summary>Makes a qualified lead a customer, a contact and an opportunity, all or nothing, and once.</summary>
public sealed record ConvertLead(Guid Lead, string? CustomerName = null, string? OpportunityName = null, decimal? Amount = null, Guid? ExistingCustomer = null, long? Version = null) : ICommand<OpenedDeal>;
