using System.Text.Json.Nodes;

namespace Crm.Workflows.Tests.Engine;

/// <summary>Makes any sound SOP out of choices: every kind of step, nested.</summary>
internal sealed class RandomSop(Choices choices)
{
    private int ids;

    public string Make() => new JsonObject
    {
        ["key"] = "random",
        ["name"] = new JsonObject { ["zh"] = "随", ["en"] = "Random" },
        ["record"] = "lead",
        ["triggers"] = new JsonArray(),
        ["steps"] = Steps(3),
    }.ToJsonString();

    private JsonArray Steps(int depth)
    {
        var steps = new JsonArray();
        for (var count = choices.Below(4) + (depth == 3 ? 1 : 0); count > 0; count--) steps.Add(Step(depth));
        return steps;
    }

    private JsonObject Step(int depth)
    {
        var id = $"s{++ids}";
        JsonObject Plain(string kind, string inputs) => new() { ["id"] = id, ["kind"] = kind, ["inputs"] = JsonNode.Parse(inputs) };
        JsonObject With(JsonObject step, string key, JsonNode inner)
        {
            step[key] = inner;
            return step;
        }
        return choices.Below(depth > 0 ? 13 : 7) switch
        {
            0 or 1 => Plain("act", $$$"""{"seen":{"path":"steps.s{{{1 + choices.Below(ids)}}}.outcome"}}"""),
            2 => Plain("task", """{"assignee":{"by":"owner"},"title":"T"}"""),
            3 => Plain("wait", choices.Coin() ? """{"until":{"in":{"plain":"PT1H"}}}""" : """{"until":{"in":{"business":"PT1H"}}}"""),
            4 => Plain("approval", """{"title":"A","stages":[]}"""),
            5 => Plain("call", choices.Coin() ? """{"sop":"x"}""" : """{"sop":"x","wait":false}"""),
            6 => choices.Below(4) == 0 ? Plain("end", "{}") : Plain("act", "{}"),
            7 or 8 => With(Plain("parallel", choices.Below(3) switch { 0 => "{}", 1 => """{"join":"any"}""", _ => """{"join":"count","count":2}""" }), "paths", Ways(depth - 1, 2 + choices.Below(2), false)),
            9 => With(With(Plain("branch", choices.Coin() ? """{"match":"first"}""" : """{"match":"all"}"""), "paths", Ways(depth - 1, 1 + choices.Below(2), true)), "else", Steps(depth - 1)),
            10 => With(Plain("forEach", choices.Coin() ? """{"type":"quote","via":"lead","max":3}""" : """{"type":"quote","via":"lead","max":3,"together":true}"""), "steps", Steps(depth - 1)),
            11 => With(Plain("repeat", """{"until":{"field":"score","op":"gt","value":1},"max":3}"""), "steps", Steps(depth - 1)),
            _ => With(Plain("waitFor", choices.Coin() ? """{"events":[{"id":"e","on":{"kind":"updated"}}],"within":{"in":{"plain":"PT1H"}}}""" : """{"events":[{"id":"e","on":{"kind":"updated"}}],"already":{"field":"score","op":"gt","value":1}}"""), "timedOut", Steps(depth - 1)),
        };
    }

    private JsonArray Ways(int depth, int count, bool conditions)
    {
        var ways = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var way = new JsonObject { ["id"] = $"w{++ids}", ["steps"] = Steps(depth) };
            if (conditions) way["when"] = JsonNode.Parse("""{"field":"score","op":"gt","value":1}""");
            ways.Add(way);
        }
        return ways;
    }
}
