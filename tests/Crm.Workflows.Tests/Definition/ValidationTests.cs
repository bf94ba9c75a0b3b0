using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Definition.Described;
using Crm.Workflows.Definition.Validation;

namespace Crm.Workflows.Tests.Definition;

internal sealed class ValidationTests
{
    [TestCaseSource(typeof(ShippedSops), nameof(ShippedSops.Keys))]
    public void Shipped_sops_are_sound(string key) =>
        new SopValidator(TestWorld.Make()).Validate(ShippedSops.Read(key)).Select(p => $"{p.Severity} {p.Step} {p.Path} {p.Code}").ShouldBeEmpty();

    private const string Owner = """{"by":"owner","else":{"by":"role","role":"salesDirector"}}""";
    private const string T = """{"id":"t","kind":"task","inputs":{"assignee":OWNER,"title":"T","form":[{"key":"need","field":"need"}],"outcomes":[{"key":"yes","label":{"zh":"是","en":"Yes"}}]}}""";
    private const string Act = """{"id":"a","kind":"updateFields","inputs":{"fields":{"note":"x"}}}""";

    [TestCase("""{"id":"x","kind":"fly","inputs":{}}""", "sop.unknownKind", "steps[0].kind")]
    [TestCase("""{"id":"X-1","kind":"end","inputs":{}}""", "sop.badId", "steps[0].id")]
    [TestCase("ACT,ACT", "sop.doubleId", "steps[1].id")]
    [TestCase("""{"id":"aB","kind":"updateFields","inputs":{"fields":{"note":"x"}}},{"id":"ab","kind":"updateFields","inputs":{"fields":{"note":"x"}}}""", "sop.doubleId", "steps[1].id")]
    [TestCase("""{"id":"x","kind":"task","inputs":{"assignee":OWNER,"title":"T","outcomes":[{"key":"yesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyes","label":{"zh":"是","en":"Yes"}}]}}""", "field.tooLong", "steps[0].inputs.outcomes[0].key")]
    [TestCase("""{"id":"x","kind":"end","inputs":{},"steps":[]}""", "sop.unknownMember", "steps[0].steps")]
    [TestCase("""{"id":"x","kind":"updateFields","inputs":{"fields":{"colour":"red"}}}""", "sop.unknownField", "steps[0].inputs.fields.colour")]
    [TestCase("""{"id":"x","kind":"updateFields","inputs":{"fields":{"status":"sold"}}}""", "sop.badValue", "steps[0].inputs.fields.status")]
    [TestCase("""{"id":"x","kind":"updateFields","inputs":{"fields":{"note":{"path":"custmer.name"}}}}""", "sop.unknownField", "steps[0].inputs.fields.note")]
    [TestCase("""{"id":"x","kind":"updateFields","inputs":{}}""", "sop.required", "steps[0].inputs.fields")]
    [TestCase("""{"id":"x","kind":"score","inputs":{"add":"much"}}""", "sop.badInput", "steps[0].inputs.add")]
    [TestCase("""{"id":"x","kind":"score","inputs":{"add":5000}}""", "sop.outOfRange", "steps[0].inputs.add")]
    [TestCase("""{"id":"x","kind":"robot","inputs":{"channel":"icq","url":"u","text":"t"}}""", "sop.badChoice", "steps[0].inputs.channel")]
    [TestCase("""{"id":"x","kind":"notify","inputs":{"to":{"by":"role","role":"king"},"title":"T"}}""", "sop.unknownRole", "steps[0].inputs.to.role")]
    [TestCase("""{"id":"x","kind":"notify","inputs":{"to":{"by":"magic"},"title":"T"}}""", "sop.badPeople", "steps[0].inputs.to")]
    [TestCase("""{"id":"x","kind":"notify","inputs":{"to":OWNER,"title":"Hello {{nam}}"}}""", "sop.unknownField", "steps[0].inputs.title")]
    [TestCase("""{"id":"x","kind":"notify","inputs":{"to":OWNER,"title":"Hello {{#if name}}"}}""", "sop.badTemplate", "steps[0].inputs.title")]
    [TestCase("""{"id":"x","kind":"notify","inputs":{"to":OWNER,"title":"{{item.name}}"}}""", "sop.itemOutside", "steps[0].inputs.title")]
    [TestCase("""{"id":"x","kind":"mail","inputs":{"to":{"path":"email"},"template":"none"}}""", "sop.unknownMailTemplate", "steps[0].inputs.template")]
    [TestCase("""{"id":"x","kind":"call","inputs":{"sop":"none"}}""", "sop.unknownSop", "steps[0].inputs.sop")]
    [TestCase("""{"id":"x","kind":"call","inputs":{"sop":"back"}}""", "sop.callsInCircle", "")]
    [TestCase("""{"id":"x","kind":"wait","inputs":{"until":{"in":{"plain":"-P1D"}}}}""", "sop.past", "steps[0].inputs.until.in")]
    [TestCase("""{"id":"x","kind":"wait","inputs":{"until":{"path":"createdAt"}}}""", "sop.past", "steps[0].inputs.until")]
    [TestCase("""{"id":"x","kind":"wait","inputs":{"until":{"path":"name"}}}""", "sop.notDate", "steps[0].inputs.until.path")]
    [TestCase("""{"id":"x","kind":"repeat","inputs":{"until":{"field":"score","op":"gt","value":1},"max":5000},"steps":[ACT]}""", "sop.outOfRange", "steps[0].inputs.max")]
    [TestCase("""{"id":"x","kind":"branch","inputs":{},"paths":[]}""", "sop.noWays", "steps[0].paths")]
    [TestCase("""{"id":"x","kind":"branch","inputs":{},"paths":[{"id":"p","when":{"field":"colour","op":"eq","value":1},"steps":[]}]}""", "sop.badFilter", "steps[0].paths[0].when.field")]
    [TestCase("""{"id":"x","kind":"branch","inputs":{},"paths":[{"id":"p","steps":[]}]}""", "sop.required", "steps[0].paths[0].when")]
    [TestCase("""{"id":"x","kind":"parallel","inputs":{"join":"count","count":3},"paths":[{"id":"p","steps":[]},{"id":"q","steps":[]}]}""", "sop.joinNeverMet", "steps[0].inputs.count")]
    [TestCase("""{"id":"x","kind":"end","inputs":{}},ACT""", "sop.unreachable", "steps[1]")]
    [TestCase("""{"id":"x","kind":"waitFor","inputs":{"events":[{"id":"e","on":{"kind":"updated"}}]}}""", "sop.waitsForEver", "steps[0].inputs.within")]
    [TestCase("""{"id":"x","kind":"waitFor","inputs":{"events":[{"id":"e","on":{"kind":"button"}}],"within":{"in":{"plain":"P1D"}}}}""", "sop.unknownTrigger", "steps[0].inputs.events[0].on.kind")]
    [TestCase("""{"id":"x","kind":"forEach","inputs":{"type":"quote","via":"customer"},"steps":[ACT]}""", "sop.notRelated", "steps[0].inputs.via")]
    [TestCase("""{"id":"x","kind":"approval","inputs":{"title":"T","fields":["budget"],"stages":[{"key":"s","approvers":{"by":"superior"}}]}}""", "sop.peopleMayBeEmpty", "steps[0].inputs.stages[0].approvers")]
    [TestCase("""{"id":"x","kind":"approval","inputs":{"title":"T","fields":["budget"],"stages":[]}}""", "sop.noStages", "steps[0].inputs.stages")]
    [TestCase("""{"id":"x","kind":"task","inputs":{"assignee":OWNER,"title":" "}}""", "sop.required", "steps[0].inputs.title")]
    [TestCase("""{"id":"x","kind":"task","inputs":{"assignee":OWNER,"title":"T","outcomes":[{"key":"o","label":""}]}}""", "sop.required", "steps[0].inputs.outcomes[0].label")]
    [TestCase("""{"id":"x","kind":"task","inputs":{"assignee":OWNER,"title":"T","outcomes":[{"key":"o","label":"O"},{"key":"p","label":{"zh":"O ","en":"P"}}]}}""", "sop.doubleName", "steps[0].inputs.outcomes[1].label")]
    [TestCase("""{"id":"x","kind":"task","inputs":{"assignee":OWNER,"title":"T","form":[{"key":"f","label":"F","type":"select","options":[{"key":"a","label":"甲"},{"key":"b","label":"甲"}]}]}}""", "sop.doubleName", "steps[0].inputs.form[0].options[1].label")]
    [TestCase("""{"id":"x","kind":"task","inputs":{"assignee":OWNER,"title":"T","form":[{"key":"f","label":"F","type":"select","options":[{"key":"a","label":"甲"},{"key":"a","label":"乙"}]}]}}""", "sop.doubleId", "steps[0].inputs.form[0].options[1].key")]
    [TestCase("""{"id":"x","kind":"task","inputs":{"assignee":OWNER,"title":"T","outcomes":[{"key":"o","label":"O","asks":["gone"]}]}}""", "sop.unknownFormKey", "steps[0].inputs.outcomes[0].asks[0]")]
    [TestCase("""{"id":"x","kind":"task","inputs":{"assignee":OWNER,"title":"T","reminders":[{"business":"PT1H"}]}}""", "sop.needsDue", "steps[0].inputs.reminders")]
    [TestCase("""{"id":"x","kind":"updateFields","inputs":{"fields":{"note":{"path":"steps.t.outcome"}}}},TASK""", "sop.hasNotRun", "steps[0].inputs.fields.note.path")]
    [TestCase("""TASK,{"id":"x","kind":"updateFields","inputs":{"fields":{"note":{"path":"steps.t.colour"}}}}""", "sop.unknownOutput", "steps[1].inputs.fields.note.path")]
    [TestCase("""{"id":"x","kind":"updateFields","inputs":{"fields":{"name":null}}}""", "sop.required", "steps[0].inputs.fields.name")]
    [TestCase("""{"id":"x","kind":"notify","inputs":{"to":OWNER,"title":"{{steps.gone.outcome}}"}}""", "sop.unknownStep", "steps[0].inputs.title")]
    [TestCase("""TASK,{"id":"b","kind":"branch","inputs":{},"paths":[{"id":"p","when":{"field":"steps.t.outcome","op":"eq","value":"no"},"steps":[]}]}""", "sop.outcomeNever", "steps[1].paths[0].when.value")]
    [TestCase("""{"id":"b","kind":"branch","inputs":{},"paths":[{"id":"p","when":{"field":"score","op":"gt","value":1},"steps":[TASK]}]},{"id":"x","kind":"notify","inputs":{"to":OWNER,"title":"{{steps.t.answers.need}}"}}""", "sop.mayNotHaveRun", "steps[1].inputs.title")]
    [TestCase("""{"id":"f","kind":"forEach","inputs":{"type":"quote","via":"lead"},"steps":[TASK]},{"id":"x","kind":"notify","inputs":{"to":OWNER,"title":"{{steps.t.outcome}}"}}""", "sop.outputOfItem", "steps[1].inputs.title")]
    public void A_faulty_step_is_named_with_its_place(string steps, string code, string path)
    {
        var problems = Validate(steps);
        problems.ShouldContain(p => p.Code == code && p.Path == path, string.Join("\n", problems.Select(p => $"{p.Code} at {p.Path}")));
        IsSaid(problems.First(p => p.Code == code && p.Path == path));
    }

    [Test]
    public void What_is_wrong_in_a_list_says_which_of_it()
    {
        var problem = Validate("""{"id":"x","kind":"task","inputs":{"assignee":OWNER,"title":"T","outcomes":[{"key":"o","label":"O"},{"key":"p","label":""}]}}""").First(p => p.Path.StartsWith("steps[0].inputs.outcomes[1]", StringComparison.Ordinal));
        var said = problem.Said.In(new Texts([typeof(SopJson).Assembly, typeof(Shared.Records.Catalogue).Assembly]));
        said.Zh.ShouldContain("任务 x · 结果按钮 2");
        said.En.ShouldContain("Task x · Outcome buttons 2");
    }

    /// <summary>In both languages, with the step that it is about.</summary>
    private static void IsSaid(SopProblem problem)
    {
        var said = problem.Said.In(new Texts([typeof(SopJson).Assembly, typeof(Shared.Records.Catalogue).Assembly]));
        said.Zh.ShouldNotBe(said.En);
        foreach (var text in (string[])[said.Zh, said.En])
        {
            text.ShouldNotContain(problem.Code);
            text.ShouldNotMatch(@"\{\d\}");
            if (problem.Step is { } step) text.ShouldContain(step);
        }
    }

    [Test]
    public void A_reading_that_every_way_has_provided_is_sure() =>
        Validate("""TASK,{"id":"b","kind":"branch","inputs":{},"paths":[{"id":"p","when":{"field":"steps.t.outcome","op":"eq","value":"yes"},"steps":[]}]},{"id":"x","kind":"notify","inputs":{"to":OWNER,"title":"{{steps.t.answers.need}} {{name}}"}}""").ShouldBeEmpty();

    [Test]
    public void A_module_step_is_checked_by_its_description() =>
        Validate("""{"id":"x","kind":"leads.assign","inputs":{"rules":[{"filter":{"field":"colour","op":"eq","value":1},"assignees":OWNER}],"default":OWNER}}""").Single().Path.ShouldBe("steps[0].inputs.rules[0].filter.field");

    [Test]
    public void Writing_what_starts_the_sop_is_warned_of()
    {
        var trigger = """{"kind":"stageEntered","inputs":{"field":"status","to":"qualified"}}""";
        var warned = Validate("""{"id":"x","kind":"updateFields","inputs":{"fields":{"status":"qualified"}}}""", trigger).Single();
        (warned.Code, warned.Severity, warned.Step).ShouldBe(("sop.writesWhatItTriggersOn", Severity.Warning, "x"));
        IsSaid(warned);
        Validate("""{"id":"x","kind":"updateFields","inputs":{"fields":{"status":"invalid"}}}""", trigger).ShouldBeEmpty();
    }

    [TestCase("""{"kind":"moon"}""", "sop.unknownTrigger")]
    [TestCase("""{"kind":"stageEntered","inputs":{"field":"status","to":"sold"}}""", "sop.badValue")]
    [TestCase("""{"kind":"schedule","inputs":{"cron":"whenever"}}""", "sop.badCron")]
    [TestCase("""{"kind":"dateField","inputs":{"field":"name"}}""", "sop.notDate")]
    [TestCase("""{"kind":"created","filter":{"field":"colour","op":"eq","value":1}}""", "sop.badFilter")]
    [TestCase("""{"kind":"created","reentry":"sometimes"}""", "sop.badReentry")]
    public void A_faulty_trigger_is_told(string trigger, string code) => Validate("ACT", trigger).Select(p => p.Code).ShouldContain(code);

    [TestCase("[]", "sop.notObject")]
    [TestCase("{}", "sop.unknownRecordType")]
    [TestCase("""{"key":"a","name":{"zh":"a","en":"a"},"record":"lead","triggers":7,"steps":7}""", "sop.notList")]
    [TestCase("""{"key":"a","name":{"zh":"a","en":"a"},"record":"lead","triggers":[],"steps":[7]}""", "sop.notObject")]
    public void Any_json_gets_an_answer(string json, string code) =>
        new SopValidator(TestWorld.Make()).Validate(JsonSerializer.Deserialize<JsonElement>(json)).Select(p => p.Code).ShouldContain(code);

    [Test]
    public void Every_problem_can_be_said_in_both_languages()
    {
        var texts = new Texts([typeof(SopJson).Assembly, typeof(Catalogue).Assembly]);
        texts.Codes("zh").Order().ShouldBe(texts.Codes("en").Order());
        var problem = Validate("""{"id":"x","kind":"score","name":{"zh":"加分","en":"Add points"},"inputs":{"add":5000}}""").Single();
        var said = problem.Said.In(texts);
        said.Zh.ShouldBe("“加分”：“增减”应在 -1000 到 1000 之间。");
        said.En.ShouldBe("Add points: \"Add\" must lie between -1000 and 1000.");
    }

    [TestCase("score", "评分")]
    [TestCase("score2", "评分 2")]
    [TestCase("bonus", "评分 bonus")]
    public void A_step_without_a_name_is_told_by_its_kind_and_which_of_them_it_is(string id, string called)
    {
        var said = Validate($$$"""{"id":"{{{id}}}","kind":"score","inputs":{"add":5000}}""").Single().Said.In(new Texts([typeof(SopJson).Assembly, typeof(Catalogue).Assembly]));
        said.Zh.ShouldStartWith($"“{called}”");
    }

    private static IReadOnlyList<SopProblem> Validate(string steps, string trigger = """{"kind":"created"}""") =>
        new SopValidator(TestWorld.Make()).Validate(JsonSerializer.Deserialize<JsonElement>(
            $$$"""{"key":"test","name":{"zh":"测","en":"Test"},"record":"lead","triggers":[{{{trigger}}}],"steps":[{{{steps.Replace("TASK", T).Replace("ACT", Act).Replace("OWNER", Owner)}}}]}"""));
}
