using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Trials;

/// <summary>What is tried, on what, and what was chosen so far. The server keeps nothing of a trial: the client sends all of it each time.</summary>
/// <param name="Version">A number, or <c>draft</c>; the draft where there is one, else the published version, where left out.</param>
/// <param name="Definition">A draft that is not saved.</param>
/// <param name="RecordId">A record; none where one is made up of <paramref name="Values"/>.</param>
/// <param name="Values">With a record: as if it had been saved with these values before.</param>
/// <param name="Start">When it begins; now where left out.</param>
/// <param name="Initiator">Whose change or button starts it; whoever tries where left out.</param>
/// <param name="People">Whom the initiator picks.</param>
internal sealed record TrialBody(
    string? Version, JsonElement? Definition, Guid? RecordId, JsonObject? Values, DateTime? Start, Guid? Initiator, IReadOnlyList<Guid>? People, string? Trigger, IReadOnlyList<Choice>? Choices);

/// <summary>Tries an SOP on a record: everything happens as it would in earnest, and none of it stands.</summary>
internal sealed class Trial(Drafts drafts, Rehearsals rehearsals, CurrentActor current, TimeProvider time)
{
    private const int MostChoices = 200, FirstYear = 2000, LastYear = 2100;
    // Others wait for the database meanwhile.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public async Task<JsonObject> RunAsync(string key, TrialBody body, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        if (body.RecordId is null && body.Values is null) throw Problem.Invalid("recordId", "trial.recordOrValues");
        if (body.Choices is { Count: > MostChoices }) throw Problem.Invalid("choices", "trial.tooManyChoices", MostChoices);
        RequireNear("start", body.Start);
        for (var i = 0; i < body.Choices?.Count; i++) RequireNear($"choices[{i}].when", (body.Choices[i] ?? throw Problem.Invalid($"choices[{i}]", "field.required")).When);
        using var draft = await drafts.OpenAsync(key, body.Version, body.Definition, ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        try
        {
            var start = body.Start is { } wanted ? Stored.Whole(wanted.ToUniversalTime()) : time.UtcNow();
            return await rehearsals.RunAsync(current.Value, start, (services, rehearsal) => PlayAsync(services, rehearsal, draft.Sop, body, limit.Token), ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Problem.Conflict("trial.tooLong", Longest.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Calendars and clocks reach no further, and nobody tries what happens there.</summary>
    private static void RequireNear(string field, DateTime? time)
    {
        if (time?.Year is < FirstYear or > LastYear) throw Problem.Invalid(field, "trial.farTime", FirstYear.ToString(CultureInfo.InvariantCulture), LastYear.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<JsonObject> PlayAsync(IServiceProvider services, Rehearsal rehearsal, PublishedSop sop, TrialBody body, CancellationToken ct)
    {
        var actor = services.GetRequiredService<CurrentActor>().Value;
        var record = await RecordAsync(services, sop.Sop.Record, body, ct);
        var fits = await FitsAsync(services.GetRequiredService<TriggerFilter>(), sop.Sop, record, actor, ct);
        var from = rehearsal.Happened.Count;
        var (play, choosing) = (services.GetRequiredService<Play>(), services.GetRequiredService<Choosing>());
        await play.StartAsync(sop, record, body.Trigger ?? (sop.Sop.Triggers is [var first, ..] ? first.Kind : TriggerKinds.Button), body.Initiator ?? actor.UserId, body.People ?? [], ct);
        foreach (var (choice, index) in (body.Choices ?? []).Select((c, i) => (c, i)))
        {
            rehearsal.Tell(new Chosen(index));
            try
            {
                await choosing.MakeAsync(choice, ct);
            }
            catch (Problem problem)
            {
                problem.More["choice"] = index;
                throw;
            }
        }
        var trial = await services.GetRequiredService<TrialView>().ShowAsync(from, ct);
        trial["version"] = sop.Version > 0 ? sop.Version : null;
        trial["record"]!["madeUp"] = body.RecordId is null;
        trial["triggers"] = fits;
        return trial;
    }

    /// <summary>Made up or supposed to be different, a record goes through the one door, as if the initiator had saved it so just before.</summary>
    private static async Task<Record> RecordAsync(IServiceProvider services, string type, TrialBody body, CancellationToken ct)
    {
        var (records, current) = (services.GetRequiredService<IRecords>(), services.GetRequiredService<CurrentActor>());
        var record = body.RecordId is { } id ? await records.GetAsync(type, id, ct) : null;
        if (record is not null && body.Values is not { Count: > 0 }) return record;
        var values = body.Values!.ToDictionary(v => v.Key, v => (object?)JsonSerializer.SerializeToElement(v.Value));
        using var _ = current.As(body.Initiator is { } initiator ? await services.GetRequiredService<IActors>().ForUserAsync(initiator, ct) ?? throw Problem.Invalid("initiator", "field.reference") : current.Value);
        return record is null ? await records.CreateAsync(type, values, WriteOptions.AsFeature(), ct) : await records.UpdateAsync(type, record.Id, values, WriteOptions.AsFeature(), ct);
    }

    /// <summary>Whether this record is one that each trigger would start for.</summary>
    private static async Task<JsonArray> FitsAsync(TriggerFilter filters, Sop sop, Record record, Actor actor, CancellationToken ct)
    {
        var fits = new JsonArray();
        foreach (var trigger in sop.Triggers) fits.Add((JsonNode)new JsonObject { ["kind"] = trigger.Kind, ["fits"] = await filters.HoldsAsync(trigger, record, actor, ct) });
        return fits;
    }
}
