using Crm.Shared.Messaging;
using Crm.Shared.Records;

namespace Crm.Sales.Contracts;

/// <summary>Customers and contacts that may be the one described, among those the actor sees: by phone, mail or name.</summary>
public sealed record FindKnown(string? Phone, string? Email, string? Company) : IQuery<IReadOnlyList<Known>>;

/// <param name="By">Field keys that agree.</param>
public sealed record Known(Record Record, IReadOnlyList<string> By);
