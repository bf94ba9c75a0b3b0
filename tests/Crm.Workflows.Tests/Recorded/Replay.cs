using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using EngineCore = Crm.Workflows.Engine.Engine;

namespace Crm.Workflows.Tests.Recorded;

/// <summary>Plays what a history was given, one piece after the other: the run's stimuli, the acts on its approvals and its tasks.</summary>
internal static class Replay
{
    public static IEnumerable<(JsonObject Given, Func<JsonObject> Decides)> Of(JsonObject history)
    {
        var plan = new SopPlan(SopJson.Read(history["sop"]!.ToJsonString()));
        return Turns(plan, Pieces(history["turns"])).Concat(Pieces(history["approvals"]).SelectMany(a => Approval(plan, a))).Concat(Pieces(history["tasks"]).SelectMany(t => Task(plan, t)));
    }

    private static IEnumerable<(JsonObject, Func<JsonObject>)> Turns(SopPlan plan, IEnumerable<JsonObject> turns)
    {
        var state = RunState.New();
        foreach (var turn in turns)
            yield return (turn, () =>
            {
                var taken = EngineCore.Advance(plan, state, turn["stimulus"].Deserialize<Stimulus>(ContractJson.Options)!, Now(turn));
                // Through its stored form, as between two turns.
                state = RunState.Read(taken.State.Write());
                return taken.Ignored is { } why
                    ? new() { ["ignored"] = why.Code }
                    : new() { ["state"] = JsonNode.Parse(state.Write()), ["effects"] = new JsonArray([.. taken.Effects.Select(e => JsonSerializer.SerializeToNode(e, ContractJson.Options))]) };
            });
    }

    private static IEnumerable<(JsonObject, Func<JsonObject>)> Approval(SopPlan plan, JsonObject given)
    {
        var step = (ApprovalStep)plan[given["step"]!.GetValue<string>()];
        var terms = ApprovalTerms.Of(step);
        Approval? state = null;
        foreach (var act in Pieces(given["acts"]))
            yield return (act, () => Told(state is null
                ? ApprovalRules.Begin(given["initiator"]!.GetValue<Guid>(), step.Stages, terms, Now(act))
                : ApprovalRules.Act(state, terms, Act<ApprovalDo>(act), Now(act)), next => state = next));
    }

    private static IEnumerable<(JsonObject, Func<JsonObject>)> Task(SopPlan plan, JsonObject given)
    {
        var form = TaskForm.Of((TaskStep)plan[given["step"]!.GetValue<string>()]);
        var state = given["task"].Deserialize<TaskState>(ContractJson.Options)!;
        foreach (var act in Pieces(given["acts"]))
            yield return (act, () => Told(TaskRules.Act(state, form, Act<TaskDo>(act), Now(act)), next => state = next));
    }

    private static JsonObject Told<TState, TEvent>(Acted<TState, TEvent> acted, Action<TState> keep)
    {
        if (acted.Refused is { } refused) return new() { ["refused"] = refused.Code, ["fields"] = new JsonArray([.. acted.Fields.Select(f => (JsonNode)$"{f.Key}: {f.Code}")]) };
        var stored = JsonSerializer.SerializeToNode(acted.State, ContractJson.Options)!;
        keep(stored.Deserialize<TState>(ContractJson.Options)!);
        return new()
        {
            ["state"] = stored,
            ["events"] = new JsonArray([.. acted.Events.Select(e => new JsonObject { [e!.GetType().Name] = JsonSerializer.SerializeToNode(e, e.GetType(), ContractJson.Options) })]),
        };
    }

    /// <summary>An act by its name, with what it takes.</summary>
    private static TAct Act<TAct>(JsonObject act) =>
        (TAct)JsonSerializer.Deserialize(act["with"]!, typeof(TAct).GetNestedType(act["do"]!.GetValue<string>(), System.Reflection.BindingFlags.NonPublic)!, ContractJson.Options)!;

    private static IEnumerable<JsonObject> Pieces(JsonNode? array) => (array as JsonArray ?? []).Select(p => p!.AsObject());

    private static DateTime Now(JsonObject given) => DateTime.Parse(given["now"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
