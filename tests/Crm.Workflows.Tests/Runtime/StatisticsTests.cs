using System.Text.Json.Nodes;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime.Runs;
using Crm.Workflows.Runtime.Statistics;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

internal sealed class StatisticsTests
{
    private const string Created = """[{"kind":"created"}]""";
    private static readonly StatisticsQuery All = new();

    private static Task<JsonObject> FiguresAsync(Company company, string sop, StatisticsQuery? query = null) =>
        company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<SopStatistics>().ReadAsync(sop, query ?? All, default));

    private static async Task<IReadOnlyList<string>> RunsAsync(Company company, RunQuery query) =>
        [.. (await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunView>().ListAsync(query, default)))["items"]!.AsArray().Select(r => r!["record"]!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

    private static JsonNode Step(JsonNode figures, string step) => figures["steps"]!.AsArray().Single(s => s!["step"]!.GetValue<string>() == step)!;

    private static int N(JsonNode? node) => node!.GetValue<int>();

    /// <summary>Ten deals that wait one to ten hours at a task of their owner; the last two stay open.</summary>
    private static async Task<Company> CallsAsync()
    {
        var company = await Company.StartAsync();
        await company.PublishAsync("calls", Created, """
            [{"id":"call","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x","due":{"in":{"plain":"PT9H"}},"outcomes":[{"key":"yes","label":{"zh":"是","en":"Yes"}},{"key":"no","label":{"zh":"否","en":"No"}}]}},
             {"id":"size","kind":"branch","inputs":{},"paths":[{"id":"good","when":{"field":"steps.call.outcome","op":"eq","value":"yes"},"steps":[{"id":"say","kind":"test.count"}]}],"else":[{"id":"stop","kind":"end","inputs":{"as":"cancelled"}}]}]
            """);
        for (var i = 1; i <= 10; i++) await company.DealAsync($"{i:00}", i % 2 == 0 ? Crew.Boss : Crew.Rep);
        await company.WorkAsync();
        var tasks = (await company.QueryAsync<TaskRow>($"SELECT {TaskRow.Columns} FROM workflows_task ORDER BY record_name")).ToList();
        foreach (var task in tasks.Take(8))
        {
            await company.WaitAsync(TimeSpan.FromHours(1));
            var outcome = int.Parse(task.RecordName!) <= 6 ? "yes" : "no";
            await company.DoAsync(Crew.ActorOf(task.AssigneeId), s => s.GetRequiredService<TaskActs>().CompleteAsync(task.Id, new(outcome, null, null), default));
            await company.WorkAsync();
        }
        await company.WaitAsync(TimeSpan.FromHours(2));
        return company;
    }

    [Test]
    public async Task Runs_are_counted_by_day_and_end_and_the_open_ones_where_they_stand()
    {
        await using var company = await CallsAsync();
        var figures = await FiguresAsync(company, "calls");
        var runs = figures["runs"]!;
        (N(runs["total"]), N(runs["states"]!["done"]), N(runs["states"]!["cancelled"]), N(runs["states"]!["waiting"])).ShouldBe((10, 6, 2, 2));
        runs["since"].ShouldBeNull();
        runs["days"]!.AsArray().Count.ShouldBe(30);
        N(runs["days"]!.AsArray().Single(d => d!["day"]!.GetValue<string>() == "2026-03-02")!["done"]).ShouldBe(6);
        var now = figures["now"]!;
        N(now["open"]).ShouldBe(2);
        (now["steps"]!.AsArray().ShouldHaveSingleItem()!["step"]!.GetValue<string>(), N(now["steps"]![0]!["n"])).ShouldBe(("call", 2));
    }

    [Test]
    public async Task Time_per_step_is_told_by_its_middle_and_its_ninth_of_ten()
    {
        await using var company = await CallsAsync();
        var call = Step(await FiguresAsync(company, "calls"), "call");
        // One to eight hours.
        (N(call["took"]!["n"]), call["took"]!["median"]!.GetValue<long>(), call["took"]!["p90"]!.GetValue<long>()).ShouldBe((8, 4 * 3600, 8 * 3600));
        N(call["runs"]).ShouldBe(10);
        call["outcomes"]!.AsArray().Select(o => (o!["outcome"]!.GetValue<string>(), N(o["n"]))).ShouldBe([("yes", 6), ("no", 2)]);
        Step(await FiguresAsync(company, "calls"), "size")["outcomes"]!.AsArray().Select(o => (o!["outcome"]!.GetValue<string>(), N(o["n"]))).ShouldBe([("good", 6), ("else", 2)]);
    }

    [Test]
    public async Task Late_tasks_are_counted_by_step_and_person()
    {
        await using var company = await CallsAsync();
        var overdue = (await FiguresAsync(company, "calls"))["overdue"]!;
        (N(overdue["n"]), N(overdue["steps"]![0]!["n"])).ShouldBe((2, 2));
        overdue["people"]!.AsArray().Select(p => p!["person"]!["name"]!.GetValue<string>()).ShouldBe(["李销售", "王总"], ignoreOrder: true);
    }

    [Test]
    public async Task Figures_can_be_narrowed_to_days_versions_units_and_owners()
    {
        await using var company = await CallsAsync();
        async Task<int> Total(StatisticsQuery query) => N((await FiguresAsync(company, "calls", query))["runs"]!["total"]);
        (await Total(All with { Unit = Crew.East })).ShouldBe(5);
        (await Total(All with { Unit = Crew.Root })).ShouldBe(10);
        (await Total(All with { Owner = Crew.Boss })).ShouldBe(5);
        (await Total(All with { Version = 2 })).ShouldBe(0);
        (await Total(All with { From = "2026-03-01", To = "2026-03-01" })).ShouldBe(0);
        (await Total(All with { From = "2026-03-02", To = "2026-03-02" })).ShouldBe(10);
        (await Should.ThrowAsync<Problem>(() => Total(All with { From = "2025-03-02" }))).Errors.ShouldHaveSingleItem().Code.ShouldBe("statistics.tooOld");
        N((await FiguresAsync(company, "calls", All with { Owner = Crew.Boss }))["overdue"]!["n"]).ShouldBe(1);
    }

    [Test]
    public async Task Every_figure_leads_to_the_runs_behind_it()
    {
        await using var company = await CallsAsync();
        var of = new RunQuery { Sop = "calls", From = "2026-03-02", To = "2026-03-02" };
        (await RunsAsync(company, of)).Count.ShouldBe(10);
        (await RunsAsync(company, of with { State = "cancelled" })).ShouldBe(["07", "08"]);
        (await RunsAsync(company, of with { At = "call" })).ShouldBe(["09", "10"]);
        (await RunsAsync(company, of with { Step = "say" })).Count.ShouldBe(6);
        (await RunsAsync(company, of with { Step = "size", Outcome = "else" })).ShouldBe(["07", "08"]);
        (await RunsAsync(company, of with { Overdue = true, At = "call" })).ShouldBe(["09", "10"]);
        (await RunsAsync(company, of with { Overdue = true, Person = Crew.Rep })).ShouldBe(["09"]);
        (await RunsAsync(company, of with { Owner = Crew.Boss, State = "open" })).ShouldBe(["10"]);
    }

    [Test]
    public async Task Slow_runs_are_found_by_the_time_of_a_step_or_of_the_whole()
    {
        await using var company = await CallsAsync();
        (await RunsAsync(company, new() { Sop = "calls", Step = "call", Took = 7 * 3600 })).ShouldBe(["07", "08"]);
        (await RunsAsync(company, new() { Sop = "calls", Took = 5 * 3600 })).ShouldBe(["05", "06"]);
        (await RunsAsync(company, new() { Sop = "calls", Step = "stop", Took = 0 })).ShouldBe([]);
    }

    [Test]
    public async Task Approvals_say_how_long_each_person_takes_in_each_stage()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("ask", Created, """[{"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"superior"}},{"key":"two","approvers":{"by":"role","role":"salesDirector"}}]}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        var approval = (await company.QueryAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM workflows_approval")).ShouldHaveSingleItem();
        await company.WaitAsync(TimeSpan.FromMinutes(90));
        await company.DoAsync(Crew.ActorOf(Crew.Lead), s => s.GetRequiredService<ApprovalActs>().DoAsync(approval.Id, "approve", ActBody.Empty, default));
        await company.WorkAsync();
        var stages = (await FiguresAsync(company, "ask"))["approvals"]!.AsArray();
        var one = stages.Single(s => s!["stage"]!.GetValue<string>() == "one")!;
        (one["took"]!["median"]!.GetValue<long>(), N(one["waiting"]), one["people"]![0]!["person"]!["name"]!.GetValue<string>()).ShouldBe((90 * 60, 0, "陈经理"));
        var two = stages.Single(s => s!["stage"]!.GetValue<string>() == "two")!;
        (two["took"], N(two["waiting"])).ShouldBe((null, 1));
        (await RunsAsync(company, new() { Sop = "ask", Stage = "two", Person = Crew.Boss })).ShouldBe(["甲"]);
        (await RunsAsync(company, new() { Sop = "ask", Stage = "one", Person = Crew.Boss })).ShouldBeEmpty();
    }

    [Test]
    public async Task Incidents_are_counted_by_step_and_class()
    {
        await using var company = await Company.StartAsync();
        company.Acting.Fail = FailureClass.Permission;
        await company.PublishAsync("fails", Created, """[{"id":"fail","kind":"test.fail"}]""");
        await company.DealAsync("甲");
        company.Time.Advance(TimeSpan.FromSeconds(1));
        await company.DealAsync("乙");
        await company.WorkAsync();
        await company.DoAsync(Crew.ActorOf(Crew.Admin), async s => await s.GetRequiredService<RunActs>().SkipAsync((await company.RunsAsync())[0].Id, new(null, null, null, null), default));
        var one = (await FiguresAsync(company, "fails"))["incidents"]!.AsArray().ShouldHaveSingleItem()!;
        (one["step"]!.GetValue<string>(), one["class"]!.GetValue<string>(), N(one["n"]), N(one["open"])).ShouldBe(("fail", "permission", 2, 1));
        (await RunsAsync(company, new() { Sop = "fails", Incident = "permission" })).Count.ShouldBe(2);
        (await RunsAsync(company, new() { Sop = "fails", Step = "fail", Failed = true })).Count.ShouldBe(2);
        (await RunsAsync(company, new() { Sop = "fails", Step = "other", Failed = true })).ShouldBeEmpty();
        (await RunsAsync(company, new() { Sop = "fails", Failed = true })).Count.ShouldBe(2);
    }

    [Test]
    public async Task Figures_of_many_runs_are_counted_from_a_bounded_number_and_say_since_when()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("many", Created, """[{"id":"say","kind":"test.count"}]""");
        // Rows as the engine writes them, more than are counted.
        await company.DoAsync(Crm.Shared.Access.Actor.System, s => s.GetRequiredService<Crm.Shared.Data.Session>().ExecuteAsync($"""
            INSERT INTO workflows_run (id, sop_key, sop_version, record_type, record_id, record_name, status, version, entries, event_id, started_by, depth, lane, started_at, ended_at)
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 20100)
            SELECT unhex(printf('%012x70008000%012x', 1772416800000 + i * 100, i)), 'many', 1, 'deal', randomblob(16), 'x', 3, 1, 0, randomblob(16), 'created', 1, 1,
                strftime('%Y-%m-%d %H:%M:%f', (1772416800000 + i * 100) / 1000.0, 'unixepoch'), strftime('%Y-%m-%d %H:%M:%f', (1772416800000 + i * 100) / 1000.0, 'unixepoch') FROM n
            """, null, default));
        company.Time.Advance(TimeSpan.FromHours(2));
        var runs = (await FiguresAsync(company, "many"))["runs"]!;
        (N(runs["total"]), runs["since"]!.GetValue<DateTime>() > new DateTime(2026, 3, 2, 2, 0, 0, DateTimeKind.Utc)).ShouldBe((Slice.MostRuns, true));
    }
}
