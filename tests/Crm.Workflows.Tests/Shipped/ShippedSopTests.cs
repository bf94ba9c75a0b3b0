using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Tests.Engine;

namespace Crm.Workflows.Tests.Shipped;

/// <summary>The shipped SOPs, played without a database.</summary>
internal sealed class ShippedSopTests
{
    [TestCaseSource(typeof(ShippedSops), nameof(ShippedSops.Keys))]
    public void A_shipped_sop_reads_and_writes_without_loss(string key)
    {
        var sop = SopJson.Read(ShippedSops.Read(key));
        sop.Key.ShouldBe(key);
        SopJson.Write(SopJson.Read(SopJson.Write(sop))).ShouldBe(SopJson.Write(sop));
    }

    [Test]
    public void A_lead_that_is_interested_is_qualified()
    {
        var play = PlayOf("lead-assignment").Start();
        play.Acted.ShouldBe(["assign#1", "begin#1"]);
        play.Complete("contact", "interested");
        play.Acted.ShouldBe(["assign#1", "begin#1", "qualify#1", "convert#1"]);
        play.State.Status.ShouldBe(RunStatus.Completed);
    }

    [Test]
    public void A_lead_not_reached_is_tried_again_at_its_next_time()
    {
        var play = PlayOf("lead-assignment").Start();
        play.Complete("contact", "notReached");
        play.Effects.OfType<SetTimer>().Single().Until!.Path.ShouldBe("nextTryAt");
        play.Fire("nextTry");
        play.The("contact").Visit.ShouldBe(2);
        play.Complete("contact", "invalid").Acted.ShouldContain("close#1");
    }

    [Test]
    public void After_five_tries_the_lead_is_closed_and_the_superior_told()
    {
        var play = PlayOf("lead-assignment").Start();
        for (var i = 0; i < 5; i++) play.Complete("contact", "notReached").Fire("nextTry");
        play.Acted.ShouldBe(["assign#1", "begin#1", "giveUp#1", "tellSuperior#1"]);
        play.State.Status.ShouldBe(RunStatus.Completed);
    }

    [TestCase("approved", "approve#1")]
    [TestCase("rejected", "reject#1")]
    [TestCase("returned", "rework#1")]
    [TestCase("withdrawn", "withdraw#1")]
    public void The_quote_follows_its_approval(string outcome, string acted)
    {
        var play = PlayOf("quote-approval").Start();
        play.Give(new ApprovalEnded(play.The("approval"), outcome));
        play.Acted.First().ShouldBe(acted);
        play.State.Status.ShouldBe(RunStatus.Completed);
    }

    [Test]
    public void An_answer_ends_the_follow_up_whatever_is_open()
    {
        var play = PlayOf("follow-up").Start().Fire("threeDays");
        play.Tasks.Count.ShouldBe(1);
        play.Give(new EventArrived(play.The("answer"), "closed"));
        play.State.Status.ShouldBe(RunStatus.Completed);
        (play.Tasks.Count + play.Timers.Count + play.Subscriptions.Count).ShouldBe(0);
    }

    [Test]
    public void Without_an_answer_the_superior_is_told()
    {
        var play = PlayOf("follow-up").Start().Fire("threeDays").Fire("eightDays").Fire("tenDays");
        play.Acted.ShouldBe(["tellSuperior#1"]);
        play.Complete("firstReminder").Complete("secondReminder").State.Status.ShouldBe(RunStatus.Completed);
        play.Subscriptions.ShouldBeEmpty();
    }

    [Test]
    public void A_quote_that_is_answered_already_is_not_followed_up() =>
        Holding(PlayOf("follow-up")).Start().State.Status.ShouldBe(RunStatus.Completed);

    [Test]
    public void An_unhappy_customer_is_told_to_the_superior()
    {
        var play = PlayOf("return-visit").Start().Fire("month");
        play.Complete("visit", "done", new JsonObject { ["satisfaction"] = "bad" });
        play.Acted.ShouldBe(["tellSuperior#1"]);
    }

    internal static Sop Sop(string key) => SopJson.Read(ShippedSops.Read(key));

    /// <summary>Evaluates conditions over outputs for real; conditions over the record do not hold.</summary>
    private static Play PlayOf(string key)
    {
        var play = new Play(SopJson.Read(ShippedSops.Read(key)));
        play.OnEvaluate = e => [.. e.Conditions.Select(c => Conditions.Evaluate(c, new OutputsOnly(play, false)).Met)];
        return play;
    }

    private static Play Holding(Play play)
    {
        play.OnEvaluate = e => [.. e.Conditions.Select(c => Conditions.Evaluate(c, new OutputsOnly(play, true)).Met)];
        return play;
    }

    private sealed class OutputsOnly(Play play, bool record) : IFacts
    {
        public (bool, JsonNode?) Record(System.Text.Json.JsonElement leaf) => (record, null);
        public (bool, JsonNode?) Item(System.Text.Json.JsonElement leaf) => (record, null);

        public JsonNode? Output(string path) => play.State.Output(At.Run, path);
    }
}
