using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.People.Approvals;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Workflows.Tests.People;

/// <summary>Any approval under any acts.</summary>
internal sealed class ApprovalProperties
{
    private static readonly Message Why = new("why.substitute");

    [Test]
    public void An_approval_has_one_outcome_and_keeps_it() => Any((sit, before, act) =>
    {
        sit.Events.OfType<ApprovalEvent.Ended>().Count().ShouldBe(sit.State.Ended ? 1 : 0);
        if (before.Ended) sit.Refused.ShouldBe("approval.ended");
    });

    [Test]
    public void An_open_approval_waits_for_someone_or_is_an_incident() => Any((sit, _, _) =>
    {
        if (sit.State.Status != ApprovalStatus.Open) sit.State.OpenSeats.ShouldBeEmpty();
        else if (sit.State.Now.Status == StageStatus.Stuck) sit.Events.OfType<ApprovalEvent.NobodyFound>().ShouldNotBeEmpty();
        else
        {
            sit.State.Now.Status.ShouldBe(StageStatus.Open);
            sit.State.OpenSeats.ShouldNotBeEmpty();
        }
    });

    [Test]
    public void Nobody_sits_twice_in_a_stage() => Any((sit, _, _) =>
    {
        foreach (var stage in sit.State.Stages)
        {
            var seated = stage.Seats.Where(s => s.IsPending || s.Counts).Select(s => s.Approver).ToList();
            seated.Count.ShouldBe(seated.Distinct().Count());
        }
    });

    [Test]
    public void Initiators_never_approve_what_they_asked_for() => Any((sit, _, _) =>
    {
        // Nor does anybody in their place.
        if (sit.State.Stages.SelectMany(s => s.Seats).Any(s => s.Approver == Sit.Initiator || s.Via == Sit.Initiator)) AllowsInitiator(sit).ShouldBeTrue();
    });

    [Test]
    public void Only_seats_outside_the_present_stage_are_closed() => Any((sit, _, _) =>
        sit.State.Stages.Where((_, i) => i != sit.State.Current).SelectMany(s => s.Seats).ShouldAllBe(s => !s.IsPending));

    [Test]
    public void A_returned_vote_never_counts() => Any((sit, before, act) =>
    {
        sit.State.Stages.SelectMany(s => s.Seats).Where(s => s.Status == SeatStatus.Returned).ShouldAllBe(s => !s.Counts);
        if (act is not ApprovalDo.Return || sit.Refused is not null || sit.State.Ended) return;
        var target = sit.State.Status == ApprovalStatus.WithInitiator ? 0 : sit.State.Current;
        var again = sit.State.BackTo is null ? sit.State.Stages.Skip(target) : sit.State.Status == ApprovalStatus.WithInitiator ? [] : [sit.State.Now];
        again.SelectMany(s => s.Counting).ShouldAllBe(s => s.Status != SeatStatus.Approved);
    });

    [Test]
    public void Approved_means_that_every_stage_was_won_by_counting_votes() => Any((sit, _, _) =>
    {
        if (sit.State.Status != ApprovalStatus.Approved) return;
        sit.State.Stages.ShouldAllBe(s => s.Status == StageStatus.Approved || s.Status == StageStatus.Skipped);
        sit.State.Stages.ShouldContain(s => s.Status == StageStatus.Approved);
        foreach (var stage in sit.State.Stages.Where(s => s.Status == StageStatus.Approved))
        {
            var yes = stage.Counting.Where(s => s.Status == SeatStatus.Approved).ToList();
            yes.ShouldNotBeEmpty();
            if (stage.Mode != ApprovalMode.Vote) stage.Counting.ShouldAllBe(s => s.Status != SeatStatus.Rejected);
            if (stage.Mode is ApprovalMode.All or ApprovalMode.Sequence) stage.Counting.ShouldAllBe(s => s.Status == SeatStatus.Approved);
        }
    });

    [Test]
    public void A_vote_is_won_by_its_share_of_all_weights() => Any((sit, before, act) =>
    {
        if (before.Status != ApprovalStatus.Open || act is not ApprovalDo.Approve || before.Now.Mode != ApprovalMode.Vote) return;
        var after = sit.State.Stages[before.Current];
        if (before.Now.Status != StageStatus.Open || after.Status != StageStatus.Approved) return;
        (after.Counting.Where(s => s.Status == SeatStatus.Approved).Sum(s => s.Weight) * 100)
            .ShouldBeGreaterThanOrEqualTo(before.Now.Counting.Sum(s => s.Weight) * after.Threshold);
    });

    /// <summary>From one per cent, where any vote wins, to a hundred, where every one is needed.</summary>
    [Test]
    public void A_vote_is_decided_by_the_first_ballot_that_settles_it_and_not_before() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            var choices = new Choices(numbers);
            var threshold = choices.Below(3) switch { 0 => 1, 1 => 100, _ => 1 + choices.Below(100) };
            var weights = Enumerable.Range(0, 1 + choices.Below(6)).Select(_ => 1 + choices.Below(5)).ToArray();
            var sit = new Sit([Sit.Stage("s0", ApprovalMode.Vote) with { Threshold = threshold }], new ApprovalTerms(), _ => [.. weights.Select((w, i) => new Candidate(Sit.User(i + 1), null, Why, w))]);
            var (yes, left) = (0, weights.Sum());
            for (var i = 0; i < weights.Length && !sit.State.Ended; i++)
            {
                var approves = choices.Coin();
                sit.Do(approves ? new ApprovalDo.Approve(Sit.User(i + 1), null, null) : new ApprovalDo.Reject(Sit.User(i + 1), null, "x"));
                sit.Refused.ShouldBeNull();
                (yes, left) = (approves ? yes + weights[i] : yes, left - weights[i]);
                var (won, lost) = (yes * 100 >= weights.Sum() * threshold, (yes + left) * 100 < weights.Sum() * threshold);
                sit.State.Status.ShouldBe(won ? ApprovalStatus.Approved : lost ? ApprovalStatus.Rejected : ApprovalStatus.Open);
            }
            sit.State.Ended.ShouldBeTrue();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(40));

    [Test]
    public void Those_told_of_an_open_seat_are_those_who_have_one() => Any((sit, _, _) =>
    {
        var open = new HashSet<int>();
        foreach (var e in sit.Events)
            if (e is ApprovalEvent.SeatOpened opened) open.Add(opened.Seat);
            else if (e is ApprovalEvent.SeatClosed closed) open.Remove(closed.Seat);
        open.Order().ShouldBe(sit.State.OpenSeats.Select(s => s.Id).Order());
    });

    [Test]
    public void Only_who_added_a_signer_removes_them() => Any((sit, before, act) =>
    {
        if (act is ApprovalDo.RemoveSigner remove && sit.Refused is null && before.Seat(remove.Seat) is { } removed) before.Seat(removed.From!.Value)!.Approver.ShouldBe(remove.By);
    });

    [Test]
    public void What_is_taken_back_had_no_decision_after_it() => Any((sit, before, act) =>
    {
        if (act is not ApprovalDo.TakeBack || sit.Refused is not null || sit.State.Current == before.Current) return;
        before.Now.Seats.Where(s => s.Round == before.Round).ShouldAllBe(s => s.DecidedAt == null);
    });

    [Test]
    public void An_opinion_decides_nothing() => Any((sit, _, _) => sit.State.Stages.SelectMany(s => s.Seats).Where(s => s.IsOpinion).ShouldAllBe(s => !s.Counts));

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Sit, ApprovalTerms> TermsOf = [];

    private static bool AllowsInitiator(Sit sit) => TermsOf.TryGetValue(sit, out var terms) && terms.InitiatorIsApprover == InitiatorIsApprover.Allow;

    private static void Any(Action<Sit, Approval, ApprovalDo?> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            var choices = new Choices(numbers);
            var terms = new ApprovalTerms
            {
                InitiatorIsApprover = (InitiatorIsApprover)choices.Below(4),
                AfterReturn = (AfterReturn)choices.Below(2),
                ReturnToInitiator = (ReturnToInitiator)choices.Below(2),
            };
            var stages = Enumerable.Range(0, 1 + choices.Below(3)).Select(i => Sit.Stage($"s{i}", (ApprovalMode)choices.Below(4)) with { Threshold = 1 + choices.Below(100) }).ToList();
            var sit = new Sit(stages, terms, _ => choices.Below(12) == 11 ? null : Candidates(choices));
            TermsOf.Add(sit, terms);
            holds(sit, sit.State, null);
            while (choices.Left)
            {
                var (before, act) = (sit.State, Next(sit, choices));
                sit.Do(act);
                holds(sit, before, act);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(100));

    private static List<Candidate> Candidates(Choices choices) =>
        [.. Enumerable.Range(0, choices.Below(9) == 8 ? 0 : 1 + choices.Below(3)).Select(_ => new Candidate(
            Sit.User(choices.Below(7)), choices.Below(6) == 0 ? Sit.User(choices.Below(7)) : null, Why, 1 + choices.Below(3),
            choices.Coin() ? new Found(Sit.User(choices.Below(7)), null, Why) : null))];

    private static ApprovalDo Next(Sit sit, Choices choices)
    {
        var state = sit.State;
        // Mostly someone who may act, sometimes anybody.
        var open = state.OpenSeats.Select(s => s.Approver).ToList();
        var by = open.Count > 0 && choices.Below(5) > 0 ? choices.Of(open) : Sit.User(choices.Below(7));
        var to = Sit.User(choices.Below(7));
        var seats = state.Stages.SelectMany(s => s.Seats).Select(s => s.Id).ToList();
        var seat = seats.Count > 0 ? choices.Of(seats) : 0;
        return choices.Below(20) switch
        {
            0 => new ApprovalDo.Reject(by, null, null),
            1 => new ApprovalDo.Return(by, null, "initiator", null),
            2 => new ApprovalDo.Return(by, null, "previous", null),
            3 => new ApprovalDo.Return(by, null, $"s{choices.Below(3)}", null),
            4 => new ApprovalDo.Transfer(by, null, to, null),
            5 => new ApprovalDo.Delegate(by, null, to, null),
            6 => new ApprovalDo.AddSigner(by, null, to, true, null),
            7 => new ApprovalDo.AddSigner(by, null, to, false, null),
            8 => new ApprovalDo.RemoveSigner(choices.Below(3) == 0 ? by : state.Seat(state.Seat(seat)?.From ?? 0)?.Approver ?? by, seat),
            9 or 10 => new ApprovalDo.TakeBack(state.Seat(seat)?.Approver ?? by, null),
            11 => new ApprovalDo.Substitute(seat, to, state.Seat(seat)?.Approver, Why),
            12 => new ApprovalDo.Late(seat, (WhenLate)choices.Below(4), choices.Coin() ? new Found(to, null, Why) : null),
            13 => new ApprovalDo.Resubmit(Sit.Initiator, null),
            14 => new ApprovalDo.Seats(state.Now.Key, [new(to, null, Why)]),
            15 when choices.Below(6) == 0 => choices.Coin() ? new ApprovalDo.Withdraw(Sit.Initiator, null) : new ApprovalDo.Void(Why),
            _ => new ApprovalDo.Approve(by, null, null),
        };
    }
}
