using Crm.Shared.Messaging;

namespace Crm.Marketing.Contracts;

/// <summary>Puts a record into a segment that is kept by hand, or takes it out.</summary>
/// <param name="Segment">The segment's code.</param>
/// <returns>Whether it was not so before.</returns>
public sealed record PutInSegment(string Segment, string RecordType, Guid Record, bool In) : ICommand<bool>;
