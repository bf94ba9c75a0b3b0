using Crm.Workflows.Runtime;

namespace Crm.Workflows.Tests.Runtime;

/// <summary>The steps that lead the way, in real runs.</summary>
internal sealed class ControlRunTests
{
    private const string Created = """[{"kind":"created"}]""";

    private static string Say(string id) => $$$$"""{"id":"{{{{id}}}}","kind":"test.count","inputs":{"what":"{{{{id}}}}"}}""";
    private static string Rest(string id, int hours) => $$$$$$"""{"id":"{{{{{{id}}}}}}","kind":"wait","inputs":{"until":{"in":{"plain":"PT{{{{{{hours}}}}}}H"}}}}""";

    [TestCase("""{"join":"all"}""", 3), TestCase("{}", 3), TestCase("""{"join":"any"}""", 1), TestCase("""{"join":"count","count":2}""", 2)]
    public async Task A_parallel_goes_on_when_enough_ways_have_ended_and_drops_the_others(string inputs, int hours)
    {
        await using var company = await Company.StartAsync();
        var ways = string.Join(",", Enumerable.Range(1, 3).Select(n => $$$$"""{"id":"w{{{{n}}}}","steps":[{{{{Rest($"r{n}", n)}}}},{{{{Say($"s{n}")}}}}]}"""));
        await company.PublishAsync("together", Created, $$$$"""[{"id":"p","kind":"parallel","inputs":{{{{inputs}}}},"paths":[{{{{ways}}}}]},{{{{Say("after")}}}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        for (var hour = 1; hour <= 3; hour++)
        {
            await company.WaitAsync(TimeSpan.FromHours(1));
            company.Acting.Done.Contains("after").ShouldBe(hour >= hours);
        }
        company.Acting.Done.ShouldBe([.. Enumerable.Range(1, hours).Select(n => $"s{n}"), "after"]);
        (await company.CountAsync("shared_work")).ShouldBe(0);
    }

    [Test]
    public async Task Steps_are_repeated_until_the_condition_holds()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("again", Created, """[{"id":"r","kind":"repeat","inputs":{"until":{"field":"score","op":"gte","value":30},"max":10},"steps":[{"id":"up","kind":"score","inputs":{"add":10}}]},{"id":"say","kind":"test.count","inputs":{"what":{"template":"{{steps.r.outcome}} {{score}}"}}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["met 30"]);
    }

    [Test]
    public async Task Or_until_the_tries_are_used_up()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("again", Created, """[{"id":"r","kind":"repeat","inputs":{"until":{"field":"stage","op":"eq","value":"won"},"max":3},"steps":[{"id":"up","kind":"score","inputs":{"add":10}}]},{"id":"say","kind":"test.count","inputs":{"what":{"template":"{{steps.r.outcome}} {{score}}"}}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["exhausted 30"]);
    }

    [TestCase("first", "a"), TestCase("all", "a,b")]
    public async Task A_branch_takes_the_first_way_that_holds_or_all_of_them(string match, string ways)
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("ways", Created, $$$$"""[{"id":"b1","kind":"branch","inputs":{"match":"{{{{match}}}}"},"paths":[{"id":"x","when":{"field":"amount","op":"gt","value":1},"steps":[{{{{Say("a")}}}}]},{"id":"y","when":{"field":"amount","op":"gt","value":2},"steps":[{{{{Say("b")}}}}]},{"id":"z","when":{"field":"amount","op":"gt","value":1000},"steps":[{{{{Say("c")}}}}]}]}]""");
        await company.DealAsync("甲", null, ("amount", 5));
        await company.WorkAsync();
        string.Join(",", company.Acting.Done).ShouldBe(ways);
    }

    [Test]
    public async Task More_records_than_a_for_each_may_take_is_an_incident_and_none_is_left_out_silently()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("children", """[{"kind":"updated","inputs":{"fields":["stage"]}}]""", $$$$"""[{"id":"each","kind":"forEach","inputs":{"type":"deal","via":"parentDeal","max":2},"steps":[{{{{Say("one")}}}}]}]""");
        var parent = await company.DealAsync("总");
        for (var i = 0; i < 3; i++) await company.DealAsync($"{i}", null, ("parentDeal", parent.Id));
        await company.ChangeAsync(parent.Id, "stage", "quote");
        await company.WorkAsync();
        company.Acting.Done.ShouldBeEmpty();
        (await company.RunAsync()).Status.ShouldBe(Standing.Incident);
    }

    [Test]
    public async Task A_called_sop_about_another_record_runs_there()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("inner", """[{"kind":"button","inputs":{"label":{"zh":"跑","en":"Run"}}}]""", """[{"id":"in","kind":"test.count","inputs":{"what":{"path":"name"}}},{"id":"no","kind":"end","inputs":{"as":"cancelled"}}]""");
        await company.PublishAsync("outer", """[{"kind":"created","filter":{"field":"parentDeal","op":"notEmpty"}}]""", """[{"id":"call","kind":"call","inputs":{"sop":"inner","of":"parentDeal"}},{"id":"after","kind":"test.count","inputs":{"what":{"template":"{{steps.call.outcome}}"}}}]""");
        var parent = await company.DealAsync("上级");
        await company.DealAsync("甲", null, ("parentDeal", parent.Id));
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["上级", "cancelled"]);
    }
}
