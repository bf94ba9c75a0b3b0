using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Approvals;

/// <summary>Approvals as the API shows them. The snapshot is what was asked for, seen by everyone who sees the approval.</summary>
internal sealed class ApprovalView(ApprovalStore store, IDirectory directory, ApprovalKeeper keeper, Acts acts, CurrentActor current, Texts texts, TimeProvider time)
{
    public async Task<JsonObject> OneAsync(ApprovalRow row, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        var json = Show(row, row.Approval(), await keeper.StepAsync(row, ct), await keeper.SopNameAsync(row, ct), view, await SnoozedAsync([row], ct));
        json["changed"] = Changed(row);
        json["earlier"] = new JsonArray([.. (await store.OfRecordAsync(row.RecordId, 10, ct)).Where(a => a.Id != row.Id && a.CreatedAt <= row.CreatedAt).Select(Earlier)]);
        json["history"] = new JsonArray([.. (await acts.OfAsync(row.Id, ct)).Select(a => (JsonNode)new JsonObject
        {
            ["at"] = Showing.Node(a.At),
            ["actor"] = Showing.Person(view, a.ActorId),
            ["act"] = a.Act,
            ["seat"] = a.Seat,
            ["comment"] = a.Comment,
            ["to"] = Showing.Person(view, a.ToId),
            ["why"] = Showing.Node(Showing.Said(a.Why, texts)),
        })]);
        return json;
    }

    public async Task<IReadOnlyList<JsonObject>> ManyAsync(IReadOnlyList<ApprovalRow> rows, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        var all = new List<JsonObject>(rows.Count);
        var snoozed = await SnoozedAsync(rows, ct);
        foreach (var row in rows)
        {
            var json = Show(row, row.Approval(), await keeper.StepAsync(row, ct), await keeper.SopNameAsync(row, ct), view, snoozed);
            json["history"] = new JsonArray();
            all.Add(json);
        }
        return all;
    }

    private JsonObject Show(ApprovalRow row, Approval approval, ApprovalStep step, Label sop, DirectoryView view, IReadOnlyDictionary<Guid, DateTime> snoozed)
    {
        var locale = current.Value.Locale;
        var mine = approval.OpenSeats.FirstOrDefault(s => s.Approver == current.Value.UserId);
        return new()
        {
            ["id"] = row.Id.ToString(),
            ["title"] = Wording.Read(row.Title)!.In(locale),
            ["state"] = Showing.Name(approval.Status),
            ["record"] = Showing.Record(row.RecordType, row.RecordId, row.RecordName),
            ["snapshot"] = Snapshot(row.Snapshot, locale),
            ["initiator"] = Showing.Person(view, row.InitiatorId),
            ["why"] = Showing.Node((mine?.Why ?? approval.OpenSeats.FirstOrDefault()?.Why)?.In(texts)),
            ["value"] = row.Value,
            ["snoozedUntil"] = mine is not null && snoozed.TryGetValue(row.Id, out var until) ? Showing.Node(until) : null,
            ["createdAt"] = Showing.Node(row.CreatedAt),
            ["dueAt"] = Showing.Node(row.DueAt),
            ["endedAt"] = Showing.Node(row.EndedAt),
            ["sop"] = new JsonObject { ["key"] = row.SopKey, ["name"] = Showing.Node(sop), ["runId"] = row.RunId.ToString() },
            ["stages"] = new JsonArray([.. approval.Stages.Select(s => Stage(s, approval, step, view))]),
            ["afterReturn"] = Showing.Name(step.AfterReturn),
            ["mySeat"] = mine?.Id,
            ["can"] = Can(row, approval, step, mine),
        };
    }

    private JsonObject Stage(Stage stage, Approval approval, ApprovalStep step, DirectoryView view) => new()
    {
        ["key"] = stage.Key,
        ["label"] = Showing.Node(step.NameOf(stage.Key)),
        ["mode"] = Showing.Name(stage.Mode),
        ["state"] = stage.Status switch { StageStatus.Seating or StageStatus.Stuck => "open", var other => Showing.Name(other) },
        ["seats"] = new JsonArray([.. stage.Seats.Select(s => (JsonNode)new JsonObject
        {
            ["id"] = s.Id,
            ["approver"] = Showing.Person(view, s.Approver),
            ["via"] = Showing.Person(view, s.Via),
            ["state"] = Showing.Name(s.Status),
            ["decidedAt"] = Showing.Node(s.DecidedAt),
            ["comment"] = s.Comment,
            ["why"] = Showing.Node(s.Why?.In(texts)),
            ["round"] = s.Round,
            ["opinion"] = s.IsOpinion,
            ["mayRemove"] = s is { Added: true, IsPending: true } && current.Value.UserId is { } me && Allows(approval, step, new ApprovalDo.RemoveSigner(me, s.Id)),
        })]),
    };

    private JsonObject Can(ApprovalRow row, Approval approval, ApprovalStep step, Seat? mine)
    {
        var (open, asking) = (mine is not null, row.InitiatorId == current.Value.UserId);
        var acts = mine is null ? [] : ActsOf(step, mine).ToHashSet();
        return new()
        {
            ["approve"] = open,
            ["reject"] = open,
            ["return"] = acts.Contains(ApprovalAct.Return),
            ["transfer"] = acts.Contains(ApprovalAct.Transfer),
            ["delegate"] = acts.Contains(ApprovalAct.Delegate),
            ["addSigner"] = acts.Contains(ApprovalAct.AddSigner),
            ["withdraw"] = asking && !approval.Ended && !step.Forbidden.Contains(ApprovalAct.Withdraw),
            ["resubmit"] = asking && approval.Status == ApprovalStatus.WithInitiator,
            ["takeBack"] = current.Value.UserId is { } me && Allows(approval, step, new ApprovalDo.TakeBack(me, null)),
            ["urge"] = asking && approval.Status == ApprovalStatus.Open,
            ["copy"] = !approval.Ended,
            ["comment"] = !approval.Ended,
            ["snooze"] = open,
        };
    }

    /// <summary>What the holder of a seat may do beside approving and rejecting.</summary>
    public static IEnumerable<ApprovalAct> ActsOf(ApprovalStep step, Seat seat) =>
        new[] { ApprovalAct.Return, ApprovalAct.Transfer, ApprovalAct.Delegate, ApprovalAct.AddSigner }.Where(a => !step.Forbidden.Contains(a) && (a == ApprovalAct.Transfer || !seat.IsOpinion));

    /// <summary>The rules themselves say whether they would take it.</summary>
    public bool Allows(Approval approval, ApprovalStep step, ApprovalDo act) => ApprovalRules.Act(approval, ApprovalTerms.Of(step), act, time.UtcNow()).Refused is null;

    private Task<IReadOnlyDictionary<Guid, DateTime>> SnoozedAsync(IReadOnlyList<ApprovalRow> rows, CancellationToken ct) =>
        current.Value.UserId is { } me ? store.SnoozedAsync([.. rows.Select(r => r.Id)], me, time.UtcNow(), ct) : Task.FromResult<IReadOnlyDictionary<Guid, DateTime>>(new Dictionary<Guid, DateTime>());

    /// <summary>What is different from what was submitted the time before.</summary>
    private JsonObject? Changed(ApprovalRow row)
    {
        if (row.Previous is null || JsonNode.Parse(row.Previous) is not JsonObject previous) return null;
        var locale = current.Value.Locale;
        return new()
        {
            ["at"] = previous["at"]?.DeepClone(),
            ["state"] = previous["state"]?.DeepClone(),
            ["fields"] = Previous.Changes(Snapshot(previous["snapshot"]!.ToJsonString(), locale), Snapshot(row.Snapshot, locale)),
        };
    }

    private JsonNode Earlier(ApprovalRow row) => new JsonObject
    {
        ["id"] = row.Id.ToString(),
        ["title"] = Wording.Read(row.Title)!.In(current.Value.Locale),
        ["state"] = Showing.Name(row.Status),
        ["at"] = Showing.Node(row.EndedAt ?? row.CreatedAt),
    };

    /// <summary>Options in the reader's language.</summary>
    private static JsonArray Snapshot(string stored, string locale)
    {
        var snapshot = JsonNode.Parse(stored)!.AsArray();
        foreach (var part in snapshot.OfType<JsonObject>())
            if (part.Remove("valueEn", out var en) && en is not null && locale.StartsWith("en", StringComparison.Ordinal)) part["value"] = en.DeepClone();
        return snapshot;
    }
}
