using System.Text.Json;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;
using Quartz;

namespace Crm.Workflows.Runtime.Sweeps;

/// <summary>A stretch of time that a sweep looks at; without an SOP, all of them.</summary>
/// <param name="Trigger">Index among the SOP's triggers.</param>
/// <param name="From">Left out: since ever.</param>
/// <param name="After">Cursor of the page before.</param>
internal sealed record Sweep(string? Sop = null, int Version = 0, int Trigger = 0, DateTime? From = null, DateTime To = default, string? After = null)
{
    public const string Kind = "workflows.sweep";
}

/// <summary>Starts SOPs that time starts: by schedule, on a date of a record, after a time without activity. Nothing is started twice, since each start
/// carries an event made of what it is about; nothing is missed, since each sweep goes on where the last one that stood had ended.</summary>
internal sealed class Sweeping(
    Session session, SopsNow sops, SopPlans plans, WorkQueue work, RunStarter starter, TriggerFilter filters, DueRecords due, IdleRecords idle,
    CurrentActor current, CrmOptions options, TimeProvider time) : IWorkHandler
{
    /// <summary>Records that are looked at in one piece of work.</summary>
    public const int PageSize = 200;
    private const string All = "all";

    public string Kind => Sweep.Kind;

    /// <summary>One round now; a round that waits already is enough.</summary>
    public Task EnqueueAsync(CancellationToken ct) => session.InTransactionAsync(() => work.EnqueueAsync(Sweep.Kind, All, new Sweep(), Lane.Normal, null, ct), ct);

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var sweep = JsonSerializer.Deserialize<Sweep>(item.Payload, Stored.Json)!;
        using var _ = current.As(Actor.System);
        if (sweep.Sop is null) await SpreadAsync(ct);
        else await PageAsync(sweep, ct);
    }

    /// <summary>One piece of work for each trigger that time may have reached.</summary>
    private async Task SpreadAsync(CancellationToken ct)
    {
        var now = time.UtcNow();
        var seen = await session.FirstAsync<Seen>("SELECT seen_until FROM workflows_sweep WHERE name = @name", new { name = All }, ct);
        var sql = seen is null ? "INSERT INTO workflows_sweep (name, seen_until) VALUES (@name, @now)" : "UPDATE workflows_sweep SET seen_until = @now WHERE name = @name";
        await session.ExecuteAsync(sql, new { name = All, now }, ct);
        if (seen is not { SeenUntil: var from } || from >= now) return;
        foreach (var sop in (await sops.ReadAsync(ct)).All)
            for (var i = 0; i < sop.Sop.Triggers.Count; i++)
            {
                var to = sop.Sop.Triggers[i].Kind switch
                {
                    TriggerKinds.Schedule => LastFire(sop.Sop.Triggers[i], from, now),
                    TriggerKinds.DateField or TriggerKinds.NoActivity => now,
                    _ => (DateTime?)null,
                };
                if (to is { } until) await EnqueueAsync(new(sop.Key, sop.Version, i, from, until), ct);
            }
    }

    /// <summary>A schedule that was missed several times is kept once: the last of them.</summary>
    private DateTime? LastFire(Trigger trigger, DateTime from, DateTime to)
    {
        var cron = new CronExpression(trigger.Inputs["cron"].GetString()!, options.Zone);
        DateTime? last = null;
        for (var next = cron.GetNextValidTimeAfter(new(from, TimeSpan.Zero)); next is { } at && at.UtcDateTime <= to; next = cron.GetNextValidTimeAfter(at)) last = at.UtcDateTime;
        return last;
    }

    private async Task PageAsync(Sweep sweep, CancellationToken ct)
    {
        var plan = await plans.GetAsync(session, sweep.Sop!, sweep.Version, ct);
        var (sop, trigger) = (new PublishedSop(sweep.Sop!, sweep.Version, plan), plan.Sop.Triggers[sweep.Trigger]);
        var (found, next) = await FindAsync(plan.Sop.Record, trigger, sweep, ct);
        foreach (var (record, what) in found)
            if (!record.Deleted && await filters.HoldsAsync(trigger, record, Actor.System, ct))
                await starter.StartAsync(new(sop, record, EventOf(sop.Key, trigger, record, what), trigger.Kind) { Lane = Lane.Bulk, Reentry = trigger.Reentry }, ct);
        if (next is not null) await EnqueueAsync(sweep with { After = next }, ct);
    }

    /// <summary>A page of the records that the trigger starts for in this stretch, if its filter holds; each with what makes it the same start.</summary>
    public Task<(IReadOnlyList<(Record Record, string What)> Found, string? Next)> FindAsync(string type, Trigger trigger, Sweep sweep, CancellationToken ct) => trigger.Kind switch
    {
        TriggerKinds.DateField => due.FindAsync(type, trigger, sweep, ct),
        TriggerKinds.NoActivity => idle.FindAsync(type, trigger, sweep, ct),
        _ => ScheduledAsync(type, trigger, sweep, ct),
    };

    public static Guid EventOf(string sop, Trigger trigger, Record record, string what) => RunStarter.EventOf(sop, $"{trigger.Kind}/{record.Id}/{what}");

    private async Task<(IReadOnlyList<(Record Record, string What)> Found, string? Next)> ScheduledAsync(string type, Trigger trigger, Sweep sweep, CancellationToken ct)
    {
        var page = await filters.PageAsync(trigger, type, sweep.After, PageSize, ct);
        return ([.. page.Items.Select(r => (r, Stored.Time(sweep.To)))], page.Next);
    }

    public Task EnqueueAsync(Sweep sweep, CancellationToken ct) => work.EnqueueAsync(Sweep.Kind, null, sweep, Lane.Bulk, null, ct);

    private sealed class Seen
    {
        public DateTime SeenUntil { get; init; }
    }
}
