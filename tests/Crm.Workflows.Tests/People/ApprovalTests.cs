using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.People.Approvals;
using static Crm.Workflows.Tests.People.Sit;

namespace Crm.Workflows.Tests.People;

internal sealed class ApprovalTests
{
    private static readonly Message Why = new("why.substitute");

    [Test]
    public void Any_one_approver_decides_the_stage()
    {
        var sit = Of(ApprovalMode.Any, null, [A, B]);
        sit.Open.ShouldBe([A, B]);
        sit.Approve(B).State.Status.ShouldBe(ApprovalStatus.Approved);
        sit.State.Stages[0].Seats[0].Status.ShouldBe(SeatStatus.Cancelled);
    }

    [Test]
    public void All_approvers_must_approve()
    {
        var sit = Of(ApprovalMode.All, null, [A, B]).Approve(A);
        sit.State.Status.ShouldBe(ApprovalStatus.Open);
        sit.Approve(B).State.Status.ShouldBe(ApprovalStatus.Approved);
    }

    [Test]
    public void In_sequence_one_is_asked_after_the_other()
    {
        var sit = Of(ApprovalMode.Sequence, null, [A, B]);
        sit.Open.ShouldBe([A]);
        sit.Approve(B).Refused.ShouldBe("approval.notYetYourTurn");
        sit.Approve(A).Open.ShouldBe([B]);
    }

    [Test]
    public void One_rejection_rejects() => Of(ApprovalMode.All, null, [A, B], [C]).Reject(B).State.Status.ShouldBe(ApprovalStatus.Rejected);

    [TestCase(50, new[] { 3, 1, 1 }, 1, ApprovalStatus.Approved)]
    [TestCase(70, new[] { 3, 1, 1 }, 1, ApprovalStatus.Open)]
    [TestCase(70, new[] { 3, 1, 1 }, 2, ApprovalStatus.Approved)]
    public void A_vote_counts_weights(int threshold, int[] weights, int approvals, object status)
    {
        var sit = new Sit([Stage("s0", ApprovalMode.Vote) with { Threshold = threshold }], new(), _ => [.. weights.Select((w, i) => new Candidate(User(i + 1), null, null, w))]);
        for (var i = 1; i <= approvals; i++) sit.Approve(User(i));
        sit.State.Status.ShouldBe((ApprovalStatus)status);
    }

    [Test]
    public void A_vote_that_can_no_longer_win_is_lost() =>
        Of(ApprovalMode.Vote, null, [A, B, C]).Reject(A).Reject(B).State.Status.ShouldBe(ApprovalStatus.Rejected);

    [Test]
    public void Stages_follow_one_another()
    {
        var sit = Of(ApprovalMode.Any, null, [A], [B]).Approve(A);
        sit.Open.ShouldBe([B]);
        sit.Approve(B).State.Status.ShouldBe(ApprovalStatus.Approved);
        sit.Events.OfType<ApprovalEvent.Ended>().Count().ShouldBe(1);
    }

    [Test]
    public void A_second_decision_is_refused()
    {
        var sit = Of(ApprovalMode.All, null, [A, B]).Approve(A);
        sit.Approve(A).Refused.ShouldBe("approval.alreadyDecided");
        sit.Approve(C).Refused.ShouldBe("approval.notYours");
        sit.Approve(B).Reject(B).Refused.ShouldBe("approval.ended");
    }

    [Test]
    public void Nobody_found_is_an_incident_and_never_a_pass()
    {
        var sit = Of(ApprovalMode.Any, null, [A], []).Approve(A);
        sit.State.Status.ShouldBe(ApprovalStatus.Open);
        sit.Events.OfType<ApprovalEvent.NobodyFound>().Single().Stage.ShouldBe("s1");
        sit.Do(new ApprovalDo.Seats("s1", [Person(D)])).Approve(D).State.Status.ShouldBe(ApprovalStatus.Approved);
    }

    [Test]
    public void When_every_stage_is_skipped_nobody_has_approved_and_an_incident_is_opened()
    {
        var sit = new Sit([Stage("s0", ApprovalMode.Any), Stage("s1", ApprovalMode.Any)], new(), _ => null);
        sit.State.Status.ShouldBe(ApprovalStatus.Open);
        sit.Events.OfType<ApprovalEvent.NobodyFound>().ShouldNotBeEmpty();
    }

    [Test]
    public void A_stage_whose_condition_does_not_hold_is_skipped()
    {
        var sit = new Sit([Stage("s0", ApprovalMode.Any), Stage("s1", ApprovalMode.Any)], new(), key => key == "s1" ? null : [Person(A)]);
        sit.Approve(A).State.Status.ShouldBe(ApprovalStatus.Approved);
        sit.Stages.ShouldBe(["Approved", "Skipped"]);
    }

    [Test]
    public void The_initiators_superior_decides_in_their_place()
    {
        var sit = new Sit([Stage("s0", ApprovalMode.Any)], new() { InitiatorIsApprover = InitiatorIsApprover.Superior }, _ => [new(Initiator, null, null, 1, new Found(B, null, Why))]);
        sit.Open.ShouldBe([B]);
    }

    [Test]
    public void An_initiator_who_would_be_the_only_approver_is_skipped_where_another_stage_decides()
    {
        var sit = Of(ApprovalMode.Any, new() { InitiatorIsApprover = InitiatorIsApprover.Skip }, [Initiator], [A]);
        sit.Open.ShouldBe([A]);
        Of(ApprovalMode.Any, new() { InitiatorIsApprover = InitiatorIsApprover.Skip }, [Initiator]).Events.OfType<ApprovalEvent.NobodyFound>().ShouldNotBeEmpty();
    }

    [Test]
    public void A_substitute_of_the_initiator_may_not_approve_either()
    {
        var sit = new Sit([Stage("s0", ApprovalMode.Any)], new() { InitiatorIsApprover = InitiatorIsApprover.Superior }, _ => [new(A, Initiator, null)]);
        sit.Events.OfType<ApprovalEvent.NobodyFound>().ShouldNotBeEmpty();
    }

    [Test]
    public void Transferring_to_the_initiator_is_refused()
    {
        var sit = Of(ApprovalMode.Any, new() { InitiatorIsApprover = InitiatorIsApprover.Skip }, [A, B]);
        sit.Do(new ApprovalDo.Transfer(A, null, Initiator, null)).Refused.ShouldBe("approval.selfApproval");
        sit.Do(new ApprovalDo.AddSigner(A, null, Initiator, true, null)).Refused.ShouldBe("approval.selfApproval");
        sit.Do(new ApprovalDo.Transfer(A, null, B, null)).Refused.ShouldBe("approval.alreadySeated");
    }

    [Test]
    public void After_a_return_with_restart_every_stage_from_there_votes_again()
    {
        var sit = Of(ApprovalMode.Any, null, [A], [B], [C]).Approve(A).Approve(B).Return(C, "s0");
        sit.Open.ShouldBe([A]);
        sit.Stages.ShouldBe(["Open", "Waiting", "Returned"]);
        sit.Approve(A).Open.ShouldBe([B]);
        sit.Approve(B).Approve(C).State.Status.ShouldBe(ApprovalStatus.Approved);
    }

    [Test]
    public void After_a_return_straight_back_only_the_target_and_the_returner_vote_again()
    {
        var terms = new ApprovalTerms { AfterReturn = AfterReturn.StraightBack };
        var sit = Of(ApprovalMode.All, terms, [A], [B], [C, D]).Approve(A).Approve(B).Approve(D).Return(C, "s0");
        sit.Open.ShouldBe([A]);
        sit.Approve(A).Open.ShouldBe([C]);
        sit.Approve(C).State.Status.ShouldBe(ApprovalStatus.Approved);
    }

    [Test]
    public void Returned_to_the_initiator_it_waits_to_be_submitted_again()
    {
        var sit = Of(ApprovalMode.Any, null, [A], [B]).Approve(A).Return(B, "initiator");
        sit.State.Status.ShouldBe(ApprovalStatus.WithInitiator);
        sit.Approve(A).Refused.ShouldBe("approval.withInitiator");
        sit.Do(new ApprovalDo.Resubmit(A, null)).Refused.ShouldBe("approval.onlyInitiator");
        sit.Do(new ApprovalDo.Resubmit(Initiator, null)).Open.ShouldBe([A]);
    }

    [Test]
    public void Returned_to_the_initiator_for_good_it_ends() =>
        Of(ApprovalMode.Any, new() { ReturnToInitiator = ReturnToInitiator.End }, [A]).Return(A, "previous").State.Status.ShouldBe(ApprovalStatus.Returned);

    [Test]
    public void A_transfer_hands_over_place_and_weight()
    {
        var sit = Of(ApprovalMode.Sequence, null, [A, B]).Do(new ApprovalDo.Transfer(A, null, C, null));
        sit.Open.ShouldBe([C]);
        sit.Approve(A).Refused.ShouldBe("approval.notYours");
        sit.Approve(C).Open.ShouldBe([B]);
    }

    [Test]
    public void A_delegate_gives_an_opinion_and_the_delegator_decides()
    {
        var sit = Of(ApprovalMode.All, null, [A]).Do(new ApprovalDo.Delegate(A, null, C, null));
        sit.Open.ShouldBe([C]);
        sit.Return(C, "initiator").Refused.ShouldBe("approval.opinionOnly");
        sit.Reject(C).State.Status.ShouldBe(ApprovalStatus.Open);
        sit.Open.ShouldBe([A]);
        sit.Approve(A).State.Status.ShouldBe(ApprovalStatus.Approved);
    }

    [Test]
    public void A_signer_added_before_decides_first()
    {
        var sit = Of(ApprovalMode.Any, null, [A]).Do(new ApprovalDo.AddSigner(A, null, C, true, null));
        sit.Open.ShouldBe([C]);
        sit.Approve(C).Open.ShouldBe([A]);
        sit.Approve(A).State.Status.ShouldBe(ApprovalStatus.Approved);
    }

    [Test]
    public void A_signer_added_after_decides_too_even_where_one_would_do()
    {
        var sit = Of(ApprovalMode.Any, null, [A]).Do(new ApprovalDo.AddSigner(A, null, C, false, null)).Approve(A);
        sit.Open.ShouldBe([C]);
        sit.Approve(C).State.Status.ShouldBe(ApprovalStatus.Approved);
    }

    [Test]
    public void Who_waits_for_an_added_signer_waits_for_whom_that_one_hands_over_to()
    {
        var sit = Of(ApprovalMode.All, null, [A, B]).Do(new ApprovalDo.AddSigner(A, null, C, true, null)).Do(new ApprovalDo.Transfer(C, null, D, null));
        sit.Approve(B).Open.ShouldBe([D]);
        sit.Approve(D).Open.ShouldBe([A]);
    }

    [Test]
    public void A_removed_signer_is_asked_no_more()
    {
        var sit = Of(ApprovalMode.Any, null, [A]).Do(new ApprovalDo.AddSigner(A, null, C, true, null));
        sit.Do(new ApprovalDo.RemoveSigner(B, sit.SeatOf(C).Id)).Refused.ShouldBe("approval.notAddedByYou");
        sit.Do(new ApprovalDo.RemoveSigner(A, sit.SeatOf(A).Id)).Refused.ShouldBe("approval.notAdded");
        sit.Do(new ApprovalDo.RemoveSigner(A, sit.SeatOf(C).Id)).Open.ShouldBe([A]);
    }

    [Test]
    public void An_approval_may_be_taken_back_until_the_next_stage_has_acted()
    {
        var sit = Of(ApprovalMode.Any, null, [A, D], [B, C]).Approve(A).Do(new ApprovalDo.TakeBack(A, null));
        sit.Open.ShouldBe([A, D]);
        sit.Stages.ShouldBe(["Open", "Waiting"]);
        sit.Approve(D).Open.ShouldBe([B, C]);
        sit.Do(new ApprovalDo.Transfer(B, null, A, null)).Do(new ApprovalDo.TakeBack(D, null)).Refused.ShouldBe("approval.tooLate");
    }

    [Test]
    public void Taking_back_within_a_sequence_makes_the_next_wait_again()
    {
        var sit = Of(ApprovalMode.Sequence, null, [A, B]).Approve(A).Do(new ApprovalDo.TakeBack(A, null));
        sit.Open.ShouldBe([A]);
        sit.Approve(A).Open.ShouldBe([B]);
    }

    [Test]
    public void Only_the_initiator_withdraws()
    {
        var sit = Of(ApprovalMode.Any, null, [A]);
        sit.Do(new ApprovalDo.Withdraw(A, null)).Refused.ShouldBe("approval.onlyInitiator");
        sit.Do(new ApprovalDo.Withdraw(Initiator, null)).State.Status.ShouldBe(ApprovalStatus.Withdrawn);
        sit.Open.ShouldBeEmpty();
    }

    [Test]
    public void A_changed_field_voids_it() =>
        Of(ApprovalMode.Any, null, [A]).Do(new ApprovalDo.Void(Why)).Approve(A).Refused.ShouldBe("approval.ended");

    [Test]
    public void Urging_tells_those_who_are_asked() =>
        Of(ApprovalMode.Sequence, null, [A, B]).Do(new ApprovalDo.Urge(Initiator)).Events.OfType<ApprovalEvent.Tell>().Single().Users.ShouldBe([A]);

    [Test]
    public void An_absent_approvers_seat_goes_to_the_substitute_and_to_no_one_twice()
    {
        var sit = Of(ApprovalMode.All, null, [A, B]);
        sit.Do(new ApprovalDo.Substitute(sit.SeatOf(A).Id, C, A, Why)).Open.ShouldBe([B, C]);
        sit.Do(new ApprovalDo.Substitute(sit.SeatOf(C).Id, B, A, Why)).Open.ShouldBe([B]);
        sit.Approve(B).State.Status.ShouldBe(ApprovalStatus.Approved);
    }

    [TestCase(WhenLate.Approve, ApprovalStatus.Approved)]
    [TestCase(WhenLate.Reject, ApprovalStatus.Rejected)]
    [TestCase(WhenLate.Nothing, ApprovalStatus.Open)]
    public void A_late_seat_does_what_the_stage_says(object then, object status)
    {
        var sit = Of(ApprovalMode.Any, null, [A]);
        sit.Do(new ApprovalDo.Late(sit.SeatOf(A).Id, (WhenLate)then, null)).State.Status.ShouldBe((ApprovalStatus)status);
    }

    [Test]
    public void A_late_seat_escalates_to_whom_the_rule_finds()
    {
        var sit = Of(ApprovalMode.Any, null, [A]);
        sit.Do(new ApprovalDo.Late(sit.SeatOf(A).Id, WhenLate.Escalate, null)).Events.OfType<ApprovalEvent.NobodyFound>().ShouldNotBeEmpty();
        sit.Do(new ApprovalDo.Late(sit.SeatOf(A).Id, WhenLate.Escalate, new Found(D, null, Why))).Open.ShouldBe([D]);
    }

    [Test]
    public void What_the_sop_forbids_is_refused()
    {
        var sit = Of(ApprovalMode.Any, new() { Forbidden = [ApprovalAct.Transfer, ApprovalAct.Return] }, [A]);
        sit.Do(new ApprovalDo.Transfer(A, null, B, null)).Refused.ShouldBe("approval.forbidden");
        sit.Return(A, "initiator").Refused.ShouldBe("approval.forbidden");
    }
}
