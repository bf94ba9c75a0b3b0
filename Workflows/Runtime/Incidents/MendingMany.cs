using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Runtime.Incidents;

/// <summary>Mend many at once: those named, runs named, or all of one cause.</summary>
/// <param name="Owner">Who looks after them from now on, when they are given to somebody.</param>
internal sealed record MendMany(
    IReadOnlyList<Guid>? Incidents, IReadOnlyList<Guid>? Runs, string? Sop, string? Step, string? Code, JsonObject? Inputs, string? Outcome, string? Reason, Guid? Owner);

/// <summary>Acts on many incidents, each by itself: one that cannot be mended does not keep the others, and its reason is told.</summary>
internal sealed class MendingMany(Session session, RunStore runs, RunSight seen, Sight sight, IServiceScopeFactory scopes, IActors actors, CurrentActor current, Texts texts)
{
    private const int MostAtOnce = 500;

    /// <param name="how">retry, skip, cancel or give.</param>
    public async Task<JsonObject> MendAsync(MendMany body, string how, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageRuns);
        var targets = await SeenAsync(await TargetsAsync(body, ct), ct);
        if (how == "give") await OwnableAsync(body.Owner, ct);
        var (done, items) = (0, new JsonArray());
        foreach (var target in targets)
        {
            var refused = await TryAsync(target, body, how, ct);
            if (refused is null) done++;
            items.Add(new JsonObject
            {
                ["run"] = target.RunId.ToString(),
                ["incident"] = target.Id?.ToString(),
                ["record"] = target.RecordName,
                ["ok"] = refused is null,
                ["code"] = refused?.Code,
                ["message"] = refused is null ? null : Said(refused),
            });
        }
        return new() { ["done"] = done, ["failed"] = targets.Count - done, ["items"] = items };
    }

    private async Task<Problem?> TryAsync(Target target, MendMany body, string how, CancellationToken ct)
    {
        var mend = new MendBody(body.Step, body.Inputs, body.Outcome, body.Reason) { Incident = target.Id };
        try
        {
            await scopes.ApartAsync(current.Value, services => (services.GetRequiredService<RunActs>(), how) switch
            {
                (var acts, "retry") => acts.RetryAsync(target.RunId, mend, ct),
                (var acts, "skip") => acts.SkipAsync(target.RunId, mend, ct),
                (var acts, "give") => acts.GiveAsync(target.RunId, mend, body.Owner!.Value, ct),
                (var acts, _) => acts.CancelAsync(target.RunId, mend, ct),
            });
            return null;
        }
        catch (Problem refused)
        {
            return refused;
        }
    }

    private async Task<IReadOnlyList<Target>> TargetsAsync(MendMany body, CancellationToken ct)
    {
        if ((body.Incidents ?? body.Runs)?.Count > MostAtOnce) throw Problem.Invalid(body.Incidents is null ? "runs" : "incidents", "run.tooMany", MostAtOnce);
        var args = new { ids = (body.Incidents ?? body.Runs ?? []).Distinct(), sop = body.Sop, step = body.Step, code = body.Code, most = MostAtOnce };
        if (body is { Incidents: null, Runs: not null })
            return await session.QueryAsync<Target>("SELECT NULL AS id, id AS run_id, record_name FROM workflows_run WHERE id IN @ids ORDER BY run_id", args, ct);
        if (body is { Incidents: null, Sop: null }) throw Problem.Invalid("sop", "field.required");
        var where = body.Incidents is not null ? "i.id IN @ids" : $"i.sop_key = @sop{(body.Step is null ? "" : " AND i.step = @step")}{(body.Code is null ? "" : " AND i.code = @code")}";
        return await session.QueryAsync<Target>($"""
            SELECT i.id, i.run_id, r.record_name FROM workflows_incident i JOIN workflows_run r ON r.id = i.run_id
            WHERE i.closed_at IS NULL AND {where} ORDER BY i.id {session.Dialect.Limit("@most")}
            """, args, ct);
    }

    /// <summary>What is out of sight is left alone, as if there were none.</summary>
    private async Task<IReadOnlyList<Target>> SeenAsync(IReadOnlyList<Target> targets, CancellationToken ct)
    {
        var of = await runs.ManyAsync([.. targets.Select(t => t.RunId).Distinct()], ct);
        var about = await seen.AboutAsync(of, ct);
        var shown = await sight.SeenAsync(about, ct);
        var ids = of.Zip(about).Where(r => shown(r.Second)).Select(r => r.First.Id).ToHashSet();
        return [.. targets.Where(t => ids.Contains(t.RunId))];
    }

    /// <summary>Who cannot mend cannot look after it.</summary>
    private async Task OwnableAsync(Guid? owner, CancellationToken ct)
    {
        if (owner is not { } person) throw Problem.Invalid("owner", "field.required");
        if (await actors.ForUserAsync(person, ct) is not { } actor) throw Problem.Invalid("owner", "field.reference");
        if (!actor.Can(WorkflowPermissions.ManageRuns)) throw Problem.Invalid("owner", "run.cannotMend");
    }

    private string Said(Problem refused) => refused.Errors.Count > 0
        ? string.Join(" ", refused.Errors.Select(e => Say(e.Code, e.Args)))
        : Say(refused.Code, refused.Args);

    private string Say(string code, IReadOnlyList<object?> args) => new Message(code, args).In(texts).In(current.Value.Locale);

    private sealed class Target
    {
        public Guid? Id { get; init; }
        public Guid RunId { get; init; }
        public string RecordName { get; init; } = "";
    }
}
