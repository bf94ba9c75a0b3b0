using System.Text.Json.Nodes;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

internal sealed class IncidentTests
{
    private const string Created = """[{"kind":"created"}]""";
    private static readonly IncidentQuery All = new();
    private static readonly MendMany Nothing = new(null, null, null, null, null, null, null, null, null);

    private static Task<T> AsAdmin<T>(Company company, Func<IServiceProvider, Task<T>> work) => company.DoAsync(Crew.ActorOf(Crew.Admin), work);

    private static Task<JsonObject> MendAsync(Company company, string how, MendMany body) => AsAdmin(company, s => s.GetRequiredService<MendingMany>().MendAsync(body, how, default));

    private static async Task<IReadOnlyList<JsonObject>> OpenAsync(Company company, IncidentQuery? query = null) =>
        [.. (await AsAdmin(company, s => s.GetRequiredService<IncidentList>().OneByOneAsync(query ?? All, default)))["items"]!.AsArray().Select(i => i!.AsObject())];

    /// <summary>Three runs that fail at one step for the same reason.</summary>
    private static async Task<Company> BrokenAsync(FailureClass failure = FailureClass.Data)
    {
        var company = await Company.StartAsync();
        company.Acting.Fail = failure;
        await company.PublishAsync("fails", Created, """[{"id":"fail","kind":"test.fail"},{"id":"say","kind":"test.count"}]""");
        foreach (var name in new[] { "甲", "乙", "丙" })
        {
            await company.DealAsync(name);
            company.Time.Advance(TimeSpan.FromSeconds(1));
        }
        await company.WorkAsync();
        return company;
    }

    [Test]
    public async Task Incidents_of_one_cause_stand_together_and_can_be_narrowed()
    {
        await using var company = await BrokenAsync();
        var groups = await AsAdmin(company, s => s.GetRequiredService<IncidentList>().GroupsAsync(All, default));
        var group = groups["items"]!.AsArray().ShouldHaveSingleItem()!;
        (group["count"]!.GetValue<int>(), group["class"]!.GetValue<string>(), group["step"]!.GetValue<string>()).ShouldBe((3, "data", "fail"));
        (await OpenAsync(company)).Select(i => i["record"]!["name"]!.GetValue<string>()).ShouldBe(["甲", "乙", "丙"], ignoreOrder: true);
        (await OpenAsync(company, All with { Class = "permission" })).ShouldBeEmpty();
        (await OpenAsync(company, All with { Owner = Crew.Admin })).Count.ShouldBe(3);
    }

    [Test]
    public async Task Many_are_mended_at_once_and_each_says_what_came_of_it()
    {
        await using var company = await BrokenAsync();
        var runs = await company.RunsAsync();
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunActs>().CancelAsync(runs[1].Id, new(null, null, null, null), default));
        company.Acting.Fail = null;
        var came = await MendAsync(company, "retry", Nothing with { Runs = [.. runs.Select(r => r.Id)] });
        (came["done"]!.GetValue<int>(), came["failed"]!.GetValue<int>()).ShouldBe((2, 1));
        var refused = came["items"]!.AsArray().Single(i => !i!["ok"]!.GetValue<bool>())!;
        (refused["run"]!.GetValue<string>(), refused["code"]!.GetValue<string>(), refused["record"]!.GetValue<string>()).ShouldBe((runs[1].Id.ToString(), "run.noIncident", "乙"));
        refused["message"]!.GetValue<string>().ShouldNotBeNullOrEmpty();
        (await company.RunsAsync()).Select(r => r.Status).ShouldBe([Standing.Done, Standing.Cancelled, Standing.Done]);
    }

    [Test]
    public async Task All_of_a_cause_are_skipped_at_once()
    {
        await using var company = await BrokenAsync();
        (await MendAsync(company, "skip", Nothing with { Sop = "fails", Step = "fail" }))["done"]!.GetValue<int>().ShouldBe(3);
        company.Acting.Done.Count.ShouldBe(3);
        (await OpenAsync(company)).ShouldBeEmpty();
    }

    [Test]
    public async Task Corrected_inputs_hold_for_this_run_only()
    {
        await using var company = await BrokenAsync();
        company.Acting.Fail = null;
        var first = (await company.RunsAsync())[0];
        await MendAsync(company, "retry", Nothing with { Runs = [first.Id], Inputs = new JsonObject { ["stage"] = "quote" } });
        (await company.ReadAsync(first.RecordId)).Text("stage").ShouldBe("quote");
        await MendAsync(company, "retry", Nothing with { Sop = "fails" });
        (await company.ReadAsync((await company.RunsAsync())[1].RecordId)).Text("stage").ShouldBe("won");
    }

    [Test]
    public async Task Corrected_inputs_are_checked_as_the_sop_is_and_a_wrong_one_names_its_input()
    {
        await using var company = await BrokenAsync();
        var run = (await company.RunsAsync())[0];
        var edited = new JsonObject { ["stage"] = new JsonObject { ["path"] = "noSuchField" } };
        var problem = await Should.ThrowAsync<Problem>(() => company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunActs>().RetryAsync(run.Id, new(null, edited, null, null), default)));
        problem.Errors.ShouldHaveSingleItem().Field.ShouldBe("inputs.stage");
        (await company.RunsAsync())[0].Status.ShouldBe(Standing.Incident);
        company.Acting.Tries.ShouldBe(3);
    }

    [Test]
    public async Task An_incident_is_given_to_somebody_who_may_mend_it_and_they_are_told()
    {
        await using var company = await BrokenAsync();
        (await Should.ThrowAsync<Problem>(() => MendAsync(company, "give", Nothing with { Sop = "fails", Owner = Crew.Rep }))).Errors.ShouldHaveSingleItem().Code.ShouldBe("run.cannotMend");
        (await MendAsync(company, "give", Nothing with { Sop = "fails", Owner = Crew.Admin }))["done"]!.GetValue<int>().ShouldBe(3);
        (await company.CountAsync("workflows_incident WHERE owner_id = @id", new { id = Crew.Admin })).ShouldBe(3);
    }

    [Test]
    public async Task All_that_was_tried_is_kept()
    {
        await using var company = await BrokenAsync(FailureClass.Permission);
        await MendAsync(company, "retry", Nothing with { Sop = "fails" });
        var incident = Guid.Parse((await OpenAsync(company))[0]["id"]!.GetValue<string>());
        var attempts = (await AsAdmin(company, s => s.GetRequiredService<IncidentList>().AttemptsAsync(incident, default)))["items"]!.AsArray();
        attempts.Select(a => a!["kind"]!.GetValue<string>()).ShouldBe(["failed", "retried", "failed"]);
        attempts[1]!["actor"]!["name"]!.GetValue<string>().ShouldBe("管理员");
        attempts[2]!["why"].ShouldNotBeNull();
    }

    // It named "stage", which stands nowhere in the page.
    [Test]
    public async Task A_field_that_was_wrong_goes_by_its_name()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("copies", Created, """[{"id":"set","kind":"updateFields","inputs":{"fields":{"stage":{"path":"name"}}}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        var said = (await OpenAsync(company)).ShouldHaveSingleItem()["message"]!;
        said["zh"]!.GetValue<string>().ShouldStartWith("字段 阶段：");
        said["en"]!.GetValue<string>().ShouldStartWith("Field Stage: ");
    }
}
