using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.Runtime.Incidents;

namespace Crm.Workflows.Runtime.Runs;

/// <summary>How a person mends a run.</summary>
/// <param name="Step">Which of several failed steps; the first where left out.</param>
/// <param name="Inputs">Corrected inputs of the step, for this run.</param>
/// <param name="Outcome">Of a skipped step, for the branches after it.</param>
internal sealed record MendBody(string? Step, JsonObject? Inputs, string? Outcome, string? Reason)
{
    /// <summary>Which of several incidents, by its id.</summary>
    public Guid? Incident { get; init; }
}

/// <summary>Retry, skip, cancel: by a person, at once, in one turn.</summary>
internal sealed class RunActs(Session session, RunStore runs, RunSight seen, Turns turns, Wakes wakes, IncidentStore incidents, ApprovalStore approvals, ApprovalKeeper keeper, EditCheck edits, CurrentActor current)
{
    private const int LongestOutcome = 200;

    public Task RetryAsync(Guid id, MendBody body, CancellationToken ct) => MendAsync(id, async run =>
    {
        var incident = await IncidentAsync(run, body, ct);
        if (body.Inputs is { } edited) await edits.RequireAsync(run, incident, edited, ct);
        switch (incident.Kind)
        {
            case IncidentKind.Loop:
                await incidents.CloseAsync(run.Id, At.Run, current.Value.UserId, "retried", ct);
                await TakeAsync(run, new Started(), ct);
                break;
            case IncidentKind.Parked:
                await incidents.CloseAsync(run.Id, At.Run, current.Value.UserId, "retried", ct);
                await session.ExecuteAsync("UPDATE workflows_run SET status = 0 WHERE id = @Id", new { run.Id }, ct);
                var wake = JsonSerializer.Deserialize<Wake>(incident.Wake!, ContractJson.Options)!;
                await wakes.WakeAsync(run.Id, wake.Stimulus ?? new Started(), wake.By, Lane.People, ct);
                break;
            case IncidentKind.Approval:
                await incidents.CloseAsync(run.Id, At.Parse(incident.StepAt), current.Value.UserId, "retried", ct);
                if (await approvals.OfStepAsync(run.Id, incident.StepAt, ct) is { } approval) await keeper.SeatAgainAsync(approval.Id, ct);
                break;
            case IncidentKind.Task:
                await incidents.CloseAsync(run.Id, At.Parse(incident.StepAt), current.Value.UserId, "seen", ct);
                break;
            default:
                await TakeAsync(run, new Retried(At.Parse(incident.StepAt), body.Inputs), ct);
                break;
        }
    }, ct);

    public Task SkipAsync(Guid id, MendBody body, CancellationToken ct) => MendAsync(id, async run =>
    {
        var incident = await IncidentAsync(run, body, ct);
        if (incident.Kind != IncidentKind.Step) throw Problem.Conflict("run.notSkippable");
        if (body.Outcome is { Length: > LongestOutcome } outcome) throw Problem.Invalid("outcome", "field.tooLong", LongestOutcome, outcome.Length);
        await TakeAsync(run, new Skipped(At.Parse(incident.StepAt), body.Outcome), ct);
    }, ct);

    public Task GiveAsync(Guid id, MendBody body, Guid owner, CancellationToken ct) => MendAsync(id, async run =>
    {
        if (!await incidents.GiveAsync(await IncidentAsync(run, body, ct), run.RecordName, owner, current.Value.UserId, ct)) throw Problem.Conflict("run.noIncident");
    }, ct);

    public Task CancelAsync(Guid id, MendBody body, CancellationToken ct) => MendAsync(id, async run =>
    {
        if (run.Ended) throw Problem.Conflict("run.ended");
        var reason = string.IsNullOrWhiteSpace(body.Reason) ? null : new Label(body.Reason.Trim(), body.Reason.Trim());
        await TakeAsync(run, new Cancelled(reason), ct);
    }, ct);

    private Task MendAsync(Guid id, Func<Run, Task> mend, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageRuns);
        return session.InTransactionAsync(async () => await mend(await seen.SeenAsync(id, await runs.LockAsync(id, ct), ct)), ct);
    }

    private async Task<IncidentRow> IncidentAsync(Run run, MendBody body, CancellationToken ct) =>
        (await incidents.OpenOfAsync([run.Id], ct)).FirstOrDefault(i => body.Incident is { } one ? i.Id == one : body.Step is null || i.Step == body.Step) ?? throw Problem.Conflict("run.noIncident");

    private async Task TakeAsync(Run run, Stimulus stimulus, CancellationToken ct)
    {
        if (!await turns.TakeAsync(new(run.Id, stimulus, current.Value.UserId), ct)) throw Problem.Conflict("run.noIncident");
    }
}
