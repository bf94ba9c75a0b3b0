using Crm.Marketing.Contracts;
using Crm.Marketing.Segments;
using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using MediatR;

namespace Crm.Marketing.Campaigns;

internal sealed class EnrolInCampaignHandler(Session session, IMediator mediator, CrmOptions options, TimeProvider time) : IRequestHandler<EnrolInCampaign, Enrolment>
{
    public async Task<Enrolment> Handle(EnrolInCampaign request, CancellationToken cancellationToken)
    {
        var campaign = await session.FirstAsync<Row>("SELECT status, starts, ends, audience_id FROM marketing_campaign WHERE code = @Campaign AND deleted_at IS NULL", new { request.Campaign }, cancellationToken)
            ?? throw Problem.NotFound(CampaignType.Key, request.Campaign);
        if (request.In && !Runs(campaign)) return Enrolment.NotRunning;
        var audience = await SegmentBook.FindAsync(session, campaign.AudienceId, cancellationToken) ?? throw Problem.Conflict("campaign.noAudience", request.Campaign);
        return await mediator.Send(new PutInSegment(audience.Code, request.RecordType, request.Record, request.In), cancellationToken) ? Enrolment.Changed : Enrolment.Same;
    }

    /// <summary>Its days are the company's; its last one counts.</summary>
    private bool Runs(Row campaign)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(time.UtcNow(), options.Zone));
        return campaign.Status == CampaignType.Running && !(campaign.Starts > today) && !(campaign.Ends < today);
    }

    private sealed class Row
    {
        public string Status { get; init; } = "";
        public DateOnly? Starts { get; init; }
        public DateOnly? Ends { get; init; }
        public Guid AudienceId { get; init; }
    }
}
