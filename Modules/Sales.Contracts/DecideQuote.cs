using Crm.Shared.Messaging;
using MediatR;

namespace Crm.Sales.Contracts;

/// <summary>What an approval of a quote came to.</summary>
public enum QuoteDecision { Approved, Rejected, Returned }

/// <summary>Carries the outcome of an approval to its quote. Refused with a conflict unless the quote still waits and its content is what was submitted.</summary>
[Requires("quote.decide")]
public sealed record DecideQuote(Guid Quote, QuoteDecision Decision, string? Note) : ICommand<Unit>;
