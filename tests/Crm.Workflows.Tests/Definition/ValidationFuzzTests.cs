using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Workflows.Definition;
using Crm.Workflows.Definition.Validation;

namespace Crm.Workflows.Tests.Definition;

/// <summary>Whatever stands in a draft is told; nothing in it makes the check fail.</summary>
internal sealed class ValidationFuzzTests
{
    private static readonly string[] Wrong = ["null", "true", "1e30", "-1", "\"\"", "[]", "[null]", "{}", """{"x":1}""", $"\"{new string('长', 50_000)}\"", """{"path":1}""", """{"template":"{{#if"}"""];

    /// <summary>What the shipped ones do not use.</summary>
    private const string Rare = """
        {"key":"rare","name":{"zh":"x","en":"x"},"record":"lead","triggers":[{"kind":"created"}],"steps":[
          {"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","mode":"vote","weights":{"rep":2},"due":{"business":"P1D"},"remind":2,"remindEvery":{"business":"PT1H"},
             "approvers":{"by":"leastLoad","among":[{"by":"users","users":["00000000-0000-0000-0000-000000000001"]}],"else":{"by":"superior","of":{"by":"owner"},"level":2}}}]}},
          {"id":"both","kind":"parallel","inputs":{"join":"count","count":1},"paths":[{"id":"a","steps":[]},{"id":"b","steps":[{"id":"late","kind":"wait","inputs":{"for":{"plain":"P1D"}}}]}]},
          {"id":"hear","kind":"waitFor","inputs":{"events":[{"id":"won","on":{"kind":"updated","inputs":{"fields":["status"],"to":"qualified"},"filter":{"field":"name","op":"eq","value":"x"}}}],"within":{"in":{"plain":"P1D"}}},"timedOut":[]}]}
        """;

    [Test]
    public void Any_member_of_a_shipped_sop_may_hold_anything()
    {
        var validator = new SopValidator(TestWorld.Make());
        var (met, failed) = (new HashSet<string>(), new List<string>());
        foreach (var whole in ShippedSops.Keys.SelectMany(key => StepByStep(JsonSerializer.SerializeToNode(ShippedSops.Read(key))!)).Append(JsonNode.Parse(Rare)!))
            // One of each input of each kind of step is enough.
            foreach (var place in Places(whole).Where(p => met.Add(Kind(whole, p))).ToList())
                foreach (var wrong in Wrong)
                {
                    var before = Exchange(whole, place, JsonNode.Parse(wrong));
                    try { validator.Validate(JsonSerializer.SerializeToElement(whole)); }
                    catch (Exception e) { failed.Add($"{Kind(whole, place)} = {(wrong.Length > 40 ? "a long text" : wrong)}: {e.GetType().Name} {e.StackTrace!.Split('\n').FirstOrDefault(l => l.Contains("Crm.", StringComparison.Ordinal))?.Trim()}"); }
                    Exchange(whole, place, before);
                }
        met.Count.ShouldBeGreaterThan(100);
        failed.ShouldBeEmpty();
    }

    /// <summary>An SOP of one step each, which is read sooner.</summary>
    private static IEnumerable<JsonNode> StepByStep(JsonNode sop) => sop["steps"]!.AsArray().Select(step =>
    {
        var one = sop.DeepClone();
        one["steps"] = new JsonArray(step!.DeepClone());
        return one;
    }).ToList();

    /// <summary>The place seen from the innermost step, numbers left out.</summary>
    private static string Kind(JsonNode whole, object[] place)
    {
        var (node, kind) = (whole, "");
        for (var i = 0; i < place.Length; i++)
        {
            if (node is JsonObject step && step["kind"] is JsonValue said) kind = said.ToString();
            kind += place[i] is string key ? "/" + key : "/#";
            node = node is JsonObject inner ? inner[(string)place[i]] : (node as JsonArray)?[(int)place[i]];
        }
        return kind;
    }

    private static IEnumerable<object[]> Places(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(m => Places(m.Value).Select(p => (object[])[m.Key, .. p]).Prepend([m.Key])),
        JsonArray list => list.SelectMany((one, i) => Places(one).Select(p => (object[])[i, .. p]).Prepend([i])),
        _ => [],
    };

    private static JsonNode? Exchange(JsonNode whole, object[] place, JsonNode? value)
    {
        var holder = place[..^1].Aggregate(whole, (node, step) => step is string key ? node[key]! : node[(int)step]!);
        var before = place[^1] is string name ? holder[name] : holder[(int)place[^1]];
        if (place[^1] is string member) holder[member] = value;
        else holder[(int)place[^1]] = value;
        return before;
    }
}
