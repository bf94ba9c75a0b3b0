using Crm.Marketing.Contracts;
using Crm.Marketing.Segments;
using Crm.Workflows.Contracts;

namespace Crm.Marketing.Campaigns;

/// <summary>SOP step: the record joins the audience of a campaign that is running.</summary>
internal sealed class EnrolStep : IStep
{
    public StepDescription Description { get; } = new("marketing.enrol", StepGroup.Marketing,
        new("加入营销活动", "Enrol in campaign"), new("加入营销活动 {campaign}", "Enrol in the campaign {campaign}"), new("扫码登记的线索加入展会活动", "Leads that signed up at the stand join the fair's campaign"))
    {
        Inputs = [CampaignStep.Campaign],
        Outcomes =
        [
            new(SegmentStep.Changed, new("已加入", "Enrolled")), new(SegmentStep.Same, new("原已在内", "Was in it already")),
            new(CampaignStep.NotRunning, new("活动未在进行", "The campaign is not running")),
        ],
    };

    public Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct) => CampaignStep.PutAsync(context, inputs, true, ct);
}

/// <summary>SOP step: the record leaves the audience of a campaign.</summary>
internal sealed class LeaveCampaignStep : IStep
{
    public StepDescription Description { get; } = new("marketing.leaveCampaign", StepGroup.Marketing,
        new("退出营销活动", "Leave a campaign"), new("退出营销活动 {campaign}", "Leave the campaign {campaign}"), new("成交后退出活动", "Once won, out of the campaign"))
    {
        Inputs = [CampaignStep.Campaign],
        Outcomes = [new(SegmentStep.Changed, new("已退出", "Left")), new(SegmentStep.Same, new("原不在内", "Was not in it"))],
    };

    public Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct) => CampaignStep.PutAsync(context, inputs, false, ct);
}

internal static class CampaignStep
{
    public const string NotRunning = "notRunning";

    public static StepInput Campaign => new("campaign", InputType.Record, new("营销活动", "Campaign")) { Required = true, References = CampaignType.Key, TypeField = "target" };

    public static async Task<StepResult> PutAsync(StepContext context, StepInputs inputs, bool put, CancellationToken ct)
    {
        var (type, id) = context.Item ?? context.Record;
        return new()
        {
            Outcome = await context.SendAsync(new EnrolInCampaign(inputs.Text("campaign")!, type, id, put), ct) switch
            {
                Enrolment.Changed => SegmentStep.Changed,
                Enrolment.Same => SegmentStep.Same,
                _ => NotRunning,
            },
        };
    }
}
