using MediatR;

namespace Crm.Shared.Access;

/// <summary>Published in the transaction in which an absence was declared, ended or taken back; open work moves to the substitute, or comes back. The directory of this scope shows it already.</summary>
/// <param name="Before">Null for a new one.</param>
/// <param name="After">Null for one taken back.</param>
public sealed record AbsenceChanged(Guid UserId, Absence? Before, Absence? After) : INotification;
