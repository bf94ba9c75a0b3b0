using Crm.Marketing.Contracts;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Marketing.Segments;

/// <summary>SOP step: puts the record into a segment that is kept by hand.</summary>
internal sealed class AddToSegmentStep : IStep
{
    public StepDescription Description { get; } = new("marketing.addToSegment", StepGroup.Marketing,
        new("加入客群", "Add to segment"), new("加入客群 {segment}", "Add to the segment {segment}"), new("下载白皮书的线索加入培育客群", "Leads that took the white paper join those to be nurtured"))
    {
        Inputs = [SegmentStep.Segment],
        Outcomes = [new(SegmentStep.Changed, new("已加入", "Added")), new(SegmentStep.Same, new("原已在内", "Was in it already"))],
    };

    public Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct) => SegmentStep.PutAsync(context, inputs, true, ct);
}

/// <summary>SOP step: takes the record out of a segment that is kept by hand.</summary>
internal sealed class RemoveFromSegmentStep : IStep
{
    public StepDescription Description { get; } = new("marketing.removeFromSegment", StepGroup.Marketing,
        new("移出客群", "Remove from segment"), new("移出客群 {segment}", "Remove from the segment {segment}"), new("成交后移出培育客群", "Once won, no longer among those to be nurtured"))
    {
        Inputs = [SegmentStep.Segment],
        Outcomes = [new(SegmentStep.Changed, new("已移出", "Removed")), new(SegmentStep.Same, new("原不在内", "Was not in it"))],
    };

    public Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct) => SegmentStep.PutAsync(context, inputs, false, ct);
}

internal static class SegmentStep
{
    public const string Changed = "changed", Same = "same";

    public static StepInput Segment => new("segment", InputType.Record, new("客群", "Segment"))
    {
        Required = true,
        References = SegmentType.Key,
        TypeField = "target",
        Holding = new Dictionary<string, string> { ["kind"] = SegmentType.ByHand },
        Help = new("成员由手工或流程添加的客群", "One whose members are put in by hand or SOP"),
    };

    public static async Task<StepResult> PutAsync(StepContext context, StepInputs inputs, bool put, CancellationToken ct)
    {
        var (type, id) = context.Item ?? context.Record;
        var changed = await context.SendAsync(new PutInSegment(inputs.Text("segment")!, type, id, put), ct);
        return new() { Outcome = changed ? Changed : Same };
    }
}
