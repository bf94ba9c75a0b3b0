using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Quotas;
using Microsoft.Extensions.Logging;

namespace Crm.Workflows.Runtime;

/// <summary>Does the effects that need no answer.</summary>
internal sealed class Doings(
    Session session, Moments moments, Reading reading, Subscriptions subscriptions, IncidentStore incidents, Wakes wakes, QuotaStore quotas,
    TaskOpening tasks, ApprovalOpening approvals, Random random, ILogger<Doings> log)
{
    /// <summary>Null when done, else the failure that the engine is told of.</summary>
    public async Task<Failed?> DoAsync(TurnContext turn, Effect effect, CancellationToken ct)
    {
        switch (effect)
        {
            case CancelTimer cancel: await CancelTimerAsync(turn, cancel, ct); return null;
            case Unsubscribe gone: await subscriptions.RemoveAsync(turn.Run.Id, gone.At, ct); return null;
            case CancelTask cancel: await tasks.CancelAsync(turn.Run.Id, cancel.At, ct); return null;
            case CancelApproval cancel: await approvals.CancelAsync(turn.Run.Id, cancel.At, ct); return null;
            case CancelChild cancel: await CancelChildAsync(turn.Run.Id, cancel.At, ct); return null;
            case OpenIncident open: await incidents.OpenAsync(turn.Run, open.At, IncidentKind.Step, open.Class, open.Said, open.Attempts, ct); return null;
            case CloseIncident close: await incidents.CloseAsync(turn.Run.Id, close.At, null, "resolved", ct); return null;
            case StepEffect step: return await TryAsync(turn, step, ct);
            case Finish: return null;
            default: throw new InvalidOperationException($"Nobody does {effect.GetType().Name}.");
        }
    }

    /// <summary>What a run leaves behind when it ends.</summary>
    public async Task ClearAsync(Run run, CancellationToken ct)
    {
        if (run.Status == Standing.Incident) await incidents.CloseAllAsync(run.Id, null, "ended", ct);
        if (run.State is not null) return;
        // It never began: a quota may hold its start.
        await wakes.CancelStartAsync(run.Id, ct);
        await quotas.ReleaseAsync(run.Id, ct);
    }

    private async Task<Failed?> TryAsync(TurnContext turn, StepEffect effect, CancellationToken ct)
    {
        try
        {
            switch (effect)
            {
                case SetTimer timer: await SetTimerAsync(turn, timer, ct); break;
                case Subscribe subscribe: await subscriptions.AddAsync(turn, subscribe, ct); break;
                case OpenTask open: await session.PartAsync(() => tasks.OpenAsync(turn, open, ct), ct); break;
                case OpenApproval open: await session.PartAsync(() => approvals.OpenAsync(turn, open, ct), ct); break;
                default: throw new InvalidOperationException($"Nobody does {effect.GetType().Name}.");
            }
            return null;
        }
        catch (Exception why) when (!Failures.BelongsToQueue(why, session.Dialect, ct))
        {
            if (why is not (StepFailure or Problem)) log.LogWarning(why, "Step {At} of run {Run} failed", effect.At, turn.Run.Id);
            return Failures.Of(effect.At, why);
        }
    }

    private async Task SetTimerAsync(TurnContext turn, SetTimer timer, CancellationToken ct)
    {
        Label? why = null;
        if (timer.DueAt is not { } due)
        {
            var holder = timer.Until!.Path is { } path ? await subscriptions.HolderAsync(turn, timer.At, timer.Items, path, ct) : null;
            var unit = timer.Until.ByCalendar ? (await reading.RecordAsync(turn, ct)).Unit : null;
            var moment = await moments.AtAsync(turn, timer.At, timer.Items, timer.Until, unit, ct);
            (due, why) = (moment.Utc, moment.Why);
            if (holder is { } dated) await subscriptions.FollowAsync(turn.Run, timer.At, dated, ct);
        }
        if (timer.Spread) due = Stored.Whole(due + (due - turn.Now) * 0.2 * random.NextDouble());
        await wakes.TimerAsync(turn.Run, timer.At, timer.For, due, ct);
        var said = new JsonObject { ["until"] = JsonValue.Create(due) };
        if (why is not null) said["dueWhy"] = JsonSerializer.SerializeToNode(why, ContractJson.Options);
        turn.Explain(timer.At, said);
    }

    private async Task CancelTimerAsync(TurnContext turn, CancelTimer cancel, CancellationToken ct)
    {
        await wakes.CancelTimerAsync(turn.Run.Id, cancel.At, cancel.For, ct);
        if (cancel.For != TimerFor.Retry) await EndWaitAsync(turn, cancel.At, ct);
    }

    /// <summary>The time of a wait has come, or it is waited for no longer.</summary>
    public async Task EndWaitAsync(TurnContext turn, At at, CancellationToken ct)
    {
        if (FollowedDates.PathOf(turn.Plan, at) is not null) await subscriptions.RemoveAsync(turn.Run.Id, at, ct);
    }

    private async Task CancelChildAsync(Guid run, At at, CancellationToken ct)
    {
        var children = await session.QueryAsync<Guid>("SELECT id FROM workflows_run WHERE cause_run_id = @run AND parent_at = @at AND status < 3", new { run, at = at.ToString() }, ct);
        foreach (var child in children) await wakes.WakeAsync(child, new Cancelled(new("由上级流程取消", "Cancelled by the calling SOP")), null, Shared.Work.Lane.Normal, ct);
    }
}
