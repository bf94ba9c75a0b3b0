using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Outside;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.Trials.Replays;

/// <summary>What may have started the SOP: a record as it was, who changed it, and which triggers that concerns.</summary>
internal sealed record Past(PastRecord Then, DateTime At, Guid? By, Source Source, IReadOnlyList<Trigger> Triggers, Filter? Filter, Run? Real);

/// <summary>What came of a case in the rehearsal.</summary>
/// <param name="Started">False where no trigger's filter holds, or the period's filter leaves the record out (then <paramref name="Outside"/>).</param>
internal sealed record Outcome(bool Started, bool Outside = false)
{
    public Standing Status { get; init; }
    public DateTime? EndedAt { get; init; }
    public Guid? Given { get; init; }
    public Course? Course { get; init; }
    public IReadOnlyList<(IncidentKind Kind, string Code, string Message)> Incidents { get; init; } = [];
    public Problem? Endless { get; init; }
    public Reentry Reentry { get; init; }
}

/// <summary>Plays one case inside a rehearsal: the record is put back, people act as they did, later changes by people arrive when they came.</summary>
internal sealed class CasePlay(
    Session session, Play play, StandIn people, ReplayedLoad load, RunStore runs, SopPlans plans, TriggerFilter filters, Subscriptions subscriptions, Reading reading,
    IRecordPast past, IRecords records, IActors actors)
{
    private const int MostMoves = 500;
    /// <summary>Who waits longer than this waits for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(5 * 366);

    public async Task<Outcome> RunAsync(PublishedSop sop, Past start, Carried carried, Func<Trigger, Task<bool>> mayStart, CancellationToken ct)
    {
        var (record, actor) = (start.Then.Record, start.By is { } by ? await actors.ForUserAsync(by, ct) ?? Actor.System : Actor.System with { Source = start.Source });
        await PutBackAsync(record, carried, ct);
        if (start.Filter is { } only && !await HoldsAsync(only, record, ct)) return new(false, Outside: true);
        Trigger? trigger = null;
        foreach (var one in start.Triggers)
            if (trigger is null && await filters.HoldsAsync(one, record, actor, ct) && await mayStart(one)) trigger = one;
        if (trigger is null) return new(false);

        var stage = session.Rehearsal!;
        var from = stage.Happened.Count;
        Problem? endless = null;
        try
        {
            await play.StartAsync(sop, record, trigger.Kind, start.By, [], ct);
            await MoveAsync(start, stage.Now + Longest, ct);
        }
        catch (Problem problem) when (problem.Code == "trial.endless")
        {
            endless = problem;
        }
        return await ReadAsync(record, from, trigger, endless, carried, ct);
    }

    /// <summary>Locks of approvals that run now did not run then.</summary>
    private async Task PutBackAsync(Record record, Carried carried, CancellationToken ct)
    {
        await past.PutAsync(record, ct);
        await session.ExecuteAsync("DELETE FROM workflows_lock WHERE record_id = @id", new { id = record.Id }, ct);
        load.Given = carried.Given;
        foreach (var (name, user) in carried.Turns)
            if (await session.ExecuteAsync("UPDATE workflows_rotation SET user_id = @user WHERE name = @name", new { name, user }, ct) == 0)
                await session.ExecuteAsync("INSERT INTO workflows_rotation (name, user_id) VALUES (@name, @user)", new { name, user }, ct);
    }

    private async Task<bool> HoldsAsync(Filter filter, Record record, CancellationToken ct) =>
        MemoryFilter.Matches(filter, (await records.ReadPathsAsync(record, MemoryFilter.Paths(filter), ct)).GetValueOrDefault, await reading.ContextAsync(null, session.Rehearsal!.Now, ct));

    /// <summary>Whatever comes first happens next: somebody acts, the record changes, a timer rings. Nothing left means that the run waits for ever.</summary>
    private async Task MoveAsync(Past start, DateTime end, CancellationToken ct)
    {
        var changes = new Queue<PastChange>(start.Then.Later.Where(c => c.Cause is null && c.Source is not (Source.Sop or Source.System) && c.Kind is not ("created" or "deleted" or "restored")));
        for (var moves = 0; moves < MostMoves && (await runs.FindAsync(play.Runs[0], ct))!.Ended == false; moves++)
        {
            foreach (var open in await play.UnansweredAsync(ct)) await play.AnswerAsync(open.Run, open.At, new OutsideResult { Done = new() }, ct);
            var (asked, timer) = (await people.NextAsync(start.Real?.Id, ct), await play.NextAsync(ct));
            var change = changes.Count > 0 ? changes.Peek() : null;
            var next = new[] { asked?.When, change?.At, timer?.Due }.Min();
            if (next is null || next > end) return;
            if (asked?.When == next)
            {
                await play.GoAsync(next.Value, ct);
                await asked!.Act();
            }
            else if (change?.At == next) await ChangeAsync(start.Then.Record, changes.Dequeue(), ct);
            else await play.GoAsync(next.Value, ct);
        }
    }

    private async Task ChangeAsync(Record of, PastChange change, CancellationToken ct)
    {
        await play.GoAsync(change.At, ct);
        if (await records.FindAsync(of.Type.Key, of.Id, ct) is not { } before) return;
        var after = before.Copy();
        foreach (var (field, (_, value)) in change.Fields) after[field] = value;
        await past.PutAsync(after, ct);
        var actor = change.ActorId is { } id ? await actors.ForUserAsync(id, ct) ?? Actor.System : Actor.System;
        await subscriptions.ArriveAsync(new RecordChange(ChangeKind.Updated, before, after, actor, WriteOptions.None), ct);
        await play.GoAsync(change.At, ct);
    }

    private async Task<Outcome> ReadAsync(Record record, int from, Trigger trigger, Problem? endless, Carried carried, CancellationToken ct)
    {
        var run = (await runs.FindAsync(play.Runs[0], ct))!;
        var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
        var history = await runs.HistoryAsync(run.Id, Engine.Engine.MaxVisits, ct);
        var given = session.Rehearsal!.Happened.Skip(from).OfType<RecordChanged>()
            .Where(c => c.Change.Actor.Cause is not null && c.Change.After.Id == record.Id && c.Change.Changed("owner")).Select(c => c.Change.After.Owner).LastOrDefault();
        foreach (var turn in await session.QueryAsync<Turn>("SELECT name, user_id FROM workflows_rotation WHERE name LIKE @mine", new { mine = $"{run.SopKey}/%" }, ct)) carried.Turns[turn.Name] = turn.UserId;
        if (given is { } who) carried.Given[who] = carried.Given.GetValueOrDefault(who) + 1;
        var incidents = await session.QueryAsync<Found>("SELECT kind, code, message FROM workflows_incident WHERE run_id IN @runs ORDER BY id", new { runs = play.Runs.AsEnumerable() }, ct);
        return new(true)
        {
            Status = run.Status,
            EndedAt = run.EndedAt,
            Given = given,
            Course = Course.Of(plan, history.Select(h => (h.Step, h.Visit, (NoteKind)h.Kind, h.Outcome))),
            Incidents = [.. incidents.Select(i => ((IncidentKind)i.Kind, i.Code, i.Message))],
            Endless = endless,
            Reentry = trigger.Reentry,
        };
    }

    private sealed class Turn
    {
        public string Name { get; init; } = "";
        public Guid UserId { get; init; }
    }

    private sealed class Found
    {
        public int Kind { get; init; }
        public string Code { get; init; } = "";
        public string Message { get; init; } = "";
    }
}
