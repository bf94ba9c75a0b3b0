using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Finding;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Incidents;

namespace Crm.Workflows.People.Approvals;

/// <summary>Passes on what happened to an approval: history, notices, timers, locks, the waiting run.</summary>
internal sealed class ApprovalFollowUp(
    Session session, Acts acts, Bound bound, SeatTimers timers, PeopleSearch people, INotifier notifier, ILive live, Wakes wakes, IncidentStore incidents,
    ApprovalStore store, Moments moments, IDirectory directory, ICatalogueSource catalogue, Texts texts)
{
    /// <summary>Due times of the seats that have just opened.</summary>
    public async Task<IReadOnlyDictionary<int, DateTime>> DueAsync(TurnContext turn, ApprovalRow row, ApprovalStep step, Approval approval, IReadOnlyList<ApprovalEvent> events, CancellationToken ct)
    {
        var due = new Dictionary<int, DateTime>();
        foreach (var opened in events.OfType<ApprovalEvent.SeatOpened>())
            if (approval.Seat(opened.Seat) is { Status: SeatStatus.Open } && step.Stages.First(s => s.Key == opened.Stage).Due is { } moment)
            {
                var unit = (await directory.ReadAsync(ct)).Person(opened.Approver)?.UnitId;
                due[opened.Seat] = (await moments.AtAsync(turn, At.Parse(row.StepAt), turn.State.ItemsAt(At.Parse(row.StepAt)), moment, unit, ct)).Utc;
            }
        return due;
    }

    public async Task PassOnAsync(TurnContext turn, ApprovalRow row, ApprovalStep step, Approval? before, Approval approval, IReadOnlyList<ApprovalEvent> events, bool wake, CancellationToken ct)
    {
        var index = 0;
        var last = events.OfType<ApprovalEvent.Said>().LastOrDefault();
        foreach (var happening in events)
            switch (happening)
            {
                case ApprovalEvent.Said said:
                    await acts.AddAsync(row.Id, row.Version + 1, new(said.Act, said.By) { Seat = said.Seat, Comment = said.Text, To = said.To, Why = said.Why }, ct, index++);
                    break;
                case ApprovalEvent.SeatOpened opened when approval.Seat(opened.Seat) is { Status: SeatStatus.Open } seat:
                    await timers.SetAsync(row, step.Stages.First(s => s.Key == opened.Stage), seat, 0, ct);
                    await TellAsync(row, [seat.Approver], seat.Via is null ? "notice.approval" : "notice.approvalSubstitute", $"{seat.Id}/{row.Version}", ct);
                    Hint(row, [seat.Approver], "created");
                    break;
                case ApprovalEvent.SeatClosed closed:
                    await timers.ClearAsync(row.Id, closed.Seat, ct);
                    if (approval.Seat(closed.Seat) is not { } gone) break;
                    await notifier.SettleAsync(gone.Approver, About(row), ct);
                    Hint(row, [gone.Approver], "removed");
                    break;
                case ApprovalEvent.Tell tell:
                    await TellAsync(row, tell.Users, tell.What == "urge" ? "notice.approvalUrged" : "notice.approvalCopy", $"{tell.What}/{row.Version}", ct);
                    break;
                case ApprovalEvent.ReturnedToInitiator:
                    await bound.ReleaseAsync(row.Id, row.RecordId, ct);
                    await TellAsync(row, [row.InitiatorId], "notice.approvalBack", $"back/{row.Version}", ct, last);
                    Hint(row, [row.InitiatorId], "updated");
                    break;
                case ApprovalEvent.Resubmitted:
                    await notifier.SettleAsync(row.InitiatorId, About(row), ct);
                    await ResubmittedAsync(row, step, ct);
                    break;
                case ApprovalEvent.Ended ended:
                    await EndedAsync(turn, row, step, approval, ended.Status, wake, last, ct);
                    break;
            }
    }

    private async Task ResubmittedAsync(ApprovalRow row, ApprovalStep step, CancellationToken ct)
    {
        var record = await bound.FindAsync(new(row.RecordType, row.RecordId), ct) ?? throw Problem.NotFound(row.RecordType, row.RecordId);
        await store.SaveSnapshotAsync(row.Id, await bound.SnapshotAsync(record, step.Fields, ct), Stake.Of(record), Previous.Of(row), ct);
        await bound.LockAsync(row.Id, record, step.Fields, ct);
    }

    private async Task EndedAsync(TurnContext turn, ApprovalRow row, ApprovalStep step, Approval approval, ApprovalStatus status, bool wake, ApprovalEvent.Said? said, CancellationToken ct)
    {
        if (status == ApprovalStatus.Approved) await bound.WatchAsync(row.Id, row.RecordId, ct);
        else await bound.ReleaseAsync(row.Id, row.RecordId, ct);
        await incidents.CloseAsync(row.RunId, At.Parse(row.StepAt), null, "ended", ct);
        var last = approval.Stages.SelectMany(s => s.Seats).Where(s => s.DecidedAt is not null).MaxBy(s => s.DecidedAt);
        if (wake)
            await wakes.WakeAsync(row.RunId, new ApprovalEnded(At.Parse(row.StepAt), status.ToString().ToLowerInvariant(),
                new JsonObject { ["decidedBy"] = last?.Approver.ToString(), ["comment"] = last?.Comment }), last?.Approver, Lane.People, ct);
        var (code, once) = ("notice.approval." + status.ToString().ToLowerInvariant(), $"ended/{row.Version}");
        // who asked goes on with the record; the others only wanted to know
        await TellAsync(row, [row.InitiatorId], code, once, ct, said, catalogue.Current.Find(row.RecordType) is { HasApi: true } type ? $"/{type.Plural}/{row.RecordId}" : null);
        if (step.Copies is { } copies)
            await TellAsync(row, [.. (await people.FindAsync(copies, turn.Run, $"{turn.Run.SopKey}/{step.Id}/copies", ct)).Select(f => f.User).Distinct().Except([row.InitiatorId])], code, once, ct, said);
        Hint(row, [row.InitiatorId], "updated");
    }

    public async Task AwakeAsync(ApprovalRow row, Guid person, Guid once, CancellationToken ct)
    {
        await TellAsync(row, [person], "notice.awake", $"awake/{once:N}", ct);
        Hint(row, [person], "updated");
    }

    /// <param name="said">Who decided with a word says why; the notice brings it, so that nobody has to open the approval for it.</param>
    /// <param name="link">Where it leads, if not to the approval.</param>
    public async Task TellAsync(ApprovalRow row, IReadOnlyCollection<Guid> users, string code, string key, CancellationToken ct, ApprovalEvent.Said? said = null, string? link = null)
    {
        var name = said is { Text.Length: > 0, By: { } by } ? (await directory.ReadAsync(ct)).Person(by)?.Name : null;
        var body = name is null ? new Label(row.RecordName, row.RecordName) : new Label($"{name}：{said!.Text}", $"{name}: {said.Text}");
        await notifier.NotifyAsync(users, new("approval", new Message(code, Wording.Read(row.Title)!).In(texts), body, link ?? $"/approvals/{row.Id}", $"{About(row)}/{key}"), ct);
    }

    private static string About(ApprovalRow row) => $"approval/{row.Id:N}";

    private void Hint(ApprovalRow row, Guid[] users, string change) => session.AfterCommit(() => live.Tell(users, new("approval", row.RecordType, row.Id, change)));
}
