using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Time;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using Crm.Workflows.Tests.Runtime;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.People;

internal sealed class AbsenceTests
{
    private const string Created = """[{"kind":"created"}]""";

    private static Task SayAsync(Company company, INotification what) => company.DoAsync(Crew.ActorOf(Crew.Admin), s =>
        s.GetRequiredService<Session>().InTransactionAsync(() => s.GetRequiredService<IMediator>().Publish(what), default));

    private static async Task<(Guid, Guid?)> HolderAsync(Company company)
    {
        var row = (await company.QueryAsync<TaskRow>($"SELECT {TaskRow.Columns} FROM workflows_task")).ShouldHaveSingleItem();
        return (row.AssigneeId, row.ViaId);
    }

    [Test]
    public async Task Open_tasks_go_to_the_substitute_when_the_absence_begins_and_come_back_when_it_ends()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("call", Created, """[{"id":"call","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x"}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        var now = company.Time.GetUtcNow().UtcDateTime;
        var absence = new Absence(Crew.Rep, now.AddHours(1), now.AddDays(1), Crew.Other);
        company.Crew.Absences.Add(absence);
        await SayAsync(company, new AbsenceChanged(Crew.Rep, null, absence));
        await company.WorkAsync();
        (await HolderAsync(company)).ShouldBe((Crew.Rep, null));
        await company.WaitAsync(TimeSpan.FromHours(2));
        (await HolderAsync(company)).ShouldBe((Crew.Other, Crew.Rep));
        company.Told.Notices.ShouldContain(n => n.User == Crew.Other);
        await company.WaitAsync(TimeSpan.FromDays(1));
        (await HolderAsync(company)).ShouldBe((Crew.Rep, null));
    }

    [Test]
    public async Task Open_seats_go_too_and_the_substitute_decides()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("ask", Created, """[{"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"superior"}}]}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        var absence = new Absence(Crew.Lead, DateTime.MinValue, DateTime.MaxValue, Crew.Boss);
        company.Crew.Absences.Add(absence);
        await SayAsync(company, new AbsenceChanged(Crew.Lead, null, absence));
        await company.WorkAsync();
        var row = (await company.QueryAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM workflows_approval")).ShouldHaveSingleItem();
        await company.DoAsync(Crew.ActorOf(Crew.Boss), s => s.GetRequiredService<ApprovalActs>().DoAsync(row.Id, "approve", ActBody.Empty, default));
        await company.WorkAsync();
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
    }

    [Test]
    public async Task A_new_holiday_moves_due_times_and_the_reason_is_kept()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("call", Created, """[{"id":"call","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x","due":{"in":{"business":"P2D"}}}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        company.Office.Holidays.Add(new DateOnly(2026, 3, 3));
        await SayAsync(company, new CalendarChanged(null));
        await company.WorkAsync();
        var row = (await company.QueryAsync<TaskRow>($"SELECT {TaskRow.Columns} FROM workflows_task")).ShouldHaveSingleItem();
        row.DueAt.ShouldBe(new DateTime(2026, 3, 5, 2, 0, 0, DateTimeKind.Utc));
        Wording.Read(row.DueWhy)!.En.ShouldStartWith("The business calendar changed");
    }

    [Test]
    public async Task A_new_holiday_moves_the_due_times_of_approvers_too()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("ask", Created, """[{"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"superior"},"due":{"in":{"business":"P2D"}},"remind":1,"remindEvery":{"business":"P1D"},"whenLate":"reject"}]}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        company.Office.Holidays.Add(new DateOnly(2026, 3, 3));
        await SayAsync(company, new CalendarChanged(null));
        await company.WorkAsync();
        (await company.QueryAsync<DateTime>("SELECT due_at FROM workflows_seat")).ShouldBe([new DateTime(2026, 3, 5, 2, 0, 0, DateTimeKind.Utc)]);
        (await company.QueryAsync<DateTime>("SELECT due_at FROM workflows_approval")).ShouldBe([new DateTime(2026, 3, 5, 2, 0, 0, DateTimeKind.Utc)]);
        (await company.QueryAsync<string>("SELECT act FROM workflows_act")).ShouldContain("move");
        // The old time passes without a reminder, the new one with it.
        await company.WaitAsync(TimeSpan.FromDays(2.1));
        company.Told.Notices.Count(n => n.Notice.Title.En.StartsWith("Approval is due", StringComparison.Ordinal)).ShouldBe(0);
        await company.WaitAsync(TimeSpan.FromDays(1));
        company.Told.Notices.Count(n => n.Notice.Title.En.StartsWith("Approval is due", StringComparison.Ordinal)).ShouldBe(1);
        await company.WaitAsync(TimeSpan.FromDays(1));
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
    }

    [Test]
    public async Task A_new_holiday_moves_timers_that_wait_in_business_time_and_the_history_says_why()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("wait", Created, """[{"id":"wait","kind":"wait","inputs":{"until":{"in":{"business":"P2D"}}}},{"id":"say","kind":"test.count"}]""");
        await company.PublishAsync("plain", Created, """[{"id":"wait","kind":"wait","inputs":{"until":{"in":{"plain":"P2D"}}}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        company.Office.Holidays.Add(new DateOnly(2026, 3, 3));
        await SayAsync(company, new CalendarChanged(Crew.East));
        await company.WorkAsync();
        var why = (await company.QueryAsync<string>("SELECT detail FROM workflows_history WHERE kind = 2 ORDER BY seq DESC"))[0];
        why.ShouldContain("The business calendar changed");
        await company.WaitAsync(TimeSpan.FromDays(2.1));
        company.Acting.Done.ShouldBeEmpty();
        (await company.CountAsync("workflows_run WHERE sop_key = 'plain' AND status = 3")).ShouldBe(1);
        await company.WaitAsync(TimeSpan.FromDays(1));
        company.Acting.Done.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_new_holiday_moves_what_is_due_so_much_working_time_before_or_after_a_date()
    {
        await using var company = await Company.StartAsync();
        const string Due = """{"path":"closes","plus":{"business":"-P2D"}}""";
        await company.PublishAsync("call", Created, $$$"""[{"id":"call","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x","due":{{{Due}}}}}]""");
        await company.PublishAsync("ask", Created, $$$"""[{"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"superior"},"due":{{{Due}}}}]}}]""");
        await company.PublishAsync("wait", Created, $$$"""[{"id":"wait","kind":"wait","inputs":{"until":{{{Due}}}}}]""");
        await company.DealAsync("甲", null, ("closes", new DateOnly(2026, 3, 12)));
        await company.WorkAsync();
        (await DuesAsync(company)).Distinct().ShouldBe([new DateTime(2026, 3, 9, 10, 0, 0, DateTimeKind.Utc)]);
        company.Office.Holidays.Add(new DateOnly(2026, 3, 11));
        await SayAsync(company, new CalendarChanged(null));
        await company.WorkAsync();
        (await DuesAsync(company)).ShouldBe(Enumerable.Repeat(new DateTime(2026, 3, 6, 10, 0, 0, DateTimeKind.Utc), 3));
        Wording.Read((await company.QueryAsync<string>("SELECT due_why FROM workflows_task"))[0])!.En.ShouldStartWith("The business calendar changed");
    }

    [Test]
    public async Task Where_a_day_is_worked_after_all_escalations_and_ends_of_seats_come_earlier_though_the_due_time_stays()
    {
        await using var company = await Company.StartAsync();
        company.Office.Holidays.Add(new DateOnly(2026, 3, 4));
        await company.PublishAsync("call", Created, """[{"id":"call","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x","due":{"in":{"plain":"P1D"}},"escalations":[{"after":{"business":"P1D"},"do":"complete"}]}}]""");
        await company.PublishAsync("ask", Created, """[{"id":"ask","kind":"approval","inputs":{"title":"x","stages":[{"key":"one","approvers":{"by":"superior"},"due":{"in":{"plain":"P1D"}},"remind":1,"remindEvery":{"business":"P1D"},"whenLate":"reject"}]}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromDays(1.1));
        company.Office.Holidays.Clear();
        await SayAsync(company, new CalendarChanged(null));
        await company.WorkAsync();
        (await company.CountAsync("workflows_run WHERE status < 3")).ShouldBe(2);
        await company.WaitAsync(TimeSpan.FromDays(1));
        (await company.CountAsync("workflows_run WHERE status < 3")).ShouldBe(0);
    }

    [Test]
    public async Task What_counts_from_a_date_that_is_gone_keeps_its_time_when_the_calendar_changes()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("call", Created, """[{"id":"call","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x","due":{"path":"closes","plus":{"business":"P2D"}}}}]""");
        var deal = await company.DealAsync("甲", null, ("closes", new DateOnly(2026, 3, 12)));
        await company.WorkAsync();
        var before = await company.QueryAsync<DateTime>("SELECT due_at FROM workflows_task");
        await company.ChangeAsync(deal.Id, "closes", null);
        company.Office.Holidays.Add(new DateOnly(2026, 3, 13));
        await SayAsync(company, new CalendarChanged(null));
        await company.WorkAsync();
        (await company.QueryAsync<DateTime>("SELECT due_at FROM workflows_task")).ShouldBe(before);
    }

    private static async Task<IReadOnlyList<DateTime>> DuesAsync(Company company) =>
        [.. await company.QueryAsync<DateTime>("SELECT due_at FROM workflows_task UNION ALL SELECT due_at FROM workflows_seat UNION ALL SELECT due_at FROM shared_work WHERE item_key LIKE '%/wait#1/Wait'")];

    [Test]
    public async Task A_calendar_of_another_unit_moves_nothing()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("wait", Created, """[{"id":"wait","kind":"wait","inputs":{"until":{"in":{"business":"P2D"}}}}]""");
        await company.DealAsync("甲", Crew.Boss);
        await company.WorkAsync();
        company.Office.Holidays.Add(new DateOnly(2026, 3, 3));
        await SayAsync(company, new CalendarChanged(Crew.East));
        await company.WorkAsync();
        (await company.CountAsync("workflows_history WHERE kind = 2")).ShouldBe(1);
    }

    [Test]
    public async Task More_work_than_one_batch_holds_goes_to_the_substitute_to_the_last_piece()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("call", Created, """[{"id":"call","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"x"}}]""");
        var (now, count) = (company.Time.GetUtcNow().UtcDateTime, 2 * Crm.Workflows.People.Absences.HandOver.AtOnce + 7);
        await company.DoAsync(Actor.System, s => s.GetRequiredService<Session>().InTransactionAsync(async () =>
        {
            for (var i = 0; i < count; i++)
                await s.GetRequiredService<TaskStore>().InsertAsync(new TaskRow { Id = Guid.CreateVersion7(company.Time.GetUtcNow()), Title = """{"zh":"x","en":"x"}""", AssigneeId = Crew.Rep, Version = 1, CreatedAt = now }, default);
        }, default));
        var absence = new Absence(Crew.Rep, DateTime.MinValue, DateTime.MaxValue, Crew.Other);
        company.Crew.Absences.Add(absence);
        await SayAsync(company, new AbsenceChanged(Crew.Rep, null, absence));
        await company.WorkAsync();
        (await company.CountAsync("workflows_task WHERE assignee_id = @id", new { id = Crew.Other })).ShouldBe(count);
    }
}
