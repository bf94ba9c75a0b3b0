using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using static Crm.Workflows.Tests.Engine.Play;

namespace Crm.Workflows.Tests.Engine;

internal sealed class MigrationTests
{
    private static readonly Dictionary<string, string> NoMap = [];

    private static Migrated Move(string from, string to, Dictionary<string, string>? map = null)
    {
        var play = new Play(Sop(from)).Start();
        return Migration.Migrate(play.State, play.Plan, new SopPlan(SopJson.Read(Sop(to))), map ?? NoMap);
    }

    [Test]
    public void A_run_goes_on_in_the_new_version_where_it_stands()
    {
        var to = Sop($"{Act("before")},{Task("t")},{Act("after")}");
        var moved = Move(Task("t"), $"{Act("before")},{Task("t")},{Act("after")}");
        var turn = Crm.Workflows.Engine.Engine.Advance(new SopPlan(SopJson.Read(to)), moved.State!, new TaskEnded(new("t", 1), "done"), T0);
        turn.Effects.OfType<Execute>().Single().At.Step.ShouldBe("after");
    }

    [Test]
    public void A_renamed_step_is_found_by_the_map_and_keeps_what_it_waits_for()
    {
        var moved = Move(Task("t"), Task("u"), new() { ["t"] = "u" });
        moved.Renamed.ShouldBe(new Dictionary<At, At> { [new("t", 1)] = new("u", 1) });
        moved.State!.Leaves.Single().At.ShouldBe(new At("u", 1));
    }

    [TestCase("u", "migrate.stepGone")]
    public void A_step_that_is_gone_is_told(string id, string code) => Move(Task("t"), Task(id)).Problems.Single().Code.ShouldBe(code);

    [Test]
    public void A_step_of_another_kind_is_told() => Move(Task("t"), Act("t")).Problems.Single().Code.ShouldBe("migrate.otherKind");

    [Test]
    public void A_step_that_stands_elsewhere_is_told() =>
        Move(Task("t"), $$$$"""{"id":"r","kind":"repeat","inputs":{"until":{"field":"score","op":"empty"}},"steps":[{{{{Task("t")}}}}]}""").Problems.Single().Code.ShouldBe("migrate.otherPlace");

    private static string WaitFor(string id) => $$$$"""{"id":"w","kind":"waitFor","inputs":{"events":[{"id":"{{{{id}}}}","on":{"kind":"updated"}}]}}""";

    [TestCase("a", true), TestCase("b", false)]
    public void An_event_on_its_way_arrives_where_the_new_version_awaits_it_too(string awaited, bool arrives)
    {
        var to = new SopPlan(SopJson.Read(Sop(WaitFor(awaited))));
        var turn = Crm.Workflows.Engine.Engine.Advance(to, Move(WaitFor("a"), WaitFor(awaited)).State!, new EventArrived(new("w", 1), "a"), T0);
        turn.Ignored?.Code.ShouldBe(arrives ? null : "engine.notAwaited");
        (turn.State.Status == RunStatus.Completed).ShouldBe(arrives);
    }

    [Test]
    public void Other_awaited_events_are_subscribed_anew()
    {
        Move(WaitFor("a"), WaitFor("a")).Effects.ShouldBeEmpty();
        Move(WaitFor("a"), WaitFor("b")).Effects.Select(e => e.GetType()).ShouldBe([typeof(Unsubscribe), typeof(Subscribe)]);
    }
}
