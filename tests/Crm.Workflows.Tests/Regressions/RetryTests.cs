using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Outside;
using Crm.Workflows.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;

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

    [Test]
    public async Task A_call_that_could_not_even_be_recorded_calls_a_person_whose_retry_makes_it_again()
    {
        var mood = new Mood { Throws = true };
        await using var company = await Company.StartAsync(services =>
        {
            services.AddSingleton(mood).AddScoped<OutsideHandler>();
            services.Insert(0, ServiceDescriptor.Scoped<IOutsideHandler, Forgetful>());
        });
        await company.PublishAsync("calls", """[{"kind":"created"}]""", """[{"id":"a","kind":"test.outside"}]""");
        await company.DealAsync("甲");
        for (var i = 0; i < 12; i++) await company.WaitAsync(TimeSpan.FromMinutes(20));
        (await company.RunAsync()).Status.ShouldBe(Standing.Incident);
        company.Acting.Tries.ShouldBe(8);
        (await company.CountAsync("shared_work")).ShouldBe(0, "the incident looks after it");
        mood.Throws = false;
        await company.MendAsync((await company.RunAsync()).Id, "retry");
        await company.WorkAsync();
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
        company.Acting.Done.Distinct().ShouldHaveSingleItem();
    }

    private sealed class Mood
    {
        public bool Throws { get; set; }
    }

    private sealed class Forgetful(OutsideHandler inner, Mood mood) : IOutsideHandler
    {
        public string Kind => inner.Kind;
        public Task<string?> PerformAsync(WorkItem item, CancellationToken ct) => inner.PerformAsync(item, ct);
        public Task DoneAsync(WorkItem item, string? result, CancellationToken ct) => mood.Throws ? throw new InvalidOperationException("as told") : inner.DoneAsync(item, result, ct);
        public Task FailedAsync(WorkItem item, Exception why, bool last, CancellationToken ct) => inner.FailedAsync(item, why, last, ct);
    }

    [TestCase(FailureClass.Data), TestCase(FailureClass.Configuration), TestCase(FailureClass.Permission)]
    public async Task A_reason_that_will_not_pass_calls_a_person_at_once(FailureClass failure)
    {
        await using var company = await FailingAsync("""{"id":"a","kind":"test.fail"}""", failure);
        (await company.RunAsync()).Status.ShouldBe(Standing.Incident);
        company.Acting.Tries.ShouldBe(1);
    }
}
