using Crm.Shared.Messaging;

namespace Crm.Sales.Contracts;

/// <summary>Makes customer, contact and opportunity of someone who wants to buy, in the caller's transaction and under the actor's permissions.
/// The customer is the one given, else one of that name that the actor sees, else a new one; likewise the contact, by phone or mail.</summary>
public sealed record OpenDeal : ICommand<OpenedDeal>
{
    public Guid? ExistingCustomer { get; init; }
    public required string CustomerName { get; init; }
    /// <summary>A person who buys for himself.</summary>
    public bool IsPerson { get; init; }
    public required string ContactName { get; init; }
    public string? Title { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Wechat { get; init; }
    public string? Region { get; init; }
    public string? Industry { get; init; }
    public string? Source { get; init; }
    public string? OpportunityName { get; init; }
    public decimal? Amount { get; init; }
    public string? Note { get; init; }
    public Guid Lead { get; init; }
    /// <summary>Of all three records that are made.</summary>
    public Guid? Owner { get; init; }
}

/// <summary>What came of it.</summary>
public sealed record OpenedDeal(Guid Customer, Guid Contact, Guid Opportunity, bool NewCustomer, bool NewContact);
