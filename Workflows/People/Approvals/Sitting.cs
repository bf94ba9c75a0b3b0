using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.People.Approvals;

/// <summary>One act being taken: checks it, moves seats, decides stages.</summary>
internal sealed partial class Sitting(Approval approval, ApprovalTerms terms, DateTime now)
{
    private readonly List<ApprovalEvent> events = [];

    public Approval Approval => approval;
    public IReadOnlyList<ApprovalEvent> Events => events;

    private Stage Now => approval.Now;

    /// <summary>Null when taken, else why not.</summary>
    public Message? Take(ApprovalDo act)
    {
        if (approval.Ended) return Refuse("approval.ended");
        if (approval.Status == ApprovalStatus.WithInitiator && act is not (ApprovalDo.Resubmit or ApprovalDo.Withdraw or ApprovalDo.Void or ApprovalDo.Remark or ApprovalDo.Copy))
            return Refuse("approval.withInitiator");
        return act switch
        {
            ApprovalDo.Seats seat => Seat(seat),
            ApprovalDo.Skip skip => Skip(skip),
            ApprovalDo.Approve a => OnSeat(a.By, a.Seat, seat => Vote(seat, SeatStatus.Approved, a.By, a.Comment)),
            ApprovalDo.Reject a => OnSeat(a.By, a.Seat, seat => Vote(seat, SeatStatus.Rejected, a.By, a.Comment)),
            ApprovalDo.Return a => OnSeat(a.By, a.Seat, seat => Return(seat, a)),
            ApprovalDo.Transfer a => OnSeat(a.By, a.Seat, seat => Transfer(seat, a)),
            ApprovalDo.Delegate a => OnSeat(a.By, a.Seat, seat => Delegate(seat, a)),
            ApprovalDo.AddSigner a => OnSeat(a.By, a.Seat, seat => AddSigner(seat, a)),
            ApprovalDo.RemoveSigner a => RemoveSigner(a),
            ApprovalDo.TakeBack a => TakeBack(a),
            ApprovalDo.Withdraw a => ByInitiator(a.By, () => Withdraw(a)),
            ApprovalDo.Resubmit a => ByInitiator(a.By, () => Resubmit(a)),
            ApprovalDo.Urge a => ByInitiator(a.By, () => Urge(a)),
            ApprovalDo.Copy a => Copy(a),
            ApprovalDo.Remark a => Say("comment", a.By, null, a.Text),
            ApprovalDo.Substitute a => Substitute(a),
            ApprovalDo.Late a => Late(a),
            ApprovalDo.Void a => End(ApprovalStatus.Voided, "void", null, null, a.Why),
            _ => throw new ArgumentOutOfRangeException(nameof(act)),
        };
    }

    private Message? OnSeat(Guid by, int? id, Func<Seat, Message?> act)
    {
        var mine = Now.Seats.Where(s => s.Approver == by && (id is null || s.Id == id)).ToList();
        if (mine.FirstOrDefault(s => s.Status == SeatStatus.Open) is { } seat)
            return by == approval.Initiator && !MayApproveOwn ? Refuse("approval.selfApproval") : act(seat);
        return Refuse(mine.Exists(s => s.Status == SeatStatus.Waiting) ? "approval.notYetYourTurn"
            : approval.Stages.Any(st => st.Seats.Any(s => s.Approver == by && s.DecidedAt is not null)) ? "approval.alreadyDecided"
            : "approval.notYours");
    }

    private Message? ByInitiator(Guid by, Func<Message?> act) => by == approval.Initiator ? act() : Refuse("approval.onlyInitiator");

    private bool MayApproveOwn => terms.InitiatorIsApprover == InitiatorIsApprover.Allow;

    private bool IsForbidden(ApprovalAct act) => terms.Forbidden.Contains(act);

    private Message? Withdraw(ApprovalDo.Withdraw act) =>
        IsForbidden(ApprovalAct.Withdraw) ? Refuse("approval.forbidden") : End(ApprovalStatus.Withdrawn, "withdraw", act.By, act.Comment, null);

    private Message? Urge(ApprovalDo.Urge act)
    {
        events.Add(new ApprovalEvent.Tell([.. approval.OpenSeats.Select(s => s.Approver).Distinct()], "urge"));
        return Say("urge", act.By, null, null);
    }

    /// <summary>The history keeps to whom: they may look at it from now on.</summary>
    private Message? Copy(ApprovalDo.Copy act)
    {
        events.Add(new ApprovalEvent.Tell(act.To, "copy"));
        foreach (var to in act.To) Say("copy", act.By, null, null, to);
        return null;
    }

    private Message? Say(string act, Guid? by, int? seat, string? text, Guid? to = null, Message? why = null)
    {
        events.Add(new ApprovalEvent.Said(act, by, seat, text, to, why));
        return null;
    }

    /// <summary>The one place that gives an approval its outcome.</summary>
    private Message? End(ApprovalStatus status, string? act, Guid? by, string? text, Message? why)
    {
        if (act is not null) Say(act, by, null, text, null, why);
        CloseOpenSeats();
        approval = approval with { Status = status };
        events.Add(new ApprovalEvent.Ended(status));
        return null;
    }

    private static Message Refuse(string code, params IReadOnlyList<object?> args) => new(code, args);
}
