using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using EngineCore = Crm.Workflows.Engine.Engine;

namespace Crm.Workflows.Tests.Engine;

internal sealed class RecordingTests
{
    [Test]
    public void A_history_written_as_json_decides_again_as_it_did()
    {
        var play = new Play(Crm.Workflows.Tests.Shipped.ShippedSopTests.Sop("return-visit"));
        Stimulus[] history =
        [
            new Started(), new TimerFired(new("month", 1), TimerFor.Wait),
            new TaskEnded(new("visit", 1), "done", new JsonObject { ["answers"] = new JsonObject { ["satisfaction"] = "bad" } }, new("好", "Good")),
            new Evaluated(new("mood", 1), [true]), new Failed(new("tellSuperior", 1), FailureClass.Data, new("test.down", 3, new Crm.Shared.Records.Label("一", "one"))),
            new Retried(new("tellSuperior", 1), new JsonObject { ["title"] = "x" }), new Executed(new("tellSuperior", 1)),
        ];
        var read = JsonSerializer.Deserialize<Stimulus[]>(JsonSerializer.Serialize(history, ContractJson.Options), ContractJson.Options)!;
        var (first, again) = (Run(play, history), Run(play, read));
        again.ShouldBe(first);
        first.ShouldContain("\"$type\":\"finish\"");
    }

    private static string Run(Play play, IEnumerable<Stimulus> history)
    {
        var (state, told) = (RunState.New(), new System.Text.StringBuilder());
        foreach (var stimulus in history)
        {
            var turn = EngineCore.Advance(play.Plan, state, stimulus, Play.T0);
            turn.Ignored.ShouldBeNull();
            state = turn.State;
            told.AppendLine(state.Write()).AppendLine(JsonSerializer.Serialize(turn.Effects, ContractJson.Options));
        }
        return told.ToString();
    }
}
