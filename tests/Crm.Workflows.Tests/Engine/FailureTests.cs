using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using static Crm.Workflows.Tests.Engine.Play;

namespace Crm.Workflows.Tests.Engine;

internal sealed class FailureTests
{
    private static readonly Message Said = new("test.down");

    private static Play Failing(FailureClass failure) =>
        new(Sop($"{Act("a")},{Act("b")}")) { OnExecute = e => e.At.Step == "a" ? new Failed(e.At, failure, Said) : new Executed(e.At) };

    [Test]
    public void A_passing_failure_is_tried_again_after_growing_pauses()
    {
        var play = Failing(FailureClass.Transient).Start();
        play.Fire("a", TimerFor.Retry).Fire("a", TimerFor.Retry);
        var pauses = play.Effects.OfType<SetTimer>().Select(t => t.DueAt - T0);
        pauses.ShouldBe([TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40)]);
        play.Effects.OfType<SetTimer>().ShouldAllBe(t => t.Spread);
        play.Effects.OfType<Execute>().Select(e => e.Attempt).ShouldBe([1, 2, 3]);
        play.Effects.OfType<Execute>().Select(e => e.At).Distinct().Count().ShouldBe(1, "all attempts share the idempotency key");
    }

    [Test]
    public void After_the_last_attempt_a_person_is_asked()
    {
        var play = Failing(FailureClass.Transient).Start();
        for (var i = 1; i < Backoff.MaxAttempts; i++) play.Fire("a", TimerFor.Retry);
        play.Incidents.Count.ShouldBe(1);
        play.Timers.ShouldBeEmpty();
        play.Effects.OfType<OpenIncident>().Single().Attempts.ShouldBe(Backoff.MaxAttempts);
    }

    [TestCase(FailureClass.Configuration)]
    [TestCase(FailureClass.Data)]
    [TestCase(FailureClass.Permission)]
    [TestCase(FailureClass.Limit)]
    public void Other_failures_are_incidents_at_once(FailureClass failure)
    {
        var play = Failing(failure).Start();
        play.Incidents.Count.ShouldBe(1);
        play.State.Stuck.ShouldBeTrue();
    }

    [Test]
    public void Retry_acts_again_and_goes_on()
    {
        var play = Failing(FailureClass.Data).Start();
        play.OnExecute = e => new Executed(e.At);
        play.Give(new Retried(play.The("a")));
        play.Incidents.ShouldBeEmpty();
        play.State.Status.ShouldBe(RunStatus.Completed);
    }

    [Test]
    public void Edit_and_retry_hands_the_corrected_inputs_to_this_visit_only()
    {
        var play = Failing(FailureClass.Data).Start();
        play.OnExecute = e => new Executed(e.At);
        play.Give(new Retried(play.The("a"), new JsonObject { ["to"] = "x" }));
        play.Effects.OfType<Execute>().Select(e => e.Edited?.ToJsonString()).ShouldBe([null, """{"to":"x"}""", null]);
    }

    [Test]
    public void Skip_goes_on_with_the_outputs_a_person_gives()
    {
        var play = new Play(Sop($$$$"""{{{{Act("a")}}}},{{{{Task("t")}}}},{"id":"n","kind":"act","inputs":{"v":{"path":"steps.a.total"}}}""")) { OnExecute = e => new Failed(e.At, FailureClass.Data, Said) }.Start();
        play.Give(new Skipped(play.The("a"), null, new JsonObject { ["total"] = 7 }));
        play.Incidents.ShouldBeEmpty();
        play.State.Outputs!["a"]["total"]!.GetValue<int>().ShouldBe(7);
        play.Tasks.Count.ShouldBe(1);
    }

    [Test]
    public void A_task_that_cannot_be_made_is_an_incident_and_made_on_retry()
    {
        var play = new Play(Sop(Task("t"))).Start();
        play.Give(new Failed(play.The("t"), FailureClass.Configuration, Said));
        play.Incidents.Count.ShouldBe(1);
        play.Give(new Retried(play.The("t")));
        play.Tasks.Count.ShouldBe(1);
        play.Complete("t").State.Status.ShouldBe(RunStatus.Completed);
    }

    [Test]
    public void One_stuck_way_does_not_hold_up_the_others()
    {
        var play = new Play(Sop($$$$"""{"id":"p","kind":"parallel","inputs":{},"paths":[{"id":"x","steps":[{{{{Act("a")}}}}]},{"id":"y","steps":[{{{{Task("t")}}}},{{{{Act("b")}}}}]}]}"""))
        { OnExecute = e => e.At.Step == "a" ? new Failed(e.At, FailureClass.Data, Said) : new Executed(e.At) }.Start();
        play.Complete("t").Acted.ShouldContain("b#1");
        play.State.Status.ShouldBe(RunStatus.Running);
        play.Incidents.Count.ShouldBe(1);
    }

    [Test]
    public void A_late_or_doubled_stimulus_changes_nothing_and_says_so()
    {
        var play = new Play(Sop($"{Task("t")},{Task("u")}")).Start();
        var first = play.The("t");
        play.Complete("t");
        var before = play.State.Write();
        play.Give(new TaskEnded(first, "done")).Ignored!.Code.ShouldBe("engine.late");
        play.Give(new TimerFired(play.The("u"), TimerFor.Wait)).Ignored!.Code.ShouldBe("engine.notAwaited");
        play.Give(new TaskEnded(new("u", 9), "done")).Ignored!.Code.ShouldBe("engine.unknown");
        play.Give(new Started()).Ignored!.Code.ShouldBe("engine.alreadyStarted");
        play.State.Write().ShouldBe(before);
    }

    [Test]
    public void A_run_that_is_over_takes_nothing_more()
    {
        var play = new Play(Sop(Task("t"))).Start();
        var at = play.The("t");
        play.Complete("t");
        play.Give(new TaskEnded(at, "done")).Ignored!.Code.ShouldBe("engine.notRunning");
        play.Give(new Cancelled()).Ignored!.Code.ShouldBe("engine.notRunning");
        play.Finishes.ShouldBe(1);
    }

    [Test]
    public void What_goes_round_for_ever_becomes_an_incident()
    {
        var inner = """{"id":"r1","kind":"repeat","inputs":{"until":{"field":"score","op":"empty"},"max":1000},"steps":[{"id":"r2","kind":"repeat","inputs":{"until":{"field":"score","op":"empty"},"max":1000},"steps":[{"id":"a","kind":"act","inputs":{}}]}]}""";
        var play = new Play(Sop(inner)).Start();
        play.Effects.OfType<OpenIncident>().Single().Said.Code.ShouldBe("engine.tooManySteps");
    }
}
