using System.Text.Json;
using Crm.Shared.Problems;
using Crm.Workflows.Definition.Validation;

namespace Crm.Workflows.Tests.Definition;

/// <summary>What is wrong with a trigger is told at publish, in both languages.</summary>
internal sealed class TriggerValidationTests
{
    private const string Note = """{"id":"n","kind":"updateFields","inputs":{"fields":{"note":{"path":"run.payload.x"}}}}""";

    [TestCase("""[{"kind":"form","inputs":{"form":"gone"}}]""", "", "sop.unknownRecord", "triggers[0].inputs.form")]
    [TestCase("""[{"kind":"segmentEntered","inputs":{"segment":"gone"}}]""", "", "sop.unknownRecord", "triggers[0].inputs.segment")]
    [TestCase("""[{"kind":"segmentEntered"}]""", "", "sop.required", "triggers[0].inputs.segment")]
    [TestCase("""[{"kind":"slaWarning"}]""", "", "sop.wrongRecordType", "triggers[0].kind")]
    [TestCase("""[{"kind":"mailOpened","inputs":{"template":"gone"}}]""", "", "sop.unknownMailTemplate", "triggers[0].inputs.template")]
    [TestCase("""[{"kind":"webhook","inputs":{}}]""", "", "sop.required", "triggers[0].inputs.name")]
    [TestCase("""[{"kind":"webhook","inputs":{"name":"a"}},{"kind":"webhook","inputs":{"name":"b"}}]""", "", "sop.oneWebhook", "triggers")]
    [TestCase("""[{"kind":"webhook","inputs":{"name":"a","fields":{"colour":"red"}}}]""", "", "sop.unknownField", "triggers[0].inputs.fields.colour")]
    [TestCase("""[{"kind":"webhook","inputs":{"name":"a","fields":{"name":{"path":"run.payload.name"}},"match":"phone"}}]""", "", "sop.matchNotWritten", "triggers[0].inputs.match")]
    [TestCase("""[{"kind":"webhook","inputs":{"name":"a","missing":"shrug"}}]""", "", "sop.badChoice", "triggers[0].inputs.missing")]
    [TestCase("""[{"kind":"created"}]""", Note, "sop.noPayload", "steps[0].inputs.fields.note")]
    [TestCase("""[{"kind":"created","reentry":"sometimes"}]""", "", "sop.badReentry", "triggers[0].reentry")]
    [TestCase("""[{"kind":"created","filter":{"field":"colour","op":"eq","value":1}}]""", "", "sop.badFilter", "triggers[0].filter.field")]
    [TestCase("""[{"kind":"updated","inputs":{"fields":["colour"]}}]""", "", "sop.unknownField", "triggers[0].inputs.fields")]
    [TestCase("""[{"kind":"updated","inputs":{"fields":["status","note"],"to":"new"}}]""", "", "sop.oneFieldOnly", "triggers[0].inputs.to")]
    [TestCase("""[{"kind":"stageEntered","inputs":{"to":"won"}}]""", "", "sop.unknownField", "triggers[0].inputs.field")]
    [TestCase("""[{"kind":"dateField","inputs":{"field":"name"}}]""", "", "sop.notDate", "triggers[0].inputs.field")]
    [TestCase("""[{"kind":"schedule","inputs":{"cron":"every day"}}]""", "", "sop.badCron", "triggers[0].inputs.cron")]
    [TestCase("""[{"kind":"noActivity","inputs":{"for":"a week"}}]""", "", "sop.badInput", "triggers[0].inputs.for")]
    [TestCase("""[{"kind":"telepathy"}]""", "", "sop.unknownTrigger", "triggers[0].kind")]
    public void A_wrong_trigger_is_told_with_its_place(string triggers, string steps, string code, string path)
    {
        using var json = JsonDocument.Parse($$"""{"key":"test","name":{"zh":"测","en":"Test"},"record":"lead","triggers":{{triggers}},"steps":[{{steps}}]}""");
        var problem = new SopValidator(TestWorld.Make()).Validate(json.RootElement).ShouldHaveSingleItem();
        (problem.Code, problem.Path, problem.Severity).ShouldBe((code, path, Severity.Error));
        var said = problem.Said.In(new Texts([typeof(SopValidator).Assembly, typeof(Texts).Assembly]));
        said.Zh.ShouldNotBe(said.En);
        said.En.ShouldNotContain("sop.");
    }

    [Test]
    public void What_the_trigger_tells_may_be_read()
    {
        using var json = JsonDocument.Parse($$$"""{"key":"test","name":{"zh":"测","en":"Test"},"record":"lead","triggers":[{"kind":"webhook","inputs":{"name":"a"}}],"steps":[{{{Note}}}]}""");
        new SopValidator(TestWorld.Make()).Validate(json.RootElement).ShouldBeEmpty();
    }
}
