using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

internal sealed class StartTests
{
    private const string Created = """[{"kind":"created"}]""";
    private const string Count = """[{"id":"one","kind":"test.count","inputs":{"what":{"path":"name"}}}]""";

    [Test]
    public async Task A_change_starts_the_sop_in_its_own_transaction()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, Count);
        var deal = await company.DealAsync("甲");
        var run = await company.RunAsync();
        (run.RecordId, run.Status, run.InitiatorId, run.StartedBy).ShouldBe((deal.Id, Standing.Running, Crew.Rep, "created"));
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["甲"]);
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
    }

    [Test]
    public async Task The_same_event_starts_an_sop_once_whoever_tells_of_it_again()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", """[{"kind":"button","inputs":{"label":{"zh":"跑","en":"Run"}}}]""", Count);
        var deal = await company.DealAsync("甲");
        var started = new List<Guid?>();
        foreach (var what in (string[])["monday", "monday", "tuesday"])
            await company.DoAsync(Actor.System, async s =>
            {
                var sop = (await s.GetRequiredService<SopsNow>().ReadAsync(default)).Find("greet")!;
                started.Add(await s.GetRequiredService<Shared.Data.Session>().InTransactionAsync(() =>
                    s.GetRequiredService<RunStarter>().StartAsync(new(sop, deal, RunStarter.EventOf("greet", what), "schedule"), default), default));
            });
        started.Select(id => id is not null).ShouldBe([true, false, true]);
        await company.WorkAsync();
        company.Acting.Done.Count.ShouldBe(2);
    }

    [Test]
    public async Task A_change_that_is_rolled_back_starts_nothing()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, Count);
        await Should.ThrowAsync<InvalidOperationException>(() => company.DoAsync(Crew.ActorOf(Crew.Rep), s =>
            s.GetRequiredService<Crm.Shared.Data.Session>().InTransactionAsync(async () =>
            {
                await s.GetRequiredService<IRecords>().CreateAsync("deal", new Dictionary<string, object?> { ["name"] = "甲" }, WriteOptions.None, default);
                throw new InvalidOperationException();
            }, default)));
        (await company.RunsAsync()).ShouldBeEmpty();
        (await company.WorkAsync()).ShouldBe(0);
    }

    [Test]
    public async Task A_host_that_dies_between_commit_and_work_loses_nothing()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, Count);
        await company.DealAsync("甲");
        await using var next = company.Second();
        await next.WorkAsync();
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["甲"]);
    }

    [Test]
    public async Task Two_matching_triggers_start_the_sop_once()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", """[{"kind":"updated"},{"kind":"updated","inputs":{"fields":["stage"]}},{"kind":"stageEntered","inputs":{"to":"won"}}]""", Count);
        var deal = await company.DealAsync("甲");
        await company.ChangeAsync(deal.Id, "stage", "won");
        await company.WorkAsync();
        company.Acting.Done.Count.ShouldBe(1);
    }

    [TestCase("amount", 5, 0)]
    [TestCase("stage", "quote", 0)]
    [TestCase("stage", "won", 1)]
    public async Task Only_the_change_that_the_trigger_names_starts_it(string field, object value, int starts)
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("won", """[{"kind":"updated","inputs":{"fields":["stage"],"from":"new","to":"won"}}]""", Count);
        var deal = await company.DealAsync("甲");
        await company.ChangeAsync(deal.Id, field, value);
        (await company.RunsAsync()).Count.ShouldBe(starts);
    }

    [TestCase(50, 0)]
    [TestCase(150, 1)]
    public async Task The_filter_of_a_trigger_is_asked(int amount, int starts)
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("big", """[{"kind":"created","filter":{"field":"amount","op":"gt","value":100}}]""", Count);
        await company.DealAsync("甲", null, ("amount", amount));
        (await company.RunsAsync()).Count.ShouldBe(starts);
    }

    [Test]
    public async Task Once_ever_means_once_for_each_record()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("once", """[{"kind":"updated","reentry":"onceEver"}]""", Count);
        var (first, second) = (await company.DealAsync("甲"), await company.DealAsync("乙"));
        await company.ChangeAsync(first.Id, "amount", 1);
        await company.WorkAsync();
        await company.ChangeAsync(first.Id, "amount", 2);
        await company.ChangeAsync(second.Id, "amount", 2);
        (await company.RunsAsync()).Count.ShouldBe(2);
    }

    [Test]
    public async Task Once_at_a_time_waits_for_the_end_of_the_run_before()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("one", """[{"kind":"updated","reentry":"onceAtATime"}]""", """[{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"PT1H"}}}}]""");
        var deal = await company.DealAsync("甲");
        await company.ChangeAsync(deal.Id, "amount", 1);
        await company.WorkAsync();
        await company.ChangeAsync(deal.Id, "amount", 2);
        (await company.RunsAsync()).Count.ShouldBe(1);
        await company.WaitAsync(TimeSpan.FromHours(2));
        await company.ChangeAsync(deal.Id, "amount", 3);
        (await company.RunsAsync()).Count.ShouldBe(2);
    }

    [Test]
    public async Task An_import_told_not_to_start_sops_starts_none()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, Count);
        var quiet = Crew.ActorOf(Crew.Rep) with { StartsSops = false, Source = Source.Import };
        await company.DoAsync(quiet, s => s.GetRequiredService<IRecords>().CreateAsync("deal", new Dictionary<string, object?> { ["name"] = "甲" }, WriteOptions.None, default));
        (await company.RunsAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task What_another_host_has_just_published_is_met_by_the_very_next_change()
    {
        await using var company = await Company.StartAsync();
        await company.DealAsync("甲");
        await using var other = company.Second();
        await other.PublishAsync("greet", Created, Count);
        await company.DealAsync("乙");
        (await company.RunAsync()).RecordName.ShouldBe("乙");
    }

    [Test]
    public async Task A_run_stays_with_its_version()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, """[{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"PT1H"}}}},{"id":"say","kind":"test.count","inputs":{"what":"old"}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.PublishAsync("greet", Created, """[{"id":"say","kind":"test.count","inputs":{"what":"new"}}]""");
        await company.WaitAsync(TimeSpan.FromHours(2));
        company.Acting.Done.ShouldBe(["old"]);
        await company.DealAsync("乙");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["old", "new"]);
    }

    [Test]
    public async Task Sops_that_start_one_another_end_as_an_incident_that_names_the_circle()
    {
        await using var company = await Company.StartAsync();
        const string Up = """[{"id":"up","kind":"score","inputs":{"field":"score","add":1}}]""";
        await company.PublishAsync("ping", """[{"kind":"updated","inputs":{"fields":["score"]}}]""", Up);
        var deal = await company.DealAsync("甲");
        await company.ChangeAsync(deal.Id, "score", 1);
        await company.WorkAsync();
        var runs = await company.RunsAsync();
        runs.Count.ShouldBe(11);
        runs.MaxBy(r => r.Depth)!.Status.ShouldBe(Standing.Incident);
        (await company.QueryAsync<string>("SELECT message FROM workflows_incident")).ShouldHaveSingleItem().ShouldContain("ping → ping");
        (await company.ReadAsync(deal.Id)).Get<long>("score").ShouldBe(11);
    }
}
