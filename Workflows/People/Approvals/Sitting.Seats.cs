using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.People.Approvals;

/// <summary>What happens at a seat: voting, handing over, adding and removing.</summary>
internal sealed partial class Sitting
{
    /// <param name="by">Null when time decided.</param>
    private Message? Vote(Seat seat, SeatStatus vote, Guid? by, string? comment)
    {
        Say(vote == SeatStatus.Approved ? "approve" : "reject", by, seat.Id, comment);
        Close(seat with { Status = vote, DecidedAt = now, Comment = comment });
        if (seat.IsOpinion) OpenSeat(approval.Seat(seat.From!.Value)!);
        OpenReadySeats();
        Settle();
        return null;
    }

    private Message? Transfer(Seat seat, ApprovalDo.Transfer act)
    {
        if (IsForbidden(ApprovalAct.Transfer)) return Refuse("approval.forbidden");
        if (CannotSit(act.To) is { } refused) return refused;
        Say("transfer", act.By, seat.Id, act.Comment, act.To);
        Hand(seat, act.To, null, new("why.transferred"));
        return null;
    }

    private Message? Delegate(Seat seat, ApprovalDo.Delegate act)
    {
        if (IsForbidden(ApprovalAct.Delegate)) return Refuse("approval.forbidden");
        if (seat.IsOpinion) return Refuse("approval.opinionOnly");
        if (CannotSit(act.To) is { } refused) return refused;
        Say("delegate", act.By, seat.Id, act.Comment, act.To);
        SetSeat(seat with { Status = SeatStatus.Delegated });
        events.Add(new ApprovalEvent.SeatClosed(Now.Key, seat.Id, SeatStatus.Delegated));
        var opinion = NewSeat(act.To, null, new("why.delegated")) with { From = seat.Id, IsOpinion = true, Counts = false };
        AddSeat(opinion);
        OpenSeat(opinion);
        return null;
    }

    private Message? AddSigner(Seat seat, ApprovalDo.AddSigner act)
    {
        if (IsForbidden(ApprovalAct.AddSigner)) return Refuse("approval.forbidden");
        if (seat.IsOpinion) return Refuse("approval.opinionOnly");
        if (CannotSit(act.Signer) is { } refused) return refused;
        Say(act.Before ? "addBefore" : "addAfter", act.By, seat.Id, act.Comment, act.Signer);
        var signer = NewSeat(act.Signer, null, new("why.added")) with { From = seat.Id, Added = true };
        if (act.Before)
        {
            AddSeat(signer);
            Close(seat with { Status = SeatStatus.Waiting, After = signer.Id });
            OpenSeat(signer);
        }
        else
        {
            foreach (var next in Now.Seats.Where(s => s.After == seat.Id).ToList()) SetSeat(next with { After = signer.Id });
            AddSeat(signer with { After = seat.Id });
        }
        return null;
    }

    private Message? RemoveSigner(ApprovalDo.RemoveSigner act)
    {
        if (Now.Seats.FirstOrDefault(s => s.Id == act.Seat) is not { Added: true, Counts: true } seat) return Refuse("approval.notAdded");
        if (approval.Seat(seat.From!.Value)?.Approver != act.By) return Refuse("approval.notAddedByYou");
        if (!seat.IsPending) return Refuse("approval.alreadyDecided");
        Say("removeSigner", act.By, seat.Id, null, seat.Approver);
        Drop(seat, SeatStatus.Removed);
        return null;
    }

    private Message? Substitute(ApprovalDo.Substitute act)
    {
        if (Now.Seats.FirstOrDefault(s => s.Id == act.Seat) is not { IsPending: true } seat || seat.Approver == act.To) return Refuse("approval.seatGone");
        if (IsSelf(act.To)) return Refuse("approval.selfApproval");
        Say("substitute", null, seat.Id, null, act.To, act.Why);
        Hand(seat, act.To, act.Via, act.Why);
        return null;
    }

    private Message? Late(ApprovalDo.Late act)
    {
        if (Now.Seats.FirstOrDefault(s => s.Id == act.Seat) is not { Status: SeatStatus.Open } seat) return Refuse("approval.seatGone");
        switch (act.Then)
        {
            case WhenLate.Approve or WhenLate.Reject:
                return Vote(seat, act.Then == WhenLate.Approve ? SeatStatus.Approved : SeatStatus.Rejected, null, null);
            case WhenLate.Escalate when act.To is { } to && !IsSelf(to.User) && to.User != seat.Approver:
                Say("escalate", null, seat.Id, null, to.User, to.Why);
                Hand(seat, to.User, to.Via, to.Why);
                return null;
            case WhenLate.Escalate:
                events.Add(new ApprovalEvent.NobodyFound(Now.Key));
                return null;
            default:
                return null;
        }
    }

    private Message? TakeBack(ApprovalDo.TakeBack act)
    {
        if (IsForbidden(ApprovalAct.TakeBack)) return Refuse("approval.forbidden");
        var index = LastIndex(st => st.Counting.Any(s => IsMine(s, act)));
        if (index < 0) return Refuse("approval.nothingToTakeBack");
        if (index != approval.Current && !NobodyDecidedSince(index)) return Refuse("approval.tooLate");
        var seat = approval.Stages[index].Counting.Last(s => IsMine(s, act));
        if (approval.Stages[index].Seats.Any(s => s.After == seat.Id && s.Status is not (SeatStatus.Waiting or SeatStatus.Open or SeatStatus.Cancelled or SeatStatus.Removed)))
            return Refuse("approval.tooLate");

        Say("takeBack", act.By, seat.Id, null);
        if (index != approval.Current) GoBackTo(index);
        foreach (var next in Now.Seats.Where(s => s.After == seat.Id && s.Status == SeatStatus.Open).ToList()) Close(next with { Status = SeatStatus.Waiting });
        OpenSeat(approval.Seat(seat.Id)! with { DecidedAt = null, Comment = null });
        OpenReadySeats();
        return null;
    }

    private static bool IsMine(Seat seat, ApprovalDo.TakeBack act) =>
        seat.Approver == act.By && seat.Status == SeatStatus.Approved && (act.Seat is null || seat.Id == act.Seat);

    /// <summary>Only skipped stages lie between, and in the present one nobody has acted.</summary>
    private bool NobodyDecidedSince(int index) =>
        approval.BackTo is null && Now.Status == StageStatus.Open
        && Enumerable.Range(index + 1, approval.Current - index - 1).All(i => approval.Stages[i].Status == StageStatus.Skipped)
        && Now.Seats.Where(s => s.Round == approval.Round).All(s => s.Status is SeatStatus.Open or SeatStatus.Waiting && !s.Added);

    private void GoBackTo(int index)
    {
        CloseOpenSeats();
        for (var i = index + 1; i <= approval.Current; i++) SetStage(i, approval.Stages[i] with { Status = StageStatus.Waiting });
        approval = approval with { Current = index };
        // Those whom the decision had spared are asked again.
        var seats = Now.Seats.Select(s => s is { Status: SeatStatus.Cancelled, IsOpinion: false } && s.Round == approval.Round ? s with { Status = SeatStatus.Waiting, Counts = true } : s);
        SetStage(index, Now with { Status = StageStatus.Open, Seats = [.. seats] });
    }

    private int LastIndex(Func<Stage, bool> holds)
    {
        for (var i = approval.Current; i >= 0; i--)
            if (holds(approval.Stages[i])) return i;
        return -1;
    }

    private bool IsSelf(Guid user) => user == approval.Initiator && !MayApproveOwn;

    private Message? CannotSit(Guid user) =>
        IsSelf(user) ? Refuse("approval.selfApproval")
        : IsSeated(user) ? Refuse("approval.alreadySeated")
        : null;

    private bool IsSeated(Guid user) =>
        Now.Seats.Any(s => s.Approver == user && (s.IsPending || s.Counts));
}
