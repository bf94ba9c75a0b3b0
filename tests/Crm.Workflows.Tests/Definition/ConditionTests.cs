using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Records.Filters;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Definition.Described;

namespace Crm.Workflows.Tests.Definition;

internal sealed class ConditionTests
{
    private static readonly Dictionary<string, object?> Lead = new() { ["score"] = 80L, ["status"] = "new", ["name"] = "王芳" };
    private static readonly JsonObject Steps = JsonNode.Parse("""{"contact":{"outcome":"interested","answers":{"budget":5000,"tags":["a","b"]}}}""")!.AsObject();

    private static JsonNode? Output(string path)
    {
        JsonNode? node = path == "run.initiator" ? "me" : Steps;
        foreach (var part in path.Split('.')[1..]) node = node is JsonObject inner ? inner[part] : node;
        return node;
    }

    private static (bool Met, IReadOnlyList<ConditionCheck> Checks) Evaluate(string condition)
    {
        var catalogue = TestWorld.Make().Catalogue;
        var facts = new Facts(catalogue, new(catalogue["lead"], Lead.GetValueOrDefault), new(catalogue["quote"], p => p == "title" ? "Q" : null), Output, new FilterContext(null, null, Engine.Play.T0, TimeZoneInfo.Utc));
        return Conditions.Evaluate(JsonSerializer.Deserialize<JsonElement>(condition), facts);
    }

    [TestCase("""{"field":"score","op":"gt","value":50}""", true)]
    [TestCase("""{"field":"steps.contact.outcome","op":"in","value":["interested","invalid"]}""", true)]
    [TestCase("""{"field":"steps.contact.answers.budget","op":"gte","value":5000}""", true)]
    [TestCase("""{"field":"steps.contact.answers.budget","op":"between","value":[1,4000]}""", false)]
    [TestCase("""{"field":"steps.contact.answers.tags","op":"contains","value":"b"}""", true)]
    [TestCase("""{"field":"steps.contact.answers.none","op":"empty"}""", true)]
    [TestCase("""{"field":"steps.contact.answers.none","op":"lt","value":3}""", false)]
    [TestCase("""{"field":"steps.contact.answers.none","op":"ne","value":3}""", true)]
    [TestCase("""{"field":"item.title","op":"eq","value":"Q"}""", true)]
    [TestCase("""{"and":[{"field":"status","op":"eq","value":"new"},{"not":{"field":"steps.contact.outcome","op":"eq","value":"invalid"}}]}""", true)]
    [TestCase("""{"or":[{"field":"status","op":"eq","value":"invalid"},{"field":"run.initiator","op":"eq","value":"you"}]}""", false)]
    public void Conditions_ask_record_item_and_outputs_alike(string condition, bool met) => Evaluate(condition).Met.ShouldBe(met);

    [Test]
    public void Each_condition_is_explained_with_the_value_it_met()
    {
        var check = Evaluate("""{"field":"score","op":"gt","value":90}""").Checks.Single();
        (check.Path, check.Op, check.Wanted!.ToJsonString(), check.Actual!.ToJsonString(), check.Met).ShouldBe(("score", "gt", "90", "80", false));
    }

    [Test]
    public void Inputs_resolve_to_values_texts_and_defaults()
    {
        var values = new InputValues(new Templates(), path => Lead.TryGetValue(path, out var v) ? JsonSerializer.SerializeToNode(v) : Output(path));
        var inputs = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"fields":{"note":{"template":"{{name}}: {{steps.contact.outcome}}"},"budget":{"path":"steps.contact.answers.budget"},"status":"qualified","need":{"path":"none.of"}}}""")!;
        values.Resolve(Acting.UpdateFields, inputs, null)["fields"].GetRawText().ShouldBe("""{"note":"王芳: interested","budget":5000,"status":"qualified","need":null}""".Replace("王芳", "\\u738B\\u82B3"));
        values.Resolve(Acting.Score, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"add":1}""")!, new JsonObject { ["add"] = 2 }).Select(v => $"{v.Key}={v.Value}").ShouldBe(["field=score", "add=2"]);
    }

    [TestCase("Hello {{name}}", "name")]
    [TestCase("{{#if customer.name}}{{customer.name}}{{else}}{{phone}}{{/if}}", "customer.name,phone")]
    [TestCase("{{#each lines}}{{title}}{{/each}} {{total}}", "lines,total")]
    [TestCase("{{! a remark }}plain", "")]
    public void A_template_tells_what_it_names(string template, string names) => string.Join(",", Templates.Names(template)).ShouldBe(names);

    [TestCase("{{customer}} / {{customer.name}}", "星海 / 星海科技")]
    [TestCase("{{customer.name}} / {{customer}}", "星海科技 / 星海")]
    [TestCase("{{#if customer}}{{customer.name}}{{else}}-{{/if}}", "星海科技")]
    [TestCase("{{#if other}}x{{else if customer}}{{customer}}{{/if}}", "星海")]
    [TestCase("{{customer.order_no}}", "")]
    public void A_name_and_a_longer_one_that_begins_with_it_both_show_their_values(string template, string text) =>
        new Templates().Render(template, path => path switch { "customer" => "星海", "customer.name" => "星海科技", _ => null }).ShouldBe(text);

    [Test]
    public void Templates_see_values_and_nothing_else()
    {
        var templates = new Templates();
        templates.Render("{{name.Length}}|{{phone}}", p => p == "phone" ? "123" : null).ShouldBe("|123");
        templates.Render("<b>{{name}}</b>", _ => "a&b").ShouldBe("<b>a&b</b>");
        Should.Throw<StepFailure>(() => templates.Render("{{#each lines}}{{gone}}{{/each}}", _ => new JsonArray(new JsonObject { ["x"] = 1 })));
    }
}
