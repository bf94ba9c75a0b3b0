using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;
using Crm.Workflows.Tests.Runtime;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>Reported of others: a step that failed once is lost.</summary>
internal sealed class RetryTests
{
    private static async Task<Company> FailingAsync(string step, FailureClass failure)
    {
        var company = await Company.StartAsync();
        await company.PublishAsync("fails", """[{"kind":"created"}]""", $$"""[{{step}}]""");
        company.Acting.Fail = failure;
        await company.DealAsync("甲");
        await company.WorkAsync();
        return company;
    }

    [TestCase("""{"id":"a","kind":"test.fail"}"""), TestCase("""{"id":"a","kind":"test.outside"}""")]
    public async Task A_step_whose_reason_may_pass_is_tried_for_a_day_and_then_calls_a_person(string step)
    {
        await using var company = await FailingAsync(step, FailureClass.Transient);
        for (var i = 0; i < 60 && (await company.RunAsync()).Status != Standing.Incident; i++) await company.WaitAsync(TimeSpan.FromHours(1));
        (await company.RunAsync()).Status.ShouldBe(Standing.Incident);
        company.Acting.Tries.ShouldBe(12);
        company.Told.Notices.ShouldContain(n => n.User == Crew.Admin && n.Notice.Kind == "incident");
        company.Acting.Fail = null;
        await company.MendAsync((await company.RunAsync()).Id, "retry");
        await company.WorkAsync();
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
    }

    [TestCase(FailureClass.Data), TestCase(FailureClass.Configuration), TestCase(FailureClass.Permission)]
    public async Task A_reason_that_will_not_pass_calls_a_person_at_once(FailureClass failure)
    {
        await using var company = await FailingAsync("""{"id":"a","kind":"test.fail"}""", failure);
        (await company.RunAsync()).Status.ShouldBe(Standing.Incident);
        company.Acting.Tries.ShouldBe(1);
    }
}
