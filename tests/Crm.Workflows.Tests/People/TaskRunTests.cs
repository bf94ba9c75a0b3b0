using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using Crm.Workflows.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using TaskStatus = Crm.Workflows.People.Tasks.TaskStatus;

namespace Crm.Workflows.Tests.People;

internal sealed class TaskRunTests
{
    private const string Created = """[{"kind":"created"}]""";

    private const string Contact = """
        [{"id":"contact","kind":"task","inputs":{
            "assignee":{"by":"owner"},"title":{"zh":"联系 {{name}}","en":"Contact {{name}}"},"script":{"zh":"金额 {{amount}}，阶段 {{stage}}","en":"Amount {{amount}}, stage {{stage}}"},
            "form":[{"key":"amount","field":"amount","required":true},{"key":"mood","type":"text","label":{"zh":"心情","en":"Mood"}}],
            "checklist":[{"key":"called","label":{"zh":"已致电","en":"Called"},"required":true}],
            "outcomes":[{"key":"good","label":{"zh":"好","en":"Good"},"style":"primary"},{"key":"bad","label":{"zh":"坏","en":"Bad"},"skipsForm":true}],
            "due":{"in":{"business":"PT1H"}},"reminders":[{"business":"PT15M"}],
            "escalations":[{"after":{"business":"PT0M"},"do":"notify"},{"after":{"business":"PT4H"},"do":"superior"}]}},
         {"id":"say","kind":"test.count","inputs":{"what":{"template":"{{steps.contact.outcome}} {{steps.contact.answers.mood}}"}}}]
        """;

    private static async Task<(Company Company, Guid Deal, TaskRow Task)> OpenAsync()
    {
        var company = await Company.StartAsync();
        await company.PublishAsync("contact", Created, Contact);
        var deal = await company.DealAsync("甲公司", null, ("amount", 100));
        await company.WorkAsync();
        return (company, deal.Id, await TaskAsync(company));
    }

    private static async Task<TaskRow> TaskAsync(Company company) => (await company.QueryAsync<TaskRow>($"SELECT {TaskRow.Columns} FROM workflows_task")).ShouldHaveSingleItem();

    private static Task<TaskRow> CompleteAsync(Company company, Guid task, Guid by, string outcome, JsonObject answers, params string[] done) =>
        company.DoAsync(Crew.ActorOf(by), s => s.GetRequiredService<TaskActs>().CompleteAsync(task, new(outcome, answers, done), default));

    [Test]
    public async Task A_task_goes_to_the_owner_with_texts_due_time_and_reasons()
    {
        var (company, _, task) = await OpenAsync();
        await using var _c = company;
        (task.AssigneeId, task.DueAt).ShouldBe((Crew.Rep, new DateTime(2026, 3, 2, 3, 0, 0, DateTimeKind.Utc)));
        Wording.Read(task.Title)!.En.ShouldBe("Contact 甲公司");
        Wording.Read(task.Script)!.ShouldBe(new("金额 100，阶段 新", "Amount 100, stage New"));
        company.Told.Notices.ShouldContain(n => n.User == Crew.Rep && n.Notice.Kind == "task");
        task.Why.ShouldNotBeNull();
        task.DueWhy.ShouldNotBeNull();
    }

    [Test]
    public async Task Completing_writes_the_answers_to_the_record_and_wakes_the_run()
    {
        var (company, deal, task) = await OpenAsync();
        await using var _c = company;
        await CompleteAsync(company, task.Id, Crew.Rep, "good", new() { ["amount"] = 900, ["mood"] = "很好" }, "called");
        await company.WorkAsync();
        (await company.ReadAsync(deal)).Amount("amount").ShouldBe(900m);
        company.Acting.Done.ShouldBe(["good 很好"]);
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
        (await company.CountAsync("shared_work")).ShouldBe(0);
    }

    [Test]
    public async Task A_task_is_completed_once()
    {
        var (company, _, task) = await OpenAsync();
        await using var _c = company;
        await CompleteAsync(company, task.Id, Crew.Rep, "bad", []);
        var again = await Should.ThrowAsync<Problem>(() => CompleteAsync(company, task.Id, Crew.Rep, "good", new() { ["amount"] = 1 }, "called"));
        (again.Status, again.Code).ShouldBe((409, "task.closed"));
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["bad "]);
    }

    [Test]
    public async Task What_was_said_of_a_late_task_counts_as_read_when_it_is_done()
    {
        var (company, _, task) = await OpenAsync();
        await using var _c = company;
        await company.WaitAsync(TimeSpan.FromHours(2));
        var told = company.Told.Notices.Select(n => n.User).Distinct().ToList();
        told.Count.ShouldBe(2, "the assignee and the superior");
        await CompleteAsync(company, task.Id, Crew.Rep, "bad", []);
        company.Told.Settled.ShouldBe(told.Select(user => (user, $"task/{task.Id:N}")), ignoreOrder: true);
    }

    [Test]
    public async Task What_is_missing_is_named_by_its_key()
    {
        var (company, _, task) = await OpenAsync();
        await using var _c = company;
        var wrong = await Should.ThrowAsync<Problem>(() => CompleteAsync(company, task.Id, Crew.Rep, "good", []));
        wrong.Errors.Select(e => (e.Field, e.Code)).ShouldBe([("amount", "field.required"), ("called", "task.notChecked")]);
    }

    [Test]
    public async Task A_wrong_answer_is_refused_and_nothing_changes()
    {
        var (company, deal, task) = await OpenAsync();
        await using var _c = company;
        var wrong = await Should.ThrowAsync<Problem>(() => CompleteAsync(company, task.Id, Crew.Rep, "good", new() { ["amount"] = "viel" }, "called"));
        wrong.Errors.ShouldHaveSingleItem().Field.ShouldBe("amount");
        (await TaskAsync(company)).Status.ShouldBe(TaskStatus.Open);
        (await company.ReadAsync(deal)).Amount("amount").ShouldBe(100m);
    }

    [Test]
    public async Task Nobody_completes_a_colleagues_task()
    {
        var (company, _, task) = await OpenAsync();
        await using var _c = company;
        (await Should.ThrowAsync<Problem>(() => CompleteAsync(company, task.Id, Crew.Other, "bad", []))).Code.ShouldBe("task.notYours");
    }

    [Test]
    public async Task A_late_task_is_reminded_then_told_then_passed_to_the_superior()
    {
        var (company, _, task) = await OpenAsync();
        await using var _c = company;
        await company.WaitAsync(TimeSpan.FromMinutes(45));
        company.Told.Notices.Count(n => n.User == Crew.Rep && n.Notice.Title.En.StartsWith("Task due soon", StringComparison.Ordinal)).ShouldBe(1);
        await company.WaitAsync(TimeSpan.FromMinutes(16));
        company.Told.Notices.ShouldContain(n => n.User == Crew.Lead && n.Notice.Title.En.StartsWith("Task is late", StringComparison.Ordinal));
        (await TaskAsync(company)).AssigneeId.ShouldBe(Crew.Rep);
        await company.WaitAsync(TimeSpan.FromHours(4));
        (await TaskAsync(company)).AssigneeId.ShouldBe(Crew.Lead);
        await CompleteAsync(company, task.Id, Crew.Lead, "bad", []);
    }

    [Test]
    public async Task An_absent_owners_task_goes_to_the_substitute_and_says_for_whom()
    {
        await using var company = await Company.StartAsync();
        company.Crew.Absences.Add(new(Crew.Rep, DateTime.MinValue, DateTime.MaxValue, Crew.Other));
        await company.PublishAsync("contact", Created, Contact);
        await company.DealAsync("甲");
        await company.WorkAsync();
        var task = await TaskAsync(company);
        (task.AssigneeId, task.ViaId).ShouldBe((Crew.Other, Crew.Rep));
    }

    [Test]
    public async Task A_reassigned_task_can_be_done_by_the_new_person_only()
    {
        var (company, _, task) = await OpenAsync();
        await using var _c = company;
        await company.DoAsync(Crew.ActorOf(Crew.Lead), s => s.GetRequiredService<TaskActs>().ReassignAsync(task.Id, new(Crew.Other, "请接手"), default));
        await Should.ThrowAsync<Problem>(() => CompleteAsync(company, task.Id, Crew.Rep, "bad", []));
        await CompleteAsync(company, task.Id, Crew.Other, "bad", []);
        (await company.QueryAsync<string>("SELECT act FROM workflows_act ORDER BY seq")).ShouldBe(["reassign", "complete"]);
    }

    [Test]
    public async Task A_snoozed_task_is_out_of_the_list_until_its_time()
    {
        var (company, _, task) = await OpenAsync();
        await using var _c = company;
        await company.DoAsync(Crew.ActorOf(Crew.Rep), s => s.GetRequiredService<TaskActs>().SnoozeAsync(task.Id, new(company.Time.GetUtcNow().UtcDateTime.AddHours(2)), default));
        (await MineAsync(company)).ShouldBeEmpty();
        company.Time.Advance(TimeSpan.FromHours(3));
        (await MineAsync(company)).Count.ShouldBe(1);
    }

    [Test]
    public async Task The_list_is_paged_by_due_time_with_open_ends_last()
    {
        await using var company = await Company.StartAsync();
        var now = company.Time.GetUtcNow().UtcDateTime;
        foreach (var (title, due) in new[] { ("c", (DateTime?)null), ("b", now.AddHours(2)), ("a", now.AddHours(1)), ("d", null) })
        {
            await company.DoAsync(Crew.ActorOf(Crew.Rep), s => s.GetRequiredService<TaskActs>().CreateAsync(new(title, due, null, null, null, null), default));
            company.Time.Advance(TimeSpan.FromSeconds(1));
        }
        var titles = new List<string>();
        string? after = null;
        do
        {
            var page = await company.DoAsync(Crew.ActorOf(Crew.Rep), s => s.GetRequiredService<TaskList>().ReadAsync(new() { Mine = true, After = after, Limit = 1 }, default));
            titles.AddRange(page["items"]!.AsArray().Select(t => t!["title"]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);
        titles.ShouldBe(["a", "b", "c", "d"]);
    }

    [Test]
    public async Task A_task_without_anybody_is_an_incident()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("contact", Created, """[{"id":"t","kind":"task","inputs":{"assignee":{"by":"field","path":"approver"},"title":"x"}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        (await company.RunAsync()).Status.ShouldBe(Standing.Incident);
    }

    [Test]
    public async Task Cancelling_the_run_cancels_its_task()
    {
        var (company, _, task) = await OpenAsync();
        await using var _c = company;
        var run = await company.RunAsync();
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<Crm.Workflows.Runtime.Runs.RunActs>().CancelAsync(run.Id, new(null, null, null, null), default));
        (await TaskAsync(company)).Status.ShouldBe(TaskStatus.Cancelled);
        (await Should.ThrowAsync<Problem>(() => CompleteAsync(company, task.Id, Crew.Rep, "bad", []))).Code.ShouldBe("task.closed");
        (await company.CountAsync("shared_work")).ShouldBe(0);
    }

    private static async Task<JsonArray> MineAsync(Company company) =>
        (await company.DoAsync(Crew.ActorOf(Crew.Rep), s => s.GetRequiredService<TaskList>().ReadAsync(new() { Mine = true, State = "open" }, default)))["items"]!.AsArray();
}
