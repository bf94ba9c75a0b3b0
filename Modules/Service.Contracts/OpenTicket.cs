using Crm.Shared.Messaging;

namespace Crm.Service.Contracts;

/// <summary>Opens a ticket: a question, a fault or a complaint to be answered and solved in time.</summary>
public sealed record OpenTicket(string Subject) : ICommand<OpenedTicket>
{
    public string? Description { get; init; }
    public Guid? Customer { get; init; }
    public Guid? Contact { get; init; }
    /// <summary><c>urgent</c>, <c>high</c>, <c>normal</c> or <c>low</c>; normal unless given.</summary>
    public string? Priority { get; init; }
    /// <summary><c>question</c>, <c>fault</c>, <c>complaint</c> or <c>request</c>.</summary>
    public string? Kind { get; init; }
    /// <summary>Where it waits until somebody takes it.</summary>
    public string? Queue { get; init; }
    public string? Channel { get; init; }
    public Guid? Owner { get; init; }
}

public sealed record OpenedTicket(Guid Id, string Number);
