using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Sops;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Trials.Replays;

/// <summary>Plays a replay on from where it stands, for about a second; each case in a rehearsal of its own, so that everybody else gets a turn in between.</summary>
internal sealed class Replaying(
    Session session, ReplayStore store, Drafts drafts, Candidates candidates, Rehearsals rehearsals, IRecordPast past, IRecords records, ICatalogueSource catalogue,
    SopPlans plans, RunStore runs, IActors actors, CurrentActor current, Texts texts, TimeProvider time)
{
    public const int MostCases = 20_000;
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    public async Task<Batch> NextAsync(ReplayRow row, CancellationToken ct)
    {
        using var draft = drafts.Lend(row.Definition);
        var (sop, began) = (draft.Sop, time.GetTimestamp());
        var carried = JsonSerializer.Deserialize<Carried>(row.Carried, Stored.Json)!;
        var filter = row.Filter is null ? null : FilterParser.Parse(JsonDocument.Parse(row.Filter).RootElement, catalogue.Current[sop.Sop.Record], catalogue.Current);
        var (cases, latest) = (new List<Played>(), new Dictionary<Guid, DateTime?>());
        var wentTo = row.WentTo;
        var reached = row.FromAt;
        while (wentTo is not null && time.GetElapsedTime(began) < AtOnce)
        {
            var stretch = await candidates.NextAsync(sop.Sop, wentTo, row.FromAt, row.ToAt, ct);
            var visible = await VisibleAsync(row, sop.Sop.Record, stretch, ct);
            wentTo = stretch.WentTo;
            reached = stretch.Reached;
            foreach (var (candidate, place) in stretch.Candidates.Where(c => visible.Contains(c.Candidate.Record)))
            {
                if (row.Cases + cases.Count >= MostCases) return new(cases, null, 1000, carried);
                if (await CaseAsync(row, sop, candidate, filter, carried, latest, row.Cases + cases.Count + 1, ct) is { } played) cases.Add(played);
                if (time.GetElapsedTime(began) < AtOnce) continue;
                (wentTo, reached) = (place, candidate.At);
                break;
            }
        }
        return new(cases, wentTo, wentTo is null ? 1000 : Progress(row, wentTo, reached), carried);
    }

    /// <summary>Only what whoever asked for it may see; what was deleted since is not there to be played.</summary>
    private async Task<IReadOnlySet<Guid>> VisibleAsync(ReplayRow row, string type, Stretch stretch, CancellationToken ct)
    {
        var asked = row.CreatedById is { } id ? await actors.ForUserAsync(id, ct) ?? new Actor() : Actor.System;
        using var _ = current.As(asked);
        return await records.VisibleAsync(type, [.. stretch.Candidates.Select(c => c.Candidate.Record).Distinct()], ct);
    }

    private async Task<Played?> CaseAsync(ReplayRow row, PublishedSop sop, Candidate candidate, Filter? filter, Carried carried, Dictionary<Guid, DateTime?> latest, int seq, CancellationToken ct)
    {
        if (await past.AsOfAsync(sop.Sop.Record, candidate.Record, candidate.Moment, ct) is not { } then) return null;
        var start = new Past(then, candidate.At, candidate.By, candidate.Source, candidate.Triggers, filter, candidate.Real);
        var outcome = await rehearsals.RunAsync(Actor.System, candidate.At,
            (services, _) => services.GetRequiredService<CasePlay>().RunAsync(sop, start, carried, trigger => MayStartAsync(row, sop.Key, trigger, candidate, latest, ct), ct), ct);
        if (outcome.Outside || !outcome.Started && candidate.Real is null) return null;
        if (outcome.Started) latest[candidate.Record] = outcome.EndedAt;
        var real = candidate.Real is { } run ? await CourseAsync(run, ct) : null;
        return Tell(outcome, candidate, then, real, OwnerThen(candidate, then), seq);
    }

    /// <summary>How often the SOP may run for one record, seen with the cases played so far and what ran before the period.</summary>
    private async Task<bool> MayStartAsync(ReplayRow row, string key, Trigger trigger, Candidate candidate, Dictionary<Guid, DateTime?> latest, CancellationToken ct)
    {
        if (trigger.Reentry == Reentry.EveryTime) return true;
        DateTime? ended = null;
        var known = latest.TryGetValue(candidate.Record, out ended);
        if (!known && await store.LastOfAsync(row.Id, candidate.Record, ct) is { } last) (known, ended) = (true, last.EndedAt);
        if (known) return trigger.Reentry == Reentry.OnceAtATime && ended <= candidate.At;
        if (trigger.Reentry == Reentry.OnceAtATime) return true;
        return await session.FirstAsync<int?>($"SELECT 1 FROM workflows_run WHERE record_id = @record AND sop_key = @key AND id < @from ORDER BY id {session.Dialect.Limit("@one")}",
            new { record = candidate.Record, key, from = Stored.LastId(row.FromAt.AddMilliseconds(-1)), one = 1 }, ct) is null;
    }

    private async Task<Course> CourseAsync(Run run, CancellationToken ct)
    {
        var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
        return Course.Of(plan, (await runs.HistoryAsync(run.Id, Engine.Engine.MaxVisits, ct)).Select(h => (h.Step, h.Visit, (NoteKind)h.Kind, h.Outcome)));
    }

    /// <summary>Whom the real run gave it to; without one, who has it in the end.</summary>
    private static Guid? OwnerThen(Candidate candidate, PastRecord then)
    {
        var changes = then.Later.Where(l => l.Fields.ContainsKey("owner")).ToList();
        var by = candidate.Real is { } run ? changes.LastOrDefault(c => c.Cause?.RunId == run.Id) : null;
        return (by ?? (candidate.Real is null ? changes.LastOrDefault() : null))?.Fields["owner"].After as Guid? ?? then.Record.Owner;
    }

    private Played Tell(Outcome outcome, Candidate candidate, PastRecord then, Course? real, Guid? ownerThen, int seq)
    {
        var figures = new List<string> { Figure.All };
        var ownerNow = outcome.Given ?? then.Record.Owner;
        if (!outcome.Started) figures.Add(Figure.NotStarted);
        else
        {
            if (candidate.Real is null) figures.Add(Figure.NewlyStarted);
            if (ownerNow != ownerThen) figures.Add(Figure.Owner);
            if (real is not null && candidate.Real!.Ended && !(real.Steps.Keys.ToHashSet().SetEquals(outcome.Course!.Steps.Keys) && real.Ways.SetEquals(outcome.Course.Ways))) figures.Add(Figure.Way);
            if (outcome.Incidents.Any(i => i.Kind == IncidentKind.Approval)) figures.Add(Figure.NoApprover);
            if (outcome.Incidents.Any(i => i.Code is "run.nobody" or "run.nobodyToTell" or "leads.assign.nobody")) figures.Add(Figure.Nobody);
            figures.Add(outcome.Status switch
            {
                Standing.Done => Figure.Completed,
                Standing.Cancelled => Figure.Cancelled,
                Standing.Incident when outcome.Endless is null => Figure.Failed,
                _ when outcome.Endless is null && figures.Contains(Figure.NoApprover) => Figure.NoApprover,
                _ => Figure.NeverEnds,
            });
            figures.AddRange(outcome.Course!.Steps.Keys.Select(Figure.Step));
            figures.AddRange(outcome.Course.Ways.Select(Figure.Into));
        }
        if (!then.Complete) figures.Add(Figure.PresentValues);
        var said = outcome.Endless is { } endless ? new Message(endless.Code, [.. endless.Args]).In(texts) : null;
        return new(new()
        {
            Seq = seq,
            RecordId = then.Record.Id,
            RecordName = then.Record.Name is { Length: > 300 } name ? name[..300] : then.Record.Name,
            At = candidate.At,
            EndedAt = outcome.EndedAt,
            Status = outcome.Started ? outcome.Status : null,
            RunId = candidate.Real?.Id,
            OwnerThenId = ownerThen,
            OwnerNowId = outcome.Started ? ownerNow : null,
            Detail = new JsonObject
            {
                ["figures"] = new JsonArray([.. figures.Where(f => !f.Contains('/')).Select(f => (JsonNode)f)]),
                ["waysThen"] = real is null ? null : new JsonArray([.. real.Ways.Select(w => (JsonNode)w)]),
                ["waysNow"] = outcome.Course is null ? null : new JsonArray([.. outcome.Course.Ways.Select(w => (JsonNode)w)]),
                ["stepsThen"] = real is null ? null : new JsonArray([.. real.Steps.Keys.Select(s => (JsonNode)s)]),
                ["stepsNow"] = outcome.Course is null ? null : new JsonArray([.. outcome.Course.Steps.Keys.Select(s => (JsonNode)s)]),
                ["message"] = said is not null ? Showing.Node(said) : outcome.Incidents is [var first, ..] ? JsonNode.Parse(first.Message) : null,
            }.ToJsonString(ContractJson.Options),
        }, [.. figures.Distinct()]);
    }

    private static int Progress(ReplayRow row, string wentTo, DateTime reached)
    {
        var share = (reached - row.FromAt) / (row.ToAt - row.FromAt);
        // The runs that something else started are the last tenth.
        return (int)Math.Clamp(wentTo[0] == 'c' ? share * 900 : 900 + share * 100, 0, 999);
    }
}
