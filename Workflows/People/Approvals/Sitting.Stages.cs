using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.People.Approvals;

/// <summary>How stages open, are decided and follow one another.</summary>
internal sealed partial class Sitting
{
    public void OpenStage(int index)
    {
        approval = approval with { Current = index };
        SetStage(index, Now with { Status = StageStatus.Seating, Again = [], Seats = [.. Now.Seats.Select(s => s with { Counts = false })] });
        events.Add(new ApprovalEvent.SeatsWanted(Now.Key));
    }

    private Message? Seat(ApprovalDo.Seats act)
    {
        if (act.Stage != Now.Key || Now.Status is not (StageStatus.Seating or StageStatus.Stuck)) return Refuse("approval.notSeating");

        var found = act.Candidates.Select(Allowed).OfType<Candidate>().DistinctBy(c => c.User).ToList();
        if (found.Count == 0)
        {
            var onlyInitiator = terms.InitiatorIsApprover == InitiatorIsApprover.Skip && act.Candidates.Count > 0;
            if (onlyInitiator) return SkipStage();
            return NobodyFound();
        }

        int? before = null;
        foreach (var candidate in found)
        {
            var seat = NewSeat(candidate.User, candidate.Via, candidate.Why) with { Weight = Math.Max(1, candidate.Weight), After = before };
            AddSeat(seat);
            if (Now.Mode == ApprovalMode.Sequence) before = seat.Id;
        }
        SetStage(approval.Current, Now with { Status = StageStatus.Open });
        OpenReadySeats();
        return null;
    }

    /// <summary>Nobody approves what they asked for, be it through a substitute, unless the terms allow it.</summary>
    private Candidate? Allowed(Candidate candidate)
    {
        if (MayApproveOwn || candidate.User != approval.Initiator && candidate.Via != approval.Initiator) return candidate;
        return terms.InitiatorIsApprover is InitiatorIsApprover.Superior or InitiatorIsApprover.DepartmentHead
            && candidate.Instead is { } other && other.User != approval.Initiator && other.Via != approval.Initiator
            ? candidate with { User = other.User, Via = other.Via, Why = other.Why }
            : null;
    }

    private Message? Skip(ApprovalDo.Skip act) =>
        act.Stage != Now.Key || Now.Status is not (StageStatus.Seating or StageStatus.Stuck) ? Refuse("approval.notSeating") : SkipStage();

    private Message? SkipStage()
    {
        SetStage(approval.Current, Now with { Status = StageStatus.Skipped });
        NextStage();
        return null;
    }

    private Message? NobodyFound()
    {
        SetStage(approval.Current, Now with { Status = StageStatus.Stuck });
        events.Add(new ApprovalEvent.NobodyFound(Now.Key));
        return null;
    }

    /// <summary>Decides the stage if its votes suffice.</summary>
    private void Settle()
    {
        if (approval.Status != ApprovalStatus.Open || Now.Status != StageStatus.Open) return;
        if (Verdict.Of(Now) is not { } verdict) return;
        CloseOpenSeats();
        SetStage(approval.Current, Now with { Status = verdict });
        if (verdict == StageStatus.Approved) NextStage();
        else End(ApprovalStatus.Rejected, null, null, null, null);
    }

    private void NextStage()
    {
        if (approval.BackTo is { } back && back > approval.Current) Reopen(back);
        else if (approval.Current + 1 < approval.Stages.Count) OpenStage(approval.Current + 1);
        else if (approval.Stages.Any(s => s.Counting.Any(seat => seat.Status == SeatStatus.Approved))) End(ApprovalStatus.Approved, null, null, null, null);
        else NobodyFound(); // Every stage was skipped: silence is no consent.
    }

    private Message? Return(Seat seat, ApprovalDo.Return act)
    {
        if (IsForbidden(ApprovalAct.Return)) return Refuse("approval.forbidden");
        if (seat.IsOpinion) return Refuse("approval.opinionOnly");
        if (Target(act.To) is not { } target) return Refuse("approval.unknownStage", act.To);

        var from = approval.Current;
        var again = Now.Counting.Where(s => s.IsPending).Select(s => s.Id).ToList();
        Say("return", act.By, seat.Id, act.Comment, null);
        SetSeat(seat with { Status = SeatStatus.Returned, Counts = false, DecidedAt = now, Comment = act.Comment });
        events.Add(new ApprovalEvent.SeatClosed(Now.Key, seat.Id, SeatStatus.Returned));
        CloseOpenSeats();
        SetStage(from, Now with { Status = StageStatus.Returned, Again = again });

        var straight = terms.AfterReturn == AfterReturn.StraightBack;
        approval = approval with { Round = approval.Round + 1, BackTo = straight ? from : null };
        if (!straight)
            for (var i = Math.Max(target, 0); i <= from; i++) Forget(i);
        if (target >= 0) OpenStage(target);
        else if (terms.ReturnToInitiator == ReturnToInitiator.End) End(ApprovalStatus.Returned, null, null, null, null);
        else
        {
            approval = approval with { Status = ApprovalStatus.WithInitiator };
            events.Add(new ApprovalEvent.ReturnedToInitiator());
        }
        return null;
    }

    /// <summary>Index of the stage returned to, -1 for the initiator, null when there is none such.</summary>
    private int? Target(string to)
    {
        if (to == "initiator") return -1;
        for (var i = approval.Current - 1; i >= 0; i--)
            if (approval.Stages[i].Status == StageStatus.Approved && (to == "previous" || approval.Stages[i].Key == to)) return i;
        return to == "previous" ? -1 : null;
    }

    private void Forget(int index)
    {
        var stage = approval.Stages[index];
        SetStage(index, stage with { Status = index == approval.Current ? stage.Status : StageStatus.Waiting, Again = [], Seats = [.. stage.Seats.Select(s => s with { Counts = false })] });
    }

    private Message? Resubmit(ApprovalDo.Resubmit act)
    {
        if (approval.Status != ApprovalStatus.WithInitiator) return Refuse("approval.notReturned");
        Say("resubmit", act.By, null, act.Comment);
        approval = approval with { Status = ApprovalStatus.Open };
        events.Add(new ApprovalEvent.Resubmitted());
        if (approval.BackTo is { } back) Reopen(back);
        else OpenStage(0);
        return null;
    }

    /// <summary>Straight back: those who had not approved are asked again, the others' votes stand.</summary>
    private void Reopen(int index)
    {
        approval = approval with { Current = index, BackTo = null };
        var ids = new Dictionary<int, int>();
        foreach (var old in Now.Seats.Where(s => Now.Again.Contains(s.Id)).ToList())
        {
            var seat = NewSeat(old.Approver, old.Via, old.Why) with { Weight = old.Weight, From = old.From, Added = old.Added };
            ids[old.Id] = seat.Id;
            AddSeat(seat with { After = old.After is { } after && ids.TryGetValue(after, out var moved) ? moved : null });
        }
        SetStage(index, Now with { Status = StageStatus.Open, Again = [] });
        OpenReadySeats();
    }
}
