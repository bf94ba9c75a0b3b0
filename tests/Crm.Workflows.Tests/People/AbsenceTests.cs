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
}
