using Crm.Workflows.Contracts;

namespace Crm.Leads.Pool;

/// <summary>SOP step: puts a lead that nobody worked on back into the pool.</summary>
internal sealed class RecycleStep : IStep
{
    public StepDescription Description { get; } = new("leads.recycle", StepGroup.Leads,
        new("回收到公海", "Back to the pool"),
        new("将线索回收到公海", "Put the lead back into the pool"),
        new("七天未跟进的线索回收到公海", "Put leads without contact for seven days back into the pool"))
    {
        RecordTypes = [LeadType.Key],
        Inputs = [new("note", InputType.Template, new("说明", "Note"))],
    };

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        await context.SendAsync(new ReleaseLead(context.LeadId(), inputs.Words("note")), ct);
        return StepResult.Done;
    }
}
