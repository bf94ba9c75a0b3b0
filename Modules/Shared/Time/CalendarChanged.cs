using MediatR;

namespace Crm.Shared.Time;

/// <summary>Published in the transaction in which working hours or holidays changed; due times counted in business time are counted again.</summary>
/// <param name="UnitId">The unit whose hours changed, and all below it without hours of their own; null for all units.</param>
public sealed record CalendarChanged(Guid? UnitId) : INotification;
