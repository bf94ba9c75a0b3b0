using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.Tests.Runtime;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: approvals that hang with the absent, forget a transfer, or count what was returned.</summary>
internal sealed class ApproverTests
{
    private Company company = null!;
    private Guid approval;

    [SetUp]
    public async Task Open()
    {
        company = await Company.StartAsync();
        await company.PublishAsync("ask", """[{"kind":"created"}]""", """
            [{"id":"ask","kind":"approval","inputs":{"title":"x","stages":[
                {"key":"one","approvers":{"by":"superior"}},
                {"key":"two","mode":"all","approvers":{"by":"users","users":["BOSS","OTHER"]}}]}},
             {"id":"say","kind":"test.count","inputs":{"what":{"template":"{{steps.ask.outcome}}"}}}]
            """.Replace("BOSS", Crew.Boss.ToString(), StringComparison.Ordinal).Replace("OTHER", Crew.Other.ToString(), StringComparison.Ordinal));
        await company.DealAsync("甲");
        await company.WorkAsync();
        approval = (await company.QueryAsync<Guid>("SELECT id FROM workflows_approval")).ShouldHaveSingleItem();
    }

    [TearDown]
    public async Task Close() => await company.DisposeAsync();

    private async Task DoAsync(Guid by, string act, Guid? to = null, string? stage = null)
    {
        await company.DoAsync(Crew.ActorOf(by), s => s.GetRequiredService<ApprovalActs>().DoAsync(approval, act, new(null, "因为", to, stage, null, null), default));
        await company.WorkAsync();
    }

    private async Task<Guid[]> AskedAsync() => [.. await company.QueryAsync<Guid>("SELECT person_id FROM workflows_seat WHERE status = 1 ORDER BY person_id")];

    [Test]
    public async Task An_approver_who_leaves_while_asked_holds_nothing_up()
    {
        var absence = new Absence(Crew.Lead, DateTime.MinValue, DateTime.MaxValue, Crew.Admin);
        company.Crew.Absences.Add(absence);
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<Session>().InTransactionAsync(() => s.GetRequiredService<IMediator>().Publish(new AbsenceChanged(Crew.Lead, null, absence)), default));
        await company.WorkAsync();
        (await AskedAsync()).ShouldBe([Crew.Admin]);
        await DoAsync(Crew.Admin, "approve");
        (await AskedAsync()).ShouldBe([Crew.Boss, Crew.Other]);
    }

    [Test]
    public async Task A_transferred_seat_is_the_others_alone_and_their_vote_counts()
    {
        await DoAsync(Crew.Lead, "transfer", Crew.Admin);
        (await AskedAsync()).ShouldBe([Crew.Admin]);
        await Should.ThrowAsync<Shared.Problems.Problem>(() => DoAsync(Crew.Lead, "approve"));
        await DoAsync(Crew.Admin, "approve");
        (await AskedAsync()).ShouldBe([Crew.Boss, Crew.Other]);
    }

    [Test]
    public async Task A_vote_given_before_a_return_is_asked_for_again()
    {
        await DoAsync(Crew.Lead, "approve");
        await DoAsync(Crew.Boss, "approve");
        await DoAsync(Crew.Other, "return", stage: "one");
        (await AskedAsync()).ShouldBe([Crew.Lead]);
        await DoAsync(Crew.Lead, "approve");
        (await AskedAsync()).ShouldBe([Crew.Boss, Crew.Other]);
        await DoAsync(Crew.Other, "approve");
        company.Acting.Done.ShouldBeEmpty();
        await DoAsync(Crew.Boss, "approve");
        company.Acting.Done.ShouldBe(["approved"]);
    }
}
