using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;
using static Crm.Workflows.Tests.Api.Editions;

namespace Crm.Workflows.Tests.Api;

internal sealed class MigrationApiTests
{
    [Test]
    public async Task A_run_that_waits_for_a_task_goes_on_in_the_new_version_with_assignee_and_due_time_kept()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Task("call", "打电话", new { @in = new { plain = "PT2H" } }));
        var run = await editions.StartAsync();
        var before = await firm.OnlyAsync(firm.Rep, "tasks?mine=true&state=open");
        await editions.PublishAsync(Task("call", "打电话", new { @in = new { plain = "P9D" } }), Task("visit", "拜访"));

        (await editions.MigrateAsync(run)).GetProperty("version").GetInt32().ShouldBe(2);
        var after = await firm.OnlyAsync(firm.Rep, "tasks?mine=true&state=open");
        foreach (var kept in new[] { "id", "dueAt", "title" }) after.GetProperty(kept).GetString().ShouldBe(before.GetProperty(kept).GetString());
        var history = (await editions.RunAsync(run)).GetProperty("history").EnumerateArray().Last();
        (history.GetProperty("kind").GetString(), history.GetProperty("actor").GetProperty("name").GetString()).ShouldBe(("migrated", "周运营"));
        await editions.CompleteAsync(firm.Rep);
        (await firm.OnlyAsync(firm.Rep, "tasks?mine=true&state=open")).GetProperty("title").GetString().ShouldBe("拜访");
        await editions.CompleteAsync(firm.Rep);
        (await editions.StateAsync(run)).ShouldBe("done");
    }

    [Test]
    public async Task A_wait_for_a_date_that_counts_days_in_the_new_version_follows_the_date_no_more()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(new { id = "pause", kind = "wait", inputs = new { until = new { path = "nextTryAt" } } });
        var lead = await editions.LeadAsync();
        await firm.Rep.PatchJson($"leads/{lead}", new { nextTryAt = firm.Crm.Time.GetUtcNow().AddDays(3).UtcDateTime });
        var run = await editions.StartAsync(lead);
        await editions.PublishAsync(Wait("pause", "P3D"));
        await editions.MigrateAsync(run);
        await firm.Rep.PatchJson($"leads/{lead}", new { nextTryAt = firm.Crm.Time.GetUtcNow().AddDays(30).UtcDateTime });
        await firm.Crm.RunDueAsync();
        await firm.Crm.PassAsync(TimeSpan.FromDays(3.1));
        (await editions.StateAsync(run)).ShouldBe("done");
        (await firm.Crm.ValueAsync<long>("SELECT COUNT(*) FROM workflows_subscription")).ShouldBe(0);
    }

    [Test]
    public async Task A_run_whose_step_is_gone_stays_unless_the_plan_says_where_it_went()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Task("call"));
        var run = await editions.StartAsync();
        await editions.PublishAsync(Task("ring", "响铃"), Task("visit"));

        var refused = (await firm.Ops.SendAsync(HttpMethod.Post, $"runs/{run}/migrate", new { })).Is(409, "run.notMovable");
        refused.Json.GetProperty("detail").GetString()!.ShouldContain("call");
        (await editions.RunAsync(run)).GetProperty("version").GetInt32().ShouldBe(1);
        (await firm.Ops.SendAsync(HttpMethod.Post, $"runs/{run}/migrate", new { map = new { call = "nowhere" } })).Is(400, "invalid").Errors.ShouldContainKey("map.call");

        await editions.MigrateAsync(run, new { call = "ring" });
        (await editions.WaitsAsync(run)).ShouldBe(["ring"]);
        (await editions.RunAsync(run)).GetProperty("waitingFor")[0].GetProperty("who").GetProperty("name").GetString().ShouldBe("李销售");
        await editions.CompleteAsync(firm.Rep);
        (await editions.WaitsAsync(run)).ShouldBe(["visit"]);
        await editions.CompleteAsync(firm.Rep);
        (await editions.StateAsync(run)).ShouldBe("done");
    }

    [Test]
    public async Task A_step_that_only_took_another_id_is_found_by_itself()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Wait("pause", "P3D"));
        var run = await editions.StartAsync();
        await editions.PublishAsync(Wait("rest", "P3D"), Task("after"));
        await editions.MigrateAsync(run);
        (await editions.WaitsAsync(run)).ShouldBe(["rest"]);
    }

    [Test]
    public async Task What_was_on_its_way_under_the_old_name_still_arrives()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Task("call"));
        var run = await editions.StartAsync();
        await editions.PublishAsync(Task("ring", "响铃"));
        // Completed, and the run has not taken notice yet.
        var task = await firm.OnlyAsync(firm.Rep, "tasks?mine=true&state=open");
        await firm.Rep.PostJson($"tasks/{task.GetProperty("id").GetString()}/complete", new { outcome = "done", answers = new { } });
        await editions.MigrateAsync(run, new { call = "ring" });
        await firm.Crm.RunDueAsync();
        (await editions.StateAsync(run)).ShouldBe("done");
    }

    [Test]
    public async Task A_timer_keeps_its_time_under_its_new_name()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Wait("pause", "P3D"));
        var run = await editions.StartAsync();
        await editions.PublishAsync(Wait("rest", "P30D"), Task("after"));
        await editions.MigrateAsync(run, new { pause = "rest" });
        await firm.Crm.PassAsync(TimeSpan.FromDays(2.9));
        (await editions.WaitsAsync(run)).ShouldBe(["rest"]);
        await firm.Crm.PassAsync(TimeSpan.FromDays(0.2));
        (await editions.WaitsAsync(run)).ShouldBe(["after"]);
        await editions.CompleteAsync(firm.Rep);
        (await editions.StateAsync(run)).ShouldBe("done");
    }

    [Test]
    public async Task An_approval_goes_on_with_its_approvers_and_cannot_lose_a_stage()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Approval("sign"));
        var run = await editions.StartAsync();
        await editions.PublishAsync(Approval("sign", "other"));
        (await firm.Ops.SendAsync(HttpMethod.Post, $"runs/{run}/migrate", new { })).Is(409, "run.notMovable").Json.GetProperty("detail").GetString()!.ShouldContain("boss");

        await editions.PublishAsync(Approval("signed"), Task("after"));
        await editions.MigrateAsync(run, new { sign = "signed" });
        var approval = await firm.OnlyAsync(firm.Lead, "approvals?mine=true&state=open");
        await firm.Lead.PostJson($"approvals/{approval.GetProperty("id").GetString()}/approve", new { });
        await firm.Crm.RunDueAsync();
        (await editions.WaitsAsync(run)).ShouldBe(["after"]);
        await editions.CompleteAsync(firm.Rep);
        (await editions.StateAsync(run)).ShouldBe("done");
    }

    [Test]
    public async Task A_run_inside_a_parallel_moves_with_all_its_ways_and_a_join_that_could_not_be_met_is_refused()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Parallel("both", Task("left"), Wait("right", "P1D")));
        var run = await editions.StartAsync();
        await editions.PublishAsync(Parallel("both", Task("left"), Wait("right", "P1D"), Task("third")));
        (await firm.Ops.SendAsync(HttpMethod.Post, $"runs/{run}/migrate", new { })).Is(409, "run.notMovable");

        await editions.PublishAsync(Parallel("together", Task("links"), Wait("right", "P1D")), Task("after"));
        await editions.MigrateAsync(run, new { both = "together", left = "links" });
        (await editions.WaitsAsync(run)).ShouldBe(["links", "right"]);
        await firm.Crm.PassAsync(TimeSpan.FromDays(1.1));
        await editions.CompleteAsync(firm.Rep);
        (await editions.WaitsAsync(run)).ShouldBe(["after"]);
    }

    [Test]
    public async Task A_run_inside_a_for_each_moves_with_the_record_each_way_is_about()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm, "customer");
        object Each(string task, string title) =>
            new { id = "each", kind = "forEach", inputs = new { type = "contact", via = "customer", together = true }, steps = new[] { Task(task, title) } };
        await editions.PublishAsync(Each("call", "打给 {{item.name}}"));
        var customer = await firm.Rep.CreateAsync("customers", new { name = "远航" });
        foreach (var name in new[] { "甲", "乙" }) await firm.Rep.CreateAsync("contacts", new { name, customer });
        var run = await editions.StartAsync(customer);
        await editions.PublishAsync(Each("ring", "打给 {{item.name}}"), Task("after"));
        await editions.MigrateAsync(run, new { call = "ring" });
        (await editions.WaitsAsync(run)).ShouldBe(["ring", "ring"]);
        await editions.CompleteAsync(firm.Rep);
        await editions.CompleteAsync(firm.Rep);
        (await editions.WaitsAsync(run)).ShouldBe(["after"]);
        await editions.CompleteAsync(firm.Rep);
        (await editions.StateAsync(run)).ShouldBe("done");
    }

    [Test]
    public async Task A_preview_says_run_by_run_what_would_happen_and_changes_nothing()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Task("call", "打", new { @in = new { plain = "PT2H" } }), Wait("pause", "P3D"));
        var waiting = await editions.LeadAsync("在等待");
        var (calling, pausing) = (await editions.StartAsync(await editions.LeadAsync("在电话")), await editions.StartAsync(waiting));
        await editions.CompleteAsync(firm.Rep, waiting);
        await firm.Ops.PutJson($"sops/{Key}", editions.Sop(Task("call")));

        var preview = await firm.Ops.PostJson($"sops/{Key}/migration/preview", new { to = "draft" });
        (preview.GetProperty("runs").GetInt32(), preview.GetProperty("movable").GetInt32(), preview.GetProperty("refused").GetInt32()).ShouldBe((2, 1, 1));
        var items = preview.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("run").GetGuid());
        items[pausing].GetProperty("can").GetBoolean().ShouldBeFalse();
        items[pausing].GetProperty("why")[0].GetProperty("en").GetString()!.ShouldContain("pause");
        var waits = items[calling].GetProperty("waits").EnumerateArray().ShouldHaveSingleItem();
        (waits.GetProperty("to").GetString(), waits.GetProperty("who")[0].GetProperty("name").GetString()).ShouldBe(("call", "李销售"));
        waits.GetProperty("until").ValueKind.ShouldBe(JsonValueKind.String);
        preview.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("step").GetString() == "pause").GetProperty("to").ValueKind.ShouldBe(JsonValueKind.Null);
        (await editions.RunAsync(calling)).GetProperty("version").GetInt32().ShouldBe(1);
    }

    [Test]
    public async Task Publishing_moves_what_is_running_in_the_background_and_tells_what_stays()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Task("call"), Wait("pause", "P3D"));
        var runs = new List<Guid>();
        for (var i = 0; i < 3; i++) runs.Add(await editions.StartAsync(await editions.LeadAsync($"线索{i}")));
        await editions.CompleteAsync(firm.Rep);
        await firm.Ops.PutJson($"sops/{Key}", editions.Sop(Task("call"), Task("more")));
        (await firm.Ops.SendAsync(HttpMethod.Post, $"sops/{Key}/publish", new { note = "x", running = "maybe" })).Is(400, "invalid");
        var published = await firm.Ops.PostJson($"sops/{Key}/publish", new { note = "去掉等待", running = "migrate" });
        var migration = published.GetProperty("migration");
        (migration.GetProperty("total").GetInt32(), migration.GetProperty("moved").GetInt32()).ShouldBe((3, 0));

        await firm.Crm.RunDueAsync();
        var done = await firm.Ops.GetJson($"sops/{Key}/migrations/{migration.GetProperty("id").GetString()}");
        (done.GetProperty("moved").GetInt32(), done.GetProperty("refused").GetInt32()).ShouldBe((2, 1));
        done.GetProperty("endedAt").ValueKind.ShouldBe(JsonValueKind.String);
        done.GetProperty("stayed").EnumerateArray().ShouldHaveSingleItem().GetProperty("why")[0].GetProperty("en").GetString()!.ShouldContain("pause");
        (await firm.Ops.GetJson($"sops/{Key}/migrations")).GetProperty("items").GetArrayLength().ShouldBe(1);
        var versions = new List<int>();
        foreach (var run in runs) versions.Add((await editions.RunAsync(run)).GetProperty("version").GetInt32());
        versions.Order().ShouldBe([1, 2, 2]);
    }

    [Test]
    public async Task Once_moved_a_run_listens_to_the_events_of_its_new_version_and_to_no_others()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        object For(string field) => new { id = "w", kind = "waitFor", inputs = new { events = new[] { new { id = field, on = new { kind = "updated", inputs = new { fields = new[] { field } } } } } } };
        await editions.PublishAsync(For("company"));
        var lead = await editions.LeadAsync();
        var run = await editions.StartAsync(lead);
        await editions.PublishAsync(For("need"));
        await editions.MigrateAsync(run);
        await firm.Rep.PatchJson($"leads/{lead}", new { company = "远航" });
        await firm.Crm.RunDueAsync();
        (await editions.WaitsAsync(run)).ShouldBe(["w"]);
        await firm.Rep.PatchJson($"leads/{lead}", new { need = "ERP" });
        await firm.Crm.RunDueAsync();
        (await editions.StateAsync(run)).ShouldBe("done");
    }

    [Test]
    public async Task A_stuck_step_is_mended_by_a_version_that_does_it_right()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(new { id = "until", kind = "wait", inputs = new { until = new { path = "nextTryAt" } } });
        var run = await editions.StartAsync();
        (await editions.StateAsync(run)).ShouldBe("incident");
        await editions.PublishAsync(Wait("pause", "P1D"));
        await editions.MigrateAsync(run, new { until = "pause" });
        await firm.Ops.PostJson($"runs/{run}/retry", new { });
        (await editions.WaitsAsync(run)).ShouldBe(["pause"]);
        await firm.Crm.PassAsync(TimeSpan.FromDays(1.1));
        (await editions.StateAsync(run)).ShouldBe("done");
    }

    [Test]
    public async Task Only_who_may_mend_runs_moves_them_and_only_those_within_reach()
    {
        await using var firm = await Firm.StartAsync();
        var editions = new Editions(firm);
        await editions.PublishAsync(Task("call"));
        var run = await editions.StartAsync();
        await editions.PublishAsync(Task("call"), Task("more"));
        (await firm.Lead.SendAsync(HttpMethod.Post, $"runs/{run}/migrate", new { })).Is(403);
        (await firm.Lead.SendAsync(HttpMethod.Post, $"sops/{Key}/migration", new { })).Is(403);
        (await firm.Lead.SendAsync(HttpMethod.Post, $"sops/{Key}/migration/preview", new { })).Is(403);

        await firm.Crm.Admin.PostJson("roles", new { key = "mender", name = new { zh = "处理员", en = "Mender" }, permissions = new[] { "run.manage", "run.read", "sop.read", "lead.read" }, scopes = new Dictionary<string, string> { ["*"] = "own" } });
        var (_, mender) = await firm.Crm.PersonAsync("外人", firm.Crm.RootUnit, "mender");
        (await mender.SendAsync(HttpMethod.Post, $"runs/{run}/migrate", new { })).Is(404);
        var item = (await mender.PostJson($"sops/{Key}/migration/preview", new { })).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (item.GetProperty("can").GetBoolean(), item.GetProperty("record").ValueKind).ShouldBe((false, JsonValueKind.Null));
        var begun = await mender.PostJson($"sops/{Key}/migration", new { }, 202);
        await firm.Crm.RunDueAsync();
        (await mender.GetJson($"sops/{Key}/migrations/{begun.GetProperty("id").GetString()}")).GetProperty("refused").GetInt32().ShouldBe(1);
        (await editions.RunAsync(run)).GetProperty("version").GetInt32().ShouldBe(1);
    }
}
