using Crm.Workflows.Contracts;

namespace Crm.Workflows.People.Approvals;

/// <summary>The few moves of seats that all acts are made of.</summary>
internal sealed partial class Sitting
{
    private Seat NewSeat(Guid approver, Guid? via, Message? why)
    {
        var seat = new Seat { Id = approval.NextSeat, Approver = approver, Via = via, Why = why, Round = approval.Round };
        approval = approval with { NextSeat = approval.NextSeat + 1 };
        return seat;
    }

    private void AddSeat(Seat seat) => SetStage(approval.Current, Now with { Seats = [.. Now.Seats, seat] });

    private void OpenSeat(Seat seat)
    {
        SetSeat(seat with { Status = SeatStatus.Open, OpenedAt = now });
        events.Add(new ApprovalEvent.SeatOpened(Now.Key, seat.Id, seat.Approver));
    }

    /// <summary>Opens the waiting seats whose predecessor has voted.</summary>
    private void OpenReadySeats()
    {
        foreach (var seat in Now.Seats.Where(s => s is { Status: SeatStatus.Waiting, Counts: true }).ToList())
            if (seat.After is not { } after || approval.Seat(after) is not { IsPending: true }) OpenSeat(seat);
    }

    private void Close(Seat seat)
    {
        SetSeat(seat);
        events.Add(new ApprovalEvent.SeatClosed(Now.Key, seat.Id, seat.Status));
    }

    private void CloseOpenSeats()
    {
        foreach (var seat in Now.Seats.Where(s => s.IsPending).ToList()) Close(seat with { Status = SeatStatus.Cancelled, Counts = false });
    }

    /// <summary>Another person takes the seat's place; where they sit already, the seat just goes.</summary>
    private void Hand(Seat seat, Guid to, Guid? via, Message why)
    {
        // Whoever was only asked what they think of it decides it now: that opinion ends with the seat it is about.
        var asked = Now.Seats.Any(s => s.Approver == to && s.IsPending && s.IsOpinion && s.From == seat.Id);
        if (IsSeated(to) && !asked)
        {
            Drop(seat, SeatStatus.Transferred);
            return;
        }
        var next = NewSeat(to, via, why) with
        {
            Weight = seat.Weight,
            After = seat.After,
            From = seat.IsOpinion || seat.Added ? seat.From : seat.Id,
            IsOpinion = seat.IsOpinion,
            Added = seat.Added,
            Counts = seat.Counts,
        };
        AddSeat(next);
        Leave(seat, SeatStatus.Transferred, next.Id);
        if (seat.Status == SeatStatus.Waiting) return;
        OpenSeat(next);
    }

    private void Drop(Seat seat, SeatStatus status)
    {
        Leave(seat, status, seat.After);
        if (seat.IsOpinion) OpenSeat(approval.Seat(seat.From!.Value)!);
        OpenReadySeats();
        Settle();
    }

    /// <summary>A seat's holder goes: opinions asked of others for it end, those waiting for it wait for <paramref name="follow"/>.</summary>
    private void Leave(Seat seat, SeatStatus status, int? follow)
    {
        Close(seat with { Status = status, Counts = false });
        foreach (var opinion in Now.Seats.Where(s => s.IsOpinion && s.From == seat.Id && s.IsPending).ToList()) Close(opinion with { Status = SeatStatus.Cancelled });
        foreach (var next in Now.Seats.Where(s => s.After == seat.Id).ToList()) SetSeat(next with { After = follow });
    }

    private void SetSeat(Seat seat) =>
        SetStage(approval.Current, Now with { Seats = [.. Now.Seats.Select(s => s.Id == seat.Id ? seat : s)] });

    private void SetStage(int index, Stage stage) =>
        approval = approval with { Stages = [.. approval.Stages.Select((s, i) => i == index ? stage : s)] };
}
