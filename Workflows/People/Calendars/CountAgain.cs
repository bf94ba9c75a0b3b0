using Crm.Shared.Data;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.People.Calendars;

/// <summary>Counts a moment of a run again by the calendar of today: working time from when the step was reached, or from the date as it stands now.</summary>
internal sealed class CountAgain(Session session, SopPlans plans, Payloads payloads, Moments moments)
{
    /// <summary>Null where the date it is counted from is gone: then the time stays.</summary>
    public async Task<Due?> AtAsync(Run run, At at, Moment moment, DateTime since, Guid? unit, CancellationToken ct)
    {
        if (moment.In is { } length) return await moments.AfterAsync(since, length, unit, ct);
        var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
        var state = run.State is null ? RunState.New() : RunState.Read(run.State);
        var turn = new TurnContext(run, plan, state, since, null) { Payload = plan.ReadsPayload ? await payloads.OfAsync(run.Id, ct) : null };
        try { return await moments.AtAsync(turn, at, state.ItemsAt(at), moment, unit, ct); }
        catch (StepFailure) { return null; }
    }
}
