using Crm.Workflows.Definition;
using Crm.Workflows.Definition.Described;
using static Crm.Workflows.Tests.Engine.Play;

namespace Crm.Workflows.Tests.Definition;

internal sealed class SopDiffTests
{
    private static string[] Compare(string before, string after) =>
        [.. SopDiff.Compare(SopJson.Read(Sop(before)), SopJson.Read(Sop(after))).Select(d => $"{d.Step} {d.Difference} {string.Join(",", d.Inputs)}".Trim())];

    [Test]
    public void Equal_versions_do_not_differ() => Compare(Task("t"), Task("t")).ShouldBeEmpty();

    [Test]
    public void Added_removed_and_moved_steps_are_told() =>
        Compare($"{Act("a")},{Act("b")},{Act("c")}", $"{Act("a")},{Act("c")},{Act("b")},{Act("d")}").ShouldBe(["c Moved", "b Moved", "d Added"]);

    [Test]
    public void A_changed_step_names_what_changed()
    {
        Compare(Task("t"), Task("t").Replace("\"T\"", "\"U\"")).ShouldBe(["t Changed inputs.title"]);
        Compare(Branch("x"), Branch("y")).ShouldBe(["b Changed paths.p.when"]);
        static string Branch(string value) => $$$$"""{"id":"b","kind":"branch","inputs":{},"paths":[{"id":"p","when":{"field":"name","op":"eq","value":"{{{{value}}}}"},"steps":[]}]}""";
    }

    [Test]
    public void The_schema_knows_every_kind_and_input_by_its_description()
    {
        var schema = SopSchema.Make(new StepCatalogue([.. Acting.All, TestWorld.LeadsAssign]));
        var steps = schema["$defs"]!["step"]!["oneOf"]!.AsArray();
        steps.Count.ShouldBe(StepCatalogue.Engine.Count + Acting.All.Count + 1);
        var assign = steps.Single(s => s!["properties"]!["kind"]!["const"]!.GetValue<string>() == "leads.assign")!;
        assign["properties"]!["inputs"]!["properties"]!.AsObject().Select(p => p.Key).ShouldBe(["rules", "default"]);
        steps.Single(s => s!["properties"]!["kind"]!["const"]!.GetValue<string>() == "repeat")!["properties"]!["inputs"]!["properties"]!["max"]!["maximum"]!.GetValue<decimal>().ShouldBe(100);
    }
}
