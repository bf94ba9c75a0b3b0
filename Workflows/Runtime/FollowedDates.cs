using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Calendars;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.Runtime;

/// <summary>A run waits until a date that has just been changed.</summary>
internal sealed record DateMoved(Guid Run, string At);

/// <summary>Dates that runs wait for.</summary>
internal sealed class FollowedDates(WorkQueue work)
{
    /// <summary>Where the step reads the date it waits for; null where it counts from its own beginning.</summary>
    public static string? PathOf(SopPlan plan, At at) => MomentOf(plan, at)?.Moment.Path;

    public static (TimerFor For, Moment Moment)? MomentOf(SopPlan plan, At at) => plan.Find(at.Step) switch
    {
        Wait wait => (TimerFor.Wait, wait.Until),
        WaitFor { Within: { } within } => (TimerFor.TimeOut, within),
        _ => null,
    };

    public Task MovedAsync(Guid run, At at, Actor by, CancellationToken ct) => work.EnqueueAsync(DateMovedHandler.WorkKind, null, new DateMoved(run, at.ToString()), Lanes.Of(by), null, ct);
}

/// <summary>Moves the timer to where the date is now; where it lies in the past the wait is over.</summary>
internal sealed class DateMovedHandler(Session session, RunStore runs, SopPlans plans, WaitTimes times) : IWorkHandler
{
    public const string WorkKind = "workflows.dateMoved";
    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var moved = JsonSerializer.Deserialize<DateMoved>(item.Payload, Stored.Json)!;
        var at = At.Parse(moved.At);
        if (await runs.LockAsync(moved.Run, ct) is not { Ended: false } run) return;
        if (FollowedDates.MomentOf(await plans.GetAsync(session, run.SopKey, run.SopVersion, ct), at) is not var (purpose, moment)) return;
        if (await times.AnewAsync(run, at, purpose, moment, "run.dateMoved", _ => true, ct) is { } entry) await runs.AddAsync(run, [entry], ct);
    }
}
