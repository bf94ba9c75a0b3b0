using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Sops;
using Result = Crm.Workflows.People.Acted<Crm.Workflows.People.Approvals.Approval, Crm.Workflows.People.Approvals.ApprovalEvent>;

namespace Crm.Workflows.People.Approvals;

/// <summary>Every act on an approval, by people and by time: the rules decide, this answers what they want to know, keeps the result and passes it on.</summary>
internal sealed class ApprovalKeeper(Session session, ApprovalStore store, Seating seating, ApprovalFollowUp follow, RunStore runs, SopPlans plans, TimeProvider time)
{
    /// <exception cref="Problem">409: the rules refuse it, or someone was quicker.</exception>
    public Task<ApprovalRow> ActAsync(Guid id, ApprovalDo act, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var row = await store.LockAsync(id, ct) ?? throw Problem.NotFound("approval", id);
        var (turn, step) = await ContextAsync(row, ct);
        var acted = ApprovalRules.Act(row.Approval(), ApprovalTerms.Of(step), act, time.UtcNow());
        if (acted.Refused is { } refused) throw Refusal(refused);
        await KeepAsync(turn, row, step, row.Approval(), acted, wake: true, ct);
        return (await store.FindAsync(id, ct))!;
    }, ct);

    /// <summary>In the turn that opens it.</summary>
    public Task BegunAsync(TurnContext turn, ApprovalRow row, ApprovalStep step, Result begun, CancellationToken ct) => KeepAsync(turn, row, step, null, begun, wake: true, ct);

    /// <summary>The run gives it up: nobody is to wake it for that.</summary>
    public async Task GiveUpAsync(Guid id, CancellationToken ct)
    {
        var row = (await store.LockAsync(id, ct))!;
        var (turn, step) = await ContextAsync(row, ct);
        var acted = ApprovalRules.Act(row.Approval(), ApprovalTerms.Of(step), new ApprovalDo.Void(new("approval.runEnded")), time.UtcNow());
        if (acted.Refused is null) await KeepAsync(turn, row, step, row.Approval(), acted, wake: false, ct);
    }

    /// <summary>An approved field changed, or the record went away.</summary>
    public async Task VoidAsync(Guid id, Message why, Guid? by, CancellationToken ct)
    {
        if (await store.LockAsync(id, ct) is not { } row) return;
        var (turn, step) = await ContextAsync(row, ct);
        var approval = row.Approval();
        if (!approval.Ended)
        {
            await KeepAsync(turn, row, step, approval, ApprovalRules.Act(approval, ApprovalTerms.Of(step), new ApprovalDo.Void(why), time.UtcNow()), wake: true, ct);
            return;
        }
        var voided = approval with { Status = ApprovalStatus.Voided };
        await KeepAsync(turn, row, step, approval, new(voided, [new ApprovalEvent.Said("void", by, null, null, null, why), new ApprovalEvent.Ended(ApprovalStatus.Voided)]), wake: false, ct);
    }

    /// <summary>A person has mended why no approver was found: look again.</summary>
    public async Task SeatAgainAsync(Guid id, CancellationToken ct)
    {
        var row = (await store.LockAsync(id, ct))!;
        var approval = row.Approval();
        if (approval.Ended || approval.Now.Status is not (StageStatus.Stuck or StageStatus.Seating)) return;
        var (turn, step) = await ContextAsync(row, ct);
        await KeepAsync(turn, row, step, approval, new(approval, [new ApprovalEvent.SeatsWanted(approval.Now.Key)]), wake: true, ct);
    }

    public async Task<ApprovalStep> StepAsync(ApprovalRow row, CancellationToken ct) =>
        (ApprovalStep)(await plans.GetAsync(session, row.SopKey, row.SopVersion, ct))[At.Parse(row.StepAt).Step];

    public async Task<Label> SopNameAsync(ApprovalRow row, CancellationToken ct) => (await plans.GetAsync(session, row.SopKey, row.SopVersion, ct)).Sop.Name;

    private async Task<(TurnContext Turn, ApprovalStep Step)> ContextAsync(ApprovalRow row, CancellationToken ct)
    {
        var run = await runs.FindAsync(row.RunId, ct) ?? throw Problem.NotFound("run", row.RunId);
        var plan = await plans.GetAsync(session, row.SopKey, row.SopVersion, ct);
        var state = run.State is null ? RunState.New() : RunState.Read(run.State);
        return (new(run, plan, state, time.UtcNow(), null), (ApprovalStep)plan[At.Parse(row.StepAt).Step]);
    }

    private async Task KeepAsync(TurnContext turn, ApprovalRow row, ApprovalStep step, Approval? before, Result acted, bool wake, CancellationToken ct)
    {
        var (approval, events) = await seating.AnswerAsync(turn, row, step, acted, ct);
        var due = await follow.DueAsync(turn, row, step, approval, events, ct);
        var why = approval.OpenSeats.FirstOrDefault()?.Why;
        var dueAt = due.Count > 0 ? due.Values.Min() : approval.Ended ? row.DueAt : row.DueAt;
        if (!await store.SaveAsync(row, approval, why is null ? row.Why : System.Text.Json.JsonSerializer.Serialize(why, ContractJson.Options), dueAt, turn.Now, ct)) throw Problem.Conflict("approval.closed");
        await store.SaveSeatsAsync(row.Id, before, approval, due, ct);
        await follow.PassOnAsync(turn, row, step, before, approval, events, wake, ct);
    }

    private static Problem Refusal(Message refused) => refused.Code switch
    {
        "approval.ended" => Problem.Conflict("approval.closed"),
        "approval.notYours" or "approval.onlyInitiator" or "approval.selfApproval" or "approval.forbidden" => new(403, refused.Code, [], [.. refused.Args]),
        _ => Problem.Conflict(refused.Code, [.. refused.Args]),
    };
}
