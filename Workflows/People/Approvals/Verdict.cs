using Crm.Workflows.Definition;

namespace Crm.Workflows.People.Approvals;

/// <summary>Counts the votes of a stage.</summary>
internal static class Verdict
{
    /// <summary>Approved or rejected, or null while votes that matter are to come.</summary>
    public static StageStatus? Of(Stage stage)
    {
        var seats = stage.Counting.ToList();
        if (stage.Mode == ApprovalMode.Vote) return OfVote(stage, seats);
        if (seats.Exists(s => s.Status == SeatStatus.Rejected)) return StageStatus.Rejected;
        var approved = seats.Where(s => s.Status == SeatStatus.Approved).ToList();
        var enough = stage.Mode == ApprovalMode.Any
            // One who added a signer after themselves is not enough alone.
            ? approved.Exists(a => !seats.Exists(s => s.IsPending && s.After == a.Id))
            : approved.Count > 0 && approved.Count == seats.Count;
        return enough ? StageStatus.Approved : null;
    }

    private static StageStatus? OfVote(Stage stage, List<Seat> seats)
    {
        long all = seats.Sum(s => (long)s.Weight);
        var yes = seats.Where(s => s.Status == SeatStatus.Approved).Sum(s => (long)s.Weight);
        var no = seats.Where(s => s.Status == SeatStatus.Rejected).Sum(s => (long)s.Weight);
        if (yes > 0 && yes * 100 >= all * stage.Threshold) return StageStatus.Approved;
        return (all - no) * 100 < all * stage.Threshold || no == all ? StageStatus.Rejected : null;
    }
}
