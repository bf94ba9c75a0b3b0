using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Runtime;

internal sealed class TurnTests
{
    private const string Created = """[{"kind":"created"}]""";

    [Test]
    public async Task A_branch_takes_the_way_whose_condition_holds_and_says_why()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("size", Created, """
            [{"id":"size","kind":"branch","inputs":{},"paths":[
                {"id":"big","when":{"field":"amount","op":"gte","value":1000},"steps":[{"id":"a","kind":"test.count","inputs":{"what":"big"}}]},
                {"id":"small","when":{"field":"amount","op":"lt","value":1000},"steps":[{"id":"b","kind":"test.count","inputs":{"what":"small"}}]}]}]
            """);
        await company.DealAsync("甲", null, ("amount", 5000));
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["big"]);
        var detail = (await company.QueryAsync<string>("SELECT detail FROM workflows_history WHERE step = 'size' AND kind = 1")).ShouldHaveSingleItem();
        var check = JsonNode.Parse(detail)!["checks"]![0]!;
        (check["path"]!.GetValue<string>(), check["actual"]!.GetValue<decimal>(), check["met"]!.GetValue<bool>()).ShouldBe(("amount", 5000m, true));
    }

    [Test]
    public async Task A_step_reads_what_an_earlier_one_has_left()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("chain", Created, """
            [{"id":"one","kind":"test.count","inputs":{"what":"x"}},
             {"id":"two","kind":"test.count","inputs":{"what":{"template":"{{name}} {{steps.one.n}} {{stage}} {{amount}}"}}}]
            """);
        await company.DealAsync("甲", null, ("amount", 1234.5m));
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["x", "甲 1 new 1234.5"]);
    }

    [Test]
    public async Task A_timer_of_sixty_days_fires_on_its_day_and_not_before()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", Created, """[{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"P60D"}}}},{"id":"say","kind":"test.count","inputs":{"what":"late"}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        (await company.RunAsync()).Status.ShouldBe(Standing.Waiting);
        foreach (var days in new[] { 24.8, 25, 10 }) await company.WaitAsync(TimeSpan.FromDays(days));
        company.Acting.Done.ShouldBeEmpty();
        await company.WaitAsync(TimeSpan.FromDays(0.2));
        company.Acting.Done.ShouldBe(["late"]);
    }

    [Test]
    public async Task A_waiting_run_with_its_timer_takes_less_than_two_kilobytes()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", Created, """[{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"P60D"}}}}]""");
        await company.DealAsync("甲公司采购项目");
        await company.WorkAsync();
        var run = await company.CountAsync("(SELECT 1)");
        run.ShouldBe(1);
        var bytes = (await company.QueryAsync<long>("""
            SELECT (SELECT SUM(LENGTH(CAST(sop_key AS BLOB)) * 4 + LENGTH(state) + LENGTH(CAST(record_name AS BLOB)) + 16 * 9 + 100) FROM workflows_run)
                + (SELECT SUM(LENGTH(payload) + LENGTH(item_key) * 2 + 120) FROM shared_work WHERE kind = 'workflows.turn')
                + (SELECT SUM(LENGTH(COALESCE(detail, '')) + LENGTH(step) + 60) FROM workflows_history)
            """))[0];
        bytes.ShouldBeLessThan(2048);
    }

    [Test]
    public async Task Business_time_is_counted_by_the_calendar_and_says_how()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("later", Created, """[{"id":"rest","kind":"wait","inputs":{"until":{"in":{"business":"P5D"}}}},{"id":"say","kind":"test.count"}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromDays(6.9));
        company.Acting.Done.ShouldBeEmpty();
        await company.WaitAsync(TimeSpan.FromDays(0.2));
        company.Acting.Done.Count.ShouldBe(1);
        (await company.QueryAsync<string>("SELECT detail FROM workflows_history WHERE step = 'rest' AND kind = 2")).ShouldHaveSingleItem().ShouldContain("个工作日");
    }

    [Test]
    public async Task An_awaited_event_wakes_the_run_and_its_time_out_is_gone()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("await", Created, """
            [{"id":"answer","kind":"waitFor","inputs":{"events":[{"id":"won","on":{"kind":"stageEntered","inputs":{"to":"won"}}}],"within":{"in":{"plain":"P3D"}}},
              "timedOut":[{"id":"late","kind":"test.count","inputs":{"what":"late"}}]},
             {"id":"say","kind":"test.count","inputs":{"what":{"template":"{{steps.answer.outcome}}"}}}]
            """);
        var deal = await company.DealAsync("甲");
        await company.WorkAsync();
        await company.ChangeAsync(deal.Id, "amount", 3);
        await company.WorkAsync();
        company.Acting.Done.ShouldBeEmpty();
        await company.ChangeAsync(deal.Id, "stage", "won");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["won"]);
        (await company.CountAsync("workflows_subscription")).ShouldBe(0);
        (await company.CountAsync("shared_work")).ShouldBe(0);
    }

    [Test]
    public async Task Without_the_event_the_time_out_path_is_taken()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("await", Created, """
            [{"id":"answer","kind":"waitFor","inputs":{"events":[{"id":"won","on":{"kind":"stageEntered","inputs":{"to":"won"}}}],"within":{"in":{"plain":"P3D"}}},
              "timedOut":[{"id":"late","kind":"test.count","inputs":{"what":"late"}}]}]
            """);
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromDays(4));
        company.Acting.Done.ShouldBe(["late"]);
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
        (await company.CountAsync("workflows_subscription")).ShouldBe(0);
    }

    [Test]
    public async Task A_called_sop_is_awaited_and_its_outcome_read()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("inner", """[{"kind":"button","inputs":{"label":{"zh":"跑","en":"Run"}}}]""", """[{"id":"in","kind":"test.count","inputs":{"what":"inner"}}]""");
        await company.PublishAsync("outer", Created, """[{"id":"call","kind":"call","inputs":{"sop":"inner"}},{"id":"after","kind":"test.count","inputs":{"what":{"template":"{{steps.call.outcome}}"}}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["inner", "completed"]);
        (await company.RunsAsync()).ShouldAllBe(r => r.Status == Standing.Done);
    }

    [Test]
    public async Task For_each_runs_its_steps_for_every_related_record()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("children", """[{"kind":"updated","inputs":{"fields":["stage"]}}]""",
            """[{"id":"each","kind":"forEach","inputs":{"type":"deal","via":"parentDeal"},"steps":[{"id":"one","kind":"test.count","inputs":{"what":{"path":"item.name"}}}]}]""");
        var parent = await company.DealAsync("总");
        foreach (var name in new[] { "甲", "乙", "丙" })
        {
            await company.DealAsync(name, null, ("parentDeal", parent.Id));
            company.Time.Advance(TimeSpan.FromSeconds(1));
        }
        await company.ChangeAsync(parent.Id, "stage", "quote");
        await company.WorkAsync();
        company.Acting.Done.ShouldBe(["甲", "乙", "丙"]);
    }

    [Test]
    public async Task A_failing_step_takes_back_its_own_writes_and_becomes_an_incident()
    {
        await using var company = await Company.StartAsync();
        (company.Acting.Fail, company.Acting.HalfDone) = (FailureClass.Data, true);
        await company.PublishAsync("fails", Created, """[{"id":"before","kind":"score","inputs":{"field":"score","add":5}},{"id":"fail","kind":"test.fail"}]""");
        var deal = await company.DealAsync("甲");
        await company.WorkAsync();
        (await company.RunAsync()).Status.ShouldBe(Standing.Incident);
        var record = await company.ReadAsync(deal.Id);
        (record.Text("stage"), record.Get<long>("score")).ShouldBe(("new", 5L));
        company.Told.Notices.ShouldContain(n => n.User == Crew.Admin && n.Notice.Kind == "incident");
    }

    [Test]
    public async Task A_step_that_fails_half_done_leaves_its_neighbours_of_the_batch_done_once()
    {
        await using var company = await Company.StartAsync();
        (company.Acting.Fail, company.Acting.HalfDone) = (FailureClass.Data, true);
        await company.PublishAsync("half", Created, """
            [{"id":"size","kind":"branch","inputs":{},"paths":[
                {"id":"big","when":{"field":"amount","op":"gte","value":1000},"steps":[{"id":"fails","kind":"test.fail","inputs":{"stage":"lost"}}]},
                {"id":"small","when":{"field":"amount","op":"lt","value":1000},"steps":[{"id":"works","kind":"updateFields","inputs":{"fields":{"stage":"won"}}}]}]}]
            """);
        foreach (var (name, amount) in new[] { ("甲", 1), ("乙", 5000), ("丙", 2) }) await company.DealAsync(name, null, ("amount", amount));
        await company.WorkAsync();
        (await company.QueryAsync<string>("SELECT name || ' ' || stage FROM t_deal ORDER BY amount")).ShouldBe(["甲 won", "丙 won", "乙 new"]);
        (await company.QueryAsync<long>("SELECT COUNT(*) FROM shared_change WHERE record_type = 'deal' GROUP BY record_id ORDER BY COUNT(*)")).ShouldBe([1, 2, 2]);
        (await company.QueryAsync<long>("SELECT COUNT(*) FROM workflows_incident")).ShouldBe([1]);
    }

    [Test]
    public async Task A_passing_failure_is_tried_again_with_growing_pauses_and_every_attempt_is_told()
    {
        await using var company = await Company.StartAsync();
        company.Acting.Fail = FailureClass.Transient;
        await company.PublishAsync("fails", Created, """[{"id":"fail","kind":"test.fail"}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromSeconds(13));
        await company.WaitAsync(TimeSpan.FromSeconds(25));
        company.Acting.Tries.ShouldBe(3);
        company.Acting.Fail = null;
        await company.WaitAsync(TimeSpan.FromMinutes(1));
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
        (await company.QueryAsync<long>("SELECT attempt FROM workflows_history WHERE step = 'fail' ORDER BY seq")).ShouldBe([1, 2, 3, 4]);
    }

    [Test]
    public async Task A_mended_step_is_retried_with_corrected_inputs()
    {
        await using var company = await Company.StartAsync();
        company.Acting.Fail = FailureClass.Data;
        await company.PublishAsync("fails", Created, """[{"id":"fail","kind":"test.fail"},{"id":"say","kind":"test.count"}]""");
        var deal = await company.DealAsync("甲");
        await company.WorkAsync();
        company.Acting.Fail = null;
        var run = await company.RunAsync();
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunActs>().RetryAsync(run.Id, new(null, new JsonObject { ["stage"] = "quote" }, null, null), default));
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
        (await company.ReadAsync(deal.Id)).Text("stage").ShouldBe("quote");
        (await company.CountAsync("workflows_incident WHERE closed_at IS NULL")).ShouldBe(0);
    }

    [Test]
    public async Task A_failed_step_can_be_skipped_and_a_run_cancelled()
    {
        await using var company = await Company.StartAsync();
        company.Acting.Fail = FailureClass.Data;
        await company.PublishAsync("fails", Created, """[{"id":"fail","kind":"test.fail"},{"id":"say","kind":"test.count"}]""");
        await company.DealAsync("甲");
        company.Time.Advance(TimeSpan.FromSeconds(1));
        await company.DealAsync("乙");
        await company.WorkAsync();
        var runs = await company.RunsAsync();
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunActs>().SkipAsync(runs[0].Id, new(null, null, null, null), default));
        await company.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunActs>().CancelAsync(runs[1].Id, new(null, null, null, "不需要了"), default));
        (await company.RunsAsync()).Select(r => r.Status).ShouldBe([Standing.Done, Standing.Cancelled]);
        company.Acting.Done.Count.ShouldBe(1);
        (await company.CountAsync("workflows_incident WHERE closed_at IS NULL")).ShouldBe(0);
    }

    [Test]
    public async Task Mending_runs_needs_the_permission()
    {
        await using var company = await Company.StartAsync();
        await Should.ThrowAsync<Problem>(() => company.DoAsync(Crew.ActorOf(Crew.Rep), s => s.GetRequiredService<RunActs>().CancelAsync(Guid.CreateVersion7(), new(null, null, null, null), default)));
    }

    [Test]
    public async Task A_step_outside_runs_after_the_commit_with_one_key_for_all_attempts()
    {
        await using var company = await Company.StartAsync();
        company.Acting.Fail = FailureClass.Transient;
        await company.PublishAsync("out", Created, """[{"id":"out","kind":"test.outside"}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        company.Acting.Fail = null;
        await company.WaitAsync(TimeSpan.FromSeconds(15));
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
        company.Acting.Done.Count.ShouldBe(2);
        company.Acting.Done.Distinct().ShouldHaveSingleItem().ShouldBe($"{(await company.RunAsync()).Id:N}/out/1");
    }

    [Test]
    public async Task Two_hosts_on_one_database_do_each_turn_once()
    {
        await using var company = await Company.StartAsync();
        await using var other = company.Second();
        await company.PublishAsync("greet", Created, """[{"id":"up","kind":"score","inputs":{"field":"score","add":1}},{"id":"say","kind":"score","inputs":{"field":"score","add":1}}]""");
        for (var i = 0; i < 40; i++) await company.DealAsync($"{i}");
        await Task.WhenAll(company.WorkAsync(), other.WorkAsync());
        (await company.CountAsync("t_deal WHERE score = 2")).ShouldBe(40);
        (await company.CountAsync("workflows_run WHERE status = 3")).ShouldBe(40);
    }

    [Test]
    public async Task What_a_lost_lease_left_behind_is_done_once_by_the_next()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, """[{"id":"up","kind":"score","inputs":{"field":"score","add":1}}]""");
        var deal = await company.DealAsync("甲");
        // A host has claimed the turn and died: its lease runs out, another takes over.
        await company.DoAsync(Actor.System, s => s.GetRequiredService<Session>().ExecuteAsync("UPDATE shared_work SET fence = fence + 1, attempts = 1, due_at = @until", new { until = company.Time.GetUtcNow().UtcDateTime.AddMinutes(2) }, default));
        (await company.WorkAsync()).ShouldBe(0);
        await company.WaitAsync(TimeSpan.FromMinutes(3));
        (await company.ReadAsync(deal.Id)).Get<long>("score").ShouldBe(1);
    }

    [Test]
    public async Task A_turn_that_the_queue_gives_up_is_an_incident_and_can_be_tried_again()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, """[{"id":"say","kind":"test.count"}]""");
        await company.DealAsync("甲");
        // The version cannot be read for a while: no step's fault.
        await company.DoAsync(Actor.System, s => s.GetRequiredService<Session>().ExecuteAsync("UPDATE workflows_version SET definition = 'x' || definition", null, default));
        await using var host = company.Second();
        for (var i = 0; i < 10; i++) await host.WaitAsync(TimeSpan.FromMinutes(20));
        var run = await host.RunAsync();
        run.Status.ShouldBe(Standing.Incident);
        await host.DoAsync(Actor.System, s => s.GetRequiredService<Session>().ExecuteAsync("UPDATE workflows_version SET definition = substr(definition, 2)", null, default));
        await host.DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<RunActs>().RetryAsync(run.Id, new(null, null, null, null), default));
        await host.WorkAsync();
        company.Acting.Done.Count.ShouldBe(1);
        (await host.RunAsync()).Status.ShouldBe(Standing.Done);
        (await host.CountAsync("shared_work")).ShouldBe(0, "what the incident looked after stays parked nowhere");
    }

    [Test]
    public async Task Of_two_turns_that_began_from_one_state_the_second_is_lost()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("wait", Created, """[{"id":"w","kind":"wait","inputs":{"until":{"in":{"plain":"P1D"}}}}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        var run = await company.RunAsync();
        Task SaveAsync() => company.DoAsync(Actor.System, s => s.GetRequiredService<Session>().InTransactionAsync(() =>
            s.GetRequiredService<RunStore>().SaveAsync(run, Crm.Workflows.Engine.RunState.Read(run.State!), Standing.Waiting, [], default), default));
        await SaveAsync();
        await Should.ThrowAsync<LostTurnException>(SaveAsync);
    }

    [Test]
    public async Task An_event_that_comes_after_the_end_changes_nothing()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("greet", Created, """[{"id":"say","kind":"test.count"}]""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        var run = await company.RunAsync();
        await company.DoAsync(Actor.System, s => s.GetRequiredService<Session>().InTransactionAsync(() => s.GetRequiredService<Turns>().TakeAsync(new(run.Id), default), default));
        company.Acting.Done.Count.ShouldBe(1);
        (await company.RunAsync()).Version.ShouldBe(run.Version);
    }
}
