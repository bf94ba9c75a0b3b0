using System.Text.Json.Nodes;
using Crm.Shared.Problems;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

internal sealed class RunPeopleTests
{
    private const string Created = """[{"kind":"created"}]""";
    private const string Call = """[{"id":"call","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x"}}]""";
    private const string Ask = """[{"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"superior"}}]}}]""";

    private static async Task<Company> StartAsync(string steps)
    {
        var company = await Company.StartAsync();
        await company.PublishAsync("wait", Created, steps);
        await company.DealAsync("甲");
        await company.WorkAsync();
        return company;
    }

    private static async Task ActAsync(Company company, Guid by, Func<RunPeople, Guid, Task> act)
    {
        var run = (await company.RunAsync()).Id;
        await company.DoAsync(Crew.ActorOf(by), s => act(s.GetRequiredService<RunPeople>(), run));
    }

    private static async Task<JsonNode> WaitingAsync(Company company)
    {
        var run = (await company.RunAsync()).Id;
        return (await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunView>().OneAsync(run, default)))["waitingFor"]!.AsArray().ShouldHaveSingleItem()!;
    }

    [Test]
    public async Task A_task_that_a_run_waits_for_goes_to_somebody_else_and_the_run_says_to_whom()
    {
        await using var company = await StartAsync(Call);
        (await WaitingAsync(company))["who"]!["name"]!.GetValue<string>().ShouldBe("李销售");
        await ActAsync(company, Crew.Admin, (people, run) => people.ReassignAsync(run, new("call", null, null, Crew.Other, "帮忙"), default));
        var waiting = await WaitingAsync(company);
        waiting["who"]!["name"]!.GetValue<string>().ShouldBe("赵销售");
        waiting["what"]!["zh"]!.GetValue<string>().ShouldEndWith("转交：帮忙");
        company.Told.Notices.ShouldContain(n => n.User == Crew.Other);
    }

    [Test]
    public async Task A_seat_of_an_approval_goes_to_somebody_else_who_then_decides()
    {
        await using var company = await StartAsync(Ask);
        var seat = (await WaitingAsync(company))["seats"]!.AsArray().ShouldHaveSingleItem()!["seat"]!.GetValue<int>();
        await ActAsync(company, Crew.Admin, (people, run) => people.ReassignAsync(run, new("ask", null, seat, Crew.Boss, null), default));
        (await WaitingAsync(company))["who"]!["name"]!.GetValue<string>().ShouldBe("王总");
        var approval = (await company.QueryAsync<Guid>("SELECT id FROM workflows_approval")).ShouldHaveSingleItem();
        await company.DoAsync(Crew.ActorOf(Crew.Boss), s => s.GetRequiredService<ApprovalActs>().DoAsync(approval, "approve", ActBody.Empty, default));
        await company.WorkAsync();
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
    }

    [TestCase("call", Call)]
    [TestCase("ask", Ask)]
    public async Task Whom_a_run_waits_for_is_urged(string step, string steps)
    {
        await using var company = await StartAsync(steps);
        await ActAsync(company, Crew.Admin, (people, run) => people.UrgeAsync(run, new(step, null, null, null, null), default));
        company.Told.Notices.ShouldContain(n => n.User == (step == "call" ? Crew.Rep : Crew.Lead) && n.Notice.Title.En.StartsWith("Please see to it", StringComparison.Ordinal));
    }

    [Test]
    public async Task It_needs_the_permission_to_mend_runs_and_somebody_who_is_waited_for()
    {
        await using var company = await StartAsync(Call);
        (await Should.ThrowAsync<Problem>(() => ActAsync(company, Crew.Other, (people, run) => people.UrgeAsync(run, new("call", null, null, null, null), default)))).Status.ShouldBe(403);
        (await Should.ThrowAsync<Problem>(() => ActAsync(company, Crew.Admin, (people, run) => people.UrgeAsync(run, new("other", null, null, null, null), default)))).Code.ShouldBe("run.nobodyWaits");
        (await Should.ThrowAsync<Problem>(() => ActAsync(company, Crew.Admin, (people, run) => people.ReassignAsync(run, new("call", null, null, Guid.NewGuid(), null), default)))).Errors.ShouldHaveSingleItem().Field.ShouldBe("to");
    }
}
