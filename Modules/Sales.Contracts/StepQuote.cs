using Crm.Shared.Messaging;
using Crm.Shared.Records;

namespace Crm.Sales.Contracts;

/// <summary>A step that the quote's owner takes: submit it, tell that it was sent, tell the customer's answer.</summary>
public sealed record StepQuote(Guid Quote, string Status, string Kind, string? Note, long? Version) : ICommand<Record>;
