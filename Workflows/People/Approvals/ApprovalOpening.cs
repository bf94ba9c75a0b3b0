using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Finding;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Approvals;

/// <summary>Begins the approvals of runs, and takes them back.</summary>
internal sealed class ApprovalOpening(ApprovalStore store, ApprovalKeeper keeper, Bound bound, PeopleSearch people, Wording wording, Reading reading, Ids ids)
{
    public async Task<bool> OpenAsync(TurnContext turn, OpenApproval open, CancellationToken ct)
    {
        var step = Wording.Edited((ApprovalStep)turn.Plan[open.At.Step], open.Edited);
        var record = await reading.RecordAsync(turn, ct);
        var initiator = step.Initiator is { } rule
            ? (await people.FindAsync(rule, turn.Run, $"{turn.Run.SopKey}/{step.Id}/initiator", ct)) is [var found, ..] ? found.Via ?? found.User : null
            : turn.Run.InitiatorId ?? record.Owner;
        if (initiator is not { } asking) throw new StepFailure(FailureClass.Configuration, new("run.noInitiator"));
        var begun = ApprovalRules.Begin(asking, step.Stages, ApprovalTerms.Of(step), turn.Now);
        var row = new ApprovalRow
        {
            Id = ids.Next(),
            RunId = turn.Run.Id,
            StepAt = open.At.ToString(),
            SopKey = turn.Run.SopKey,
            SopVersion = turn.Run.SopVersion,
            Title = Wording.Write(await wording.RenderAsync(turn, open.At, open.Items, step.Title, ct)),
            RecordType = turn.Run.RecordType,
            RecordId = turn.Run.RecordId,
            RecordName = turn.Run.RecordName,
            InitiatorId = asking,
            State = ApprovalRow.Write(begun.State),
            Snapshot = await bound.SnapshotAsync(record, step.Fields, ct),
            Value = Stake.Of(record),
            Previous = (await store.OfRecordAsync(record.Id, 10, ct)).FirstOrDefault(a => a.SopKey == turn.Run.SopKey && At.Parse(a.StepAt).Step == step.Id) is { } last ? Previous.Of(last) : null,
            Version = 1,
            CreatedAt = turn.Now,
        };
        await store.InsertAsync(row, ct);
        await bound.LockAsync(row.Id, record, step.Fields, ct);
        await keeper.BegunAsync(turn, row, step, begun, ct);
        turn.Explain(open.At, new JsonObject { ["approval"] = row.Id.ToString() });
        return true;
    }

    public async Task CancelAsync(Guid run, At at, CancellationToken ct)
    {
        if (await store.OfStepAsync(run, at.ToString(), ct) is { } row && !row.Approval().Ended) await keeper.GiveUpAsync(row.Id, ct);
    }
}
