using Crm.Marketing.Segments;
using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Marketing.Campaigns;

/// <summary>It ends after it starts, and its audience is a segment that can be put in to.</summary>
internal sealed class CampaignRule(Session session) : IRecordRule
{
    public string RecordType => CampaignType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Kind is ChangeKind.Deleted or ChangeKind.Restored) return;
        var campaign = change.After;
        await Code.CheckAsync(session, change, ct);
        if (campaign["starts"] is DateOnly starts && campaign["ends"] is DateOnly ends && ends < starts) change.Wrong("ends", "campaign.ends");
        if (!change.Changed("audience") || campaign.Reference("audience") is not { } audience) return;
        var segment = await SegmentBook.FindAsync(session, audience, ct);
        if (segment is not { Filter: null }) change.Wrong("audience", "campaign.audience");
        else campaign["target"] = segment.Target;
    }
}
