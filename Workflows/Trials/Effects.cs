using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Engine;
using Crm.Workflows.People;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using MediatR;

namespace Crm.Workflows.Trials;

/// <summary>Lets a rehearsal know of every change of a record.</summary>
internal sealed class ChangesTold(Session session) : INotificationHandler<RecordChanged>
{
    public Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        session.Rehearsal?.Tell(notification);
        return Task.CompletedTask;
    }
}

/// <summary>Told to a rehearsal: what follows came of the choice of this index.</summary>
internal sealed record Chosen(int Index);

/// <summary>All that happened in a trial, in order: entries of the runs' histories with the changes that each step made, changes by people, acts on approvals.</summary>
internal sealed class Effects(
    Session session, TaskStore tasks, ApprovalStore approvals, RecordPresenter presenter, ICatalogueSource catalogue, IDirectory directory, Texts texts)
{
    /// <param name="runs">Ids of the runs and their histories as the API shows them.</param>
    public async Task<JsonArray> ListAsync(IReadOnlyList<(Guid Id, JsonArray History, int Entries)> runs, int from, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        var effects = new JsonArray();
        var made = new Dictionary<(Guid, At), JsonArray>();
        (Begun? begun, int? choice) = (null, null);
        foreach (var happening in session.Rehearsal!.Happened.Skip(from))
            switch (happening)
            {
                case Chosen chosen: (begun, choice) = (null, chosen.Index); break;
                case Begun step: begun = step; break;
                case RecordChanged { Change.Kind: ChangeKind.Updated } same when !same.Change.ChangedFields.Any(): break;
                case RecordChanged { Change.Actor.Cause: not null } changed when begun is not null:
                    if (!made.TryGetValue((begun.Run, begun.At), out var list)) made[(begun.Run, begun.At)] = list = [];
                    list.Add((JsonNode)await ShowAsync(changed, ct));
                    break;
                case RecordChanged changed:
                    Add(new() { ["run"] = 0, ["at"] = Showing.Node(changed.At), ["kind"] = "changed", ["actor"] = Showing.Person(view, changed.Change.Actor.UserId), ["changes"] = new JsonArray(await ShowAsync(changed, ct)) });
                    break;
                // Whom a step tells stands with the step.
                case Notified notice when begun is null:
                    Add(new()
                    {
                        ["run"] = 0,
                        ["at"] = Showing.Node(notice.At),
                        ["kind"] = "told",
                        ["people"] = new JsonArray([.. notice.Users.Select(u => (JsonNode?)Showing.Person(view, u))]),
                        ["title"] = Showing.Node(notice.Notice.Title),
                    });
                    break;
                case ActTold told when await ShowAsync(told, runs, view, ct) is { } act: Add(act); break;
                case Noted noted:
                    foreach (var entry in EntriesOf(noted, runs))
                    {
                        var at = new At(entry["step"]!.GetValue<string>(), entry["visit"]!.GetValue<int>());
                        if (entry["kind"]!.GetValue<string>() is "completed" or "failed" && made.Remove((noted.Run, at), out var changes)) entry["changes"] = changes;
                        Add(entry);
                    }
                    begun = null;
                    break;
            }
        return effects;

        void Add(JsonObject effect)
        {
            effect["choice"] = choice;
            effects.Add((JsonNode)effect);
        }
    }

    private static IEnumerable<JsonObject> EntriesOf(Noted noted, IReadOnlyList<(Guid Id, JsonArray History, int Entries)> runs)
    {
        var index = runs.ToList().FindIndex(r => r.Id == noted.Run);
        if (index < 0) yield break;
        var (_, history, entries) = runs[index];
        // Of a very long history only its newest entries are there.
        var missing = entries - history.Count;
        for (var seq = noted.From; seq < noted.From + noted.Count; seq++)
            if (seq - 1 - missing is >= 0 and var place && place < history.Count && history[place]!.DeepClone() is JsonObject entry)
            {
                entry["run"] = index;
                yield return entry;
            }
    }

    /// <summary>Acts on approvals; of tasks only what does not stand in the run's history: hand-overs and escalations.</summary>
    private async Task<JsonObject?> ShowAsync(ActTold told, IReadOnlyList<(Guid Id, JsonArray, int)> runs, DirectoryView view, CancellationToken ct)
    {
        var task = told.Done.Act is "complete" or "cancel" ? null : await tasks.FindAsync(told.Subject, ct);
        var approval = task is null ? await approvals.FindAsync(told.Subject, ct) : null;
        if ((task?.RunId ?? approval?.RunId) is not { } run || runs.ToList().FindIndex(r => r.Id == run) is not (>= 0 and var index)) return null;
        var at = At.Parse(task?.StepAt ?? approval!.StepAt);
        return new()
        {
            ["run"] = index,
            ["at"] = Showing.Node(told.At),
            ["step"] = at.Step,
            ["visit"] = at.Visit,
            ["kind"] = "act",
            ["act"] = told.Done.Act,
            ["actor"] = Showing.Person(view, told.Done.By),
            ["to"] = Showing.Person(view, told.Done.To),
            ["comment"] = told.Done.Comment,
            ["why"] = Showing.Node(told.Done.Why?.In(texts)),
        };
    }

    private async Task<JsonObject> ShowAsync(RecordChanged changed, CancellationToken ct)
    {
        var (change, type) = (changed.Change, changed.Change.Type);
        var fields = change.ChangedFields.Where(f => change.Before is not null || change.After[f.Key] is not null).ToList();
        var keys = fields.Select(f => f.Key).ToHashSet();
        var shown = await presenter.PresentAsync(type, change.Before is null ? [change.After] : [change.Before, change.After], keys, ct);
        return new()
        {
            ["kind"] = changed.EventKind,
            ["record"] = Showing.Record(type.Key, change.After.Id, change.After.Name),
            ["typeLabel"] = Showing.Node(catalogue.Current[type.Key].Label),
            ["fields"] = new JsonArray([.. fields.Select(f => (JsonNode)new JsonObject
            {
                ["field"] = f.Key,
                ["label"] = Showing.Node(f.Label),
                ["before"] = change.Before is null ? null : shown[0][f.Key]?.DeepClone(),
                ["after"] = shown[^1][f.Key]?.DeepClone(),
            })]),
        };
    }
}
