using Crm.Shared.Messaging;

namespace Crm.Marketing.Contracts;

/// <summary>Puts a record into the audience of a campaign, or takes it out. Only one that is running takes anybody in; out anybody may go at any time.</summary>
/// <param name="Campaign">The campaign's code.</param>
public sealed record EnrolInCampaign(string Campaign, string RecordType, Guid Record, bool In) : ICommand<Enrolment>;

/// <summary>What came of it: <see cref="Same"/> where it was so before.</summary>
public enum Enrolment { Changed, Same, NotRunning }
