using System.Text.Json.Nodes;
using Crm.Shared.Time;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using static Crm.Workflows.Tests.Engine.Play;

namespace Crm.Workflows.Tests.Engine;

internal sealed class ControlStepTests
{
    private const string Yes = """{"field":"score","op":"gt","value":1}""";

    private static string Branch(string match, string a, string b, string other) =>
        Sop($$$$"""{"id":"choice","kind":"branch","inputs":{"match":"{{{{match}}}}"},"paths":[{"id":"p1","when":{{{{Yes}}}},"steps":[{{{{a}}}}]},{"id":"p2","when":{{{{Yes}}}},"steps":[{{{{b}}}}]}],"else":[{{{{other}}}}]},{{{{Act("after")}}}}""");

    private static string Parallel(string inputs) =>
        Sop($$$$"""{"id":"p","kind":"parallel","inputs":{{{{inputs}}}},"paths":[{"id":"x","steps":[{{{{Task("a")}}}}]},{"id":"y","steps":[{{{{Task("b")}}}}]},{"id":"z","steps":[{"id":"w","kind":"wait","inputs":{"until":{"in":{"plain":"P2D"} } }}]}]},{{{{Act("after")}}}}""");

    [Test]
    public void Steps_follow_one_another_and_the_run_completes()
    {
        var play = new Play(Sop($"{Act("a")},{Act("b")}")).Start();
        play.Acted.ShouldBe(["a#1", "b#1"]);
        play.State.Status.ShouldBe(RunStatus.Completed);
        play.Finishes.ShouldBe(1);
    }

    [Test]
    public void An_empty_sop_completes() => new Play(Sop("")).Start().State.Status.ShouldBe(RunStatus.Completed);

    [TestCase(true, true, "a#1 after#1")]
    [TestCase(false, true, "b#1 after#1")]
    [TestCase(false, false, "c#1 after#1")]
    public void A_branch_takes_the_first_way_that_holds_else_the_other(bool one, bool two, string acted)
    {
        var play = new Play(Branch("first", Act("a"), Act("b"), Act("c"))) { OnEvaluate = _ => [one, two] }.Start();
        string.Join(' ', play.Acted).ShouldBe(acted);
    }

    [Test]
    public void A_branch_of_all_matches_goes_on_when_all_its_ways_have_ended()
    {
        var play = new Play(Branch("all", Task("a"), Task("b"), Act("c"))) { OnEvaluate = _ => [true, true] }.Start();
        play.Complete("a").Acted.ShouldBeEmpty();
        play.Complete("b").Acted.ShouldBe(["after#1"]);
    }

    [Test]
    public void A_decision_is_noted_with_the_way_taken()
    {
        var play = new Play(Branch("first", "", "", "")) { OnEvaluate = _ => [false, true] }.Start();
        play.Notes.Single(n => n.Kind == NoteKind.Decided).Outcome.ShouldBe("p2");
    }

    [Test]
    public void A_parallel_of_all_waits_for_every_way()
    {
        var play = new Play(Parallel("{}")).Start();
        play.Complete("b").Complete("a").Acted.ShouldBeEmpty();
        play.Fire("w").Acted.ShouldBe(["after#1"]);
    }

    [Test]
    public void A_parallel_of_any_goes_on_with_the_first_and_cancels_the_rest()
    {
        var play = new Play(Parallel("""{"join":"any"}""")).Start();
        play.Complete("b").Acted.ShouldBe(["after#1"]);
        play.Tasks.ShouldBeEmpty();
        play.Timers.ShouldBeEmpty();
        play.Notes.Count(n => n.Kind == NoteKind.Cancelled).ShouldBe(2);
    }

    [Test]
    public void A_parallel_of_two_goes_on_with_the_second()
    {
        var play = new Play(Parallel("""{"join":"count","count":2}""")).Start();
        play.Complete("b").Acted.ShouldBeEmpty();
        play.Complete("a").Acted.ShouldBe(["after#1"]);
        play.Timers.ShouldBeEmpty();
    }

    [Test]
    public void A_way_without_steps_counts_as_ended()
    {
        var play = new Play(Sop($$$$"""{"id":"p","kind":"parallel","inputs":{"join":"any"},"paths":[{"id":"x","steps":[]},{"id":"y","steps":[{{{{Task("b")}}}}]}]},{{{{Act("after")}}}}""")).Start();
        play.Acted.ShouldBe(["after#1"]);
        play.Tasks.ShouldBeEmpty();
    }

    [Test]
    public void For_each_takes_the_records_one_after_the_other()
    {
        RecordRef one = new("quote", new(1, 0, 0, new byte[8])), two = new("quote", new(2, 0, 0, new byte[8]));
        var play = new Play(Sop($$$$"""{"id":"f","kind":"forEach","inputs":{"type":"quote","via":"opportunity"},"steps":[{{{{Task("t")}}}},{{{{Act("a")}}}}]},{{{{Act("after")}}}}""")) { OnList = _ => [one, two] }.Start();
        play.Effects.OfType<OpenTask>().Single().Items.ShouldBe([one]);
        play.Complete("t").Effects.OfType<OpenTask>().Last().Items.ShouldBe([two]);
        play.Acted.ShouldBe(["a#1"]);
        play.Complete("t").Acted.ShouldBe(["a#1", "a#2", "after#1"]);
    }

    [Test]
    public void For_each_together_keeps_each_records_outputs_apart()
    {
        RecordRef one = new("quote", new(1, 0, 0, new byte[8])), two = new("quote", new(2, 0, 0, new byte[8]));
        var play = new Play(Sop($$$$"""{"id":"f","kind":"forEach","inputs":{"type":"quote","via":"opportunity","together":true},"steps":[{{{{Task("t")}}}},{{{{Task("u")}}}},{"id":"b","kind":"branch","inputs":{},"paths":[{"id":"p","when":{"field":"steps.t.outcome","op":"eq","value":"x"},"steps":[]}]}]}""")) { OnList = _ => [one, two] }.Start();
        play.Give(new TaskEnded(new("t", 1), "x")).Give(new TaskEnded(new("t", 2), "y"));
        var ways = play.State.Root!.Children!;
        ways.Select(w => (w.Item, w.Outputs!["t"]["outcome"]!.GetValue<string>())).ShouldBe([(one, "x"), (two, "y")]);
    }

    [Test]
    public void For_each_over_too_many_records_is_an_incident_and_touches_none()
    {
        var play = new Play(Sop($$$$"""{"id":"f","kind":"forEach","inputs":{"type":"quote","via":"opportunity","max":1},"steps":[{{{{Act("a")}}}}]}""")) { OnList = l => new RecordRef[l.Limit] }.Start();
        play.Incidents.ShouldBe([new At("f", 1)]);
        play.Acted.ShouldBeEmpty();
    }

    [Test]
    public void Repeat_ends_when_its_condition_holds()
    {
        var rounds = 0;
        var play = new Play(Sop($$$$"""{"id":"r","kind":"repeat","inputs":{"until":{{{{Yes}}}},"max":5},"steps":[{{{{Act("a")}}}}]},{{{{Act("after")}}}}""")) { OnEvaluate = _ => [++rounds == 3] }.Start();
        play.Acted.ShouldBe(["a#1", "a#2", "a#3", "after#1"]);
    }

    [Test]
    public void Repeat_is_exhausted_after_its_bound()
    {
        var play = new Play(Sop($$$$"""{"id":"r","kind":"repeat","inputs":{"until":{{{{Yes}}}},"max":2},"steps":[{{{{Act("a")}}}}]}""")).Start();
        play.Acted.Count().ShouldBe(2);
        play.Notes.Last(n => n.Kind == NoteKind.Completed).Outcome.ShouldBe("exhausted");
    }

    [Test]
    public void A_wait_goes_on_when_its_timer_fires()
    {
        var play = new Play(Sop("""{"id":"w","kind":"wait","inputs":{"until":{"in":{"plain":"P30D"}}}}""")).Start();
        play.State.Status.ShouldBe(RunStatus.Running);
        play.Fire("w").State.Status.ShouldBe(RunStatus.Completed);
    }

    [Test]
    public void When_a_wait_is_over_is_left_to_the_calendar()
    {
        var timer = new Play(Sop("""{"id":"w","kind":"wait","inputs":{"until":{"in":{"business":"P3D"}}}}""")).Start().Effects.OfType<SetTimer>().Single();
        timer.DueAt.ShouldBeNull();
        timer.Until!.In.ShouldBe(BusinessDuration.WorkingDays(3));
    }

    private static string WaitFor(string more) =>
        Sop($$$$"""{"id":"w","kind":"waitFor","inputs":{"events":[{"id":"won","on":{"kind":"updated"}}],"within":{"in":{"plain":"P2D"} }{{{{more}}}}},"timedOut":[{{{{Act("late")}}}}]},{"id":"b","kind":"branch","inputs":{},"paths":[{"id":"p","when":{"field":"steps.w.outcome","op":"eq","value":"won"},"steps":[]}]},{{{{Act("after")}}}}""");

    [Test]
    public void The_awaited_event_cancels_the_time_out()
    {
        var play = new Play(WaitFor("")).Start();
        play.Subscriptions.Count.ShouldBe(1);
        play.Give(new EventArrived(play.The("w"), "won"));
        play.Acted.ShouldBe(["after#1"]);
        play.Timers.ShouldBeEmpty();
        play.Subscriptions.ShouldBeEmpty();
    }

    [Test]
    public void The_time_out_goes_its_own_way_and_then_on()
    {
        var play = new Play(WaitFor("")).Start().Fire("w", TimerFor.TimeOut);
        play.Acted.ShouldBe(["late#1", "after#1"]);
        play.Subscriptions.ShouldBeEmpty();
    }

    [Test]
    public void Nothing_is_awaited_that_has_happened_already()
    {
        var play = new Play(WaitFor($$$$""","already":{{{{Yes}}}}""")) { OnEvaluate = e => [true] }.Start();
        play.Acted.ShouldBe(["after#1"]);
        play.Subscriptions.ShouldBeEmpty();
        play.Timers.ShouldBeEmpty();
    }

    [Test]
    public void It_listens_before_it_looks_so_that_nothing_passes_between()
    {
        var play = new Play(WaitFor($$$$""","already":{{{{Yes}}}}""")) { OnEvaluate = e => [false] }.Start();
        play.Effects.FindIndex(e => e is Subscribe).ShouldBeInRange(0, play.Effects.FindIndex(e => e is Evaluate { At.Step: "w" }) - 1);
        play.Subscriptions.Count.ShouldBe(1);
    }

    [Test]
    public void What_cannot_be_looked_at_is_not_listened_to_while_it_waits_for_mending()
    {
        var play = new Play(WaitFor($$$$""","already":{{{{Yes}}}}""")) { OnEvaluate = _ => null }.Start();
        play.Give(new Failed(play.The("w"), FailureClass.Data, new("x")));
        play.Subscriptions.ShouldBeEmpty();
        play.Give(new Retried(play.The("w")));
        play.Subscriptions.Count.ShouldBe(1);
    }

    [Test]
    public void A_called_sop_is_waited_for()
    {
        var play = new Play(Sop($$$$"""{"id":"c","kind":"call","inputs":{"sop":"other"}},{{{{Act("after")}}}}""")).Start();
        play.Children.Count.ShouldBe(1);
        play.Give(new ChildEnded(play.The("c"), "completed")).Acted.ShouldBe(["after#1"]);
    }

    [Test]
    public void A_called_sop_need_not_be_waited_for() =>
        new Play(Sop($$$$"""{"id":"c","kind":"call","inputs":{"sop":"other","wait":false}},{{{{Act("after")}}}}""")).Start().Acted.ShouldBe(["after#1"]);

    [Test]
    public void End_in_a_way_ends_the_whole_run_and_cancels_the_others()
    {
        var play = new Play(Sop($$$$"""{"id":"p","kind":"parallel","inputs":{},"paths":[{"id":"x","steps":[{{{{Task("a")}}}}]},{"id":"y","steps":[{"id":"e","kind":"end","inputs":{"as":"cancelled"}}]},{"id":"z","steps":[{{{{Act("never")}}}}]}]},{{{{Act("after")}}}}""")).Start();
        play.State.Status.ShouldBe(RunStatus.Cancelled);
        play.Tasks.ShouldBeEmpty();
        play.Acted.ShouldBeEmpty();
        play.Finishes.ShouldBe(1);
    }

    [Test]
    public void Cancelling_a_run_takes_back_all_it_waits_for()
    {
        var play = new Play(Parallel("{}")).Start().Give(new Cancelled());
        (play.Tasks.Count + play.Timers.Count).ShouldBe(0);
        play.State.Status.ShouldBe(RunStatus.Cancelled);
    }

    [Test]
    public void A_run_that_waits_in_one_step_is_small()
    {
        var play = new Play(Sop($"{Act("a")},{Act("b")},{Task("firstContact")}")).Start();
        System.Text.Encoding.UTF8.GetByteCount(play.State.Write()).ShouldBeLessThan(120);
    }

    [Test]
    public void Only_outputs_that_later_steps_read_are_kept()
    {
        var play = new Play(Sop($$$$"""{{{{Task("t")}}}},{{{{Task("u")}}}},{"id":"n","kind":"act","inputs":{"text":{"path":"steps.t.answers.budget"}}}""")).Start();
        play.Complete("t", "x", new JsonObject { ["budget"] = 5, ["need"] = "long text" });
        play.State.Outputs!["t"].ToJsonString().ShouldBe("""{"answers":{"budget":5}}""");
    }
}
