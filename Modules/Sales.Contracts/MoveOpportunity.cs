using Crm.Shared.Messaging;
using Crm.Shared.Records;

namespace Crm.Sales.Contracts;

/// <summary>Moves an opportunity to another stage; also the way to open a closed one again.</summary>
public sealed record MoveOpportunity(Guid Opportunity, string Stage, string? LostReason, string? LostNote, long? Version) : ICommand<Record>;
