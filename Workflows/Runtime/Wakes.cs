using System.Text.Json;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Quotas;

namespace Crm.Workflows.Runtime;

/// <summary>Puts turns into the work queue: at once, or as timers.</summary>
internal sealed class Wakes(WorkQueue work)
{
    public Task StartAsync(Run run, CancellationToken ct) => EnqueueAsync(new(run.Id), null, run.Lane, null, ct);

    /// <summary>A quota puts the start off.</summary>
    public Task HoldAsync(Run run, DateTime untilUtc, CancellationToken ct) => EnqueueAsync(new(run.Id) { Held = true }, StartKey(run.Id), run.Lane, untilUtc, ct);

    public Task CancelStartAsync(Guid run, CancellationToken ct) => work.CancelAsync(Wake.Kind, StartKey(run), ct);

    public static string StartKey(Guid run) => $"{run:N}/start";

    /// <summary>Something the run waits for has come.</summary>
    public Task WakeAsync(Guid run, Stimulus stimulus, Guid? by, Lane lane, CancellationToken ct) => EnqueueAsync(new(run, stimulus, by), null, lane, null, ct);

    public Task TimerAsync(Run run, At at, TimerFor purpose, DateTime dueUtc, CancellationToken ct) =>
        EnqueueAsync(new(run.Id, new TimerFired(at, purpose)), Key(run.Id, at, purpose), Timed(run.Lane), dueUtc, ct);

    /// <summary>The step that waits for it has another name now; its time stays.</summary>
    public Task RenameTimerAsync(Guid run, At before, At now, TimerFor purpose, CancellationToken ct) =>
        work.RenameAsync(Wake.Kind, Key(run, before, purpose), Key(run, now, purpose), JsonSerializer.Serialize(new Wake(run, new TimerFired(now, purpose)), ContractJson.Options), ct);

    public Task CancelTimerAsync(Guid run, At at, TimerFor purpose, CancellationToken ct) => work.CancelAsync(Wake.Kind, Key(run, at, purpose), ct);

    // A timer is nobody's waiting click: after an outage those who work now go first.
    private static Lane Timed(Lane lane) => lane == Lane.People ? Lane.Normal : lane;

    public static string Key(Guid run, At at, TimerFor purpose) => $"{run:N}/{at}/{purpose}";

    private Task EnqueueAsync(Wake wake, string? key, Lane lane, DateTime? due, CancellationToken ct) =>
        work.EnqueueAsync(Wake.Kind, key, JsonSerializer.Serialize(wake, ContractJson.Options), lane, due, ct);
}

/// <summary>Does turns that the queue hands out.</summary>
internal sealed class TurnHandler(Turns turns, Admission admission, WorkQueue work) : IWorkHandler
{
    public string Kind => Wake.Kind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var wake = JsonSerializer.Deserialize<Wake>(item.Payload, ContractJson.Options)!;
        if (wake.Stimulus is not null || await admission.PassesAsync(wake, ct)) await turns.TakeAsync(wake, ct);
    }

    /// <summary>The incident keeps what is to be tried again.</summary>
    public async Task GaveUpAsync(WorkItem item, Exception why, CancellationToken ct)
    {
        await turns.GaveUpAsync(JsonSerializer.Deserialize<Wake>(item.Payload, ContractJson.Options)!, why, ct);
        await work.DropAsync(item, ct);
    }
}
