using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;
using Crm.Workflows.Tests.Api;

namespace Crm.Workflows.Tests.Trials;

internal sealed class TrialTests
{
    private static readonly object Interested = new { @do = "complete", at = "contact#1", outcome = "interested", answers = new { need = "ERP", budget = 50000, timing = "quarter" } };

    [Test]
    public async Task A_trial_shows_every_effect_and_writes_nothing()
    {
        await using var firm = await Firm.StartAsync();
        var lead = await firm.Crm.Admin.CreateAsync("leads", new { name = "王先生", company = "远航公司", region = "east", source = "webForm" });
        await firm.Ops.PutJson("sops/lead-assignment", await ShippedAsync(firm, "lead-assignment"));
        await firm.Crm.RunDueAsync();
        var before = await Tables.ReadAsync(firm.Crm);

        var first = await TryAsync(firm, "lead-assignment", new { recordId = lead });
        first.GetProperty("state").GetString().ShouldBe("waiting");
        var waits = first.GetProperty("choices").EnumerateArray().ShouldHaveSingleItem();
        waits.GetProperty("at").GetString().ShouldBe("contact#1");
        var task = waits.GetProperty("task");
        task.GetProperty("title").GetString().ShouldBe("首次联系：王先生");
        task.GetProperty("assignee").GetProperty("name").GetString().ShouldBe("李销售");
        task.GetProperty("outcomes").EnumerateArray().Select(o => o.GetProperty("key").GetString()).ShouldBe(["interested", "notReached", "invalid"]);

        var whole = await TryAsync(firm, "lead-assignment", new { recordId = lead, choices = new[] { Interested } });
        whole.GetProperty("state").GetString().ShouldBe("done");
        var effects = whole.GetProperty("effects").EnumerateArray().ToList();
        effects.Select(e => Text(e, "step") ?? "").Where(s => s.Length > 0).Distinct().ShouldBe(["assign", "begin", "contact", "tries", "again", "result", "qualify", "convert"], ignoreOrder: true);
        var assigned = Effect(effects, "assign", "completed");
        assigned.GetProperty("why").GetProperty("zh").GetString()!.ShouldContain("李销售");
        Changed(assigned, "owner").GetProperty("after").GetProperty("name").GetString().ShouldBe("李销售");
        // What a step wrote is what later conditions and the end of the trial see.
        Changed(Effect(effects, "qualify", "completed"), "status").GetProperty("before").GetString().ShouldBe("contacting");
        whole.GetProperty("values").GetProperty("status").GetString().ShouldBe("qualified");
        var decided = effects.Single(e => Text(e, "step") == "result" && Text(e, "kind") == "decided");
        decided.GetProperty("outcome").GetString().ShouldBe("interested");
        decided.GetProperty("checks")[0].GetProperty("actual").GetString().ShouldBe("interested");
        whole.GetProperty("path").GetProperty("ways").EnumerateArray().Select(w => w.GetString()).ShouldContain("result/interested");

        (await Tables.ReadAsync(firm.Crm)).ShouldBe(before);
        (await firm.Crm.RunDueAsync()).ShouldBe(0);
        (await Tables.ReadAsync(firm.Crm)).ShouldBe(before);
    }

    [Test]
    public async Task Time_jumps_to_what_is_due_and_calls_the_superior()
    {
        await using var firm = await Firm.StartAsync("lead-assignment");
        var start = new DateTime(2026, 9, 30, 9, 0, 0, DateTimeKind.Utc);
        var late = await TryAsync(firm, "lead-assignment", new
        {
            values = new { name = "赵女士", region = "east" },
            start,
            choices = new object[] { new { @do = "time" }, new { @do = "time" }, new { @do = "time" } },
        });
        // Half past five in the evening before the national holiday: half an hour is left, the rest comes after it.
        late.GetProperty("choices")[0].GetProperty("task").GetProperty("dueAt").GetDateTime().ShouldBe(new DateTime(2026, 9, 30, 10, 0, 0, DateTimeKind.Utc));
        late.GetProperty("record").GetProperty("madeUp").GetBoolean().ShouldBeTrue();
        var acts = late.GetProperty("effects").EnumerateArray().Where(e => Text(e, "kind") == "act").ToList();
        acts.Select(a => a.GetProperty("act").GetString()).ShouldBe(["escalate", "reassign"]);
        late.GetProperty("choices")[0].GetProperty("task").GetProperty("assignee").GetProperty("name").GetString().ShouldBe("陈经理");
        late.GetProperty("now").GetDateTime().ShouldBeGreaterThan(new DateTime(2026, 10, 8, 0, 0, 0, DateTimeKind.Utc));
        (await firm.Ops.GetJson("leads")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Test]
    public async Task An_approval_is_decided_by_whom_the_rules_seat()
    {
        await using var firm = await Firm.StartAsync("quote-approval");
        var quote = await QuoteAsync(firm, 20);
        var before = await Tables.ReadAsync(firm.Crm);
        var pending = new { status = "pending" };

        var asked = await TryAsync(firm, "quote-approval", new { recordId = quote, values = pending, initiator = firm.Rep.UserId });
        asked.GetProperty("triggers")[0].GetProperty("fits").GetBoolean().ShouldBeTrue();
        var approval = asked.GetProperty("choices")[0].GetProperty("approval");
        approval.GetProperty("open")[0].GetProperty("approver").GetProperty("name").GetString().ShouldBe("陈经理");
        var both = new object[] { new { @do = "approve", at = "approval#1" }, new { @do = "approve", at = "approval#1", comment = "同意" } };
        var approved = await TryAsync(firm, "quote-approval", new { recordId = quote, values = pending, initiator = firm.Rep.UserId, choices = both });
        approved.GetProperty("state").GetString().ShouldBe("done", approved.GetProperty("incidents").ToString());
        var acts = approved.GetProperty("effects").EnumerateArray().Where(e => Text(e, "kind") == "act").ToList();
        acts.Select(a => a.GetProperty("actor").GetProperty("name").GetString()).ShouldBe(["陈经理", "林总监"]);
        approved.GetProperty("values").GetProperty("status").GetString().ShouldBe("approved");

        var rejected = await TryAsync(firm, "quote-approval", new { recordId = quote, values = pending, choices = new[] { new { @do = "reject", at = "approval#1" } } });
        rejected.GetProperty("path").GetProperty("ways").EnumerateArray().Select(w => w.GetString()).ShouldContain("result/rejected");
        var someoneElse = await firm.Ops.SendAsync(HttpMethod.Post, "sops/quote-approval/trial", new { recordId = quote, values = pending, choices = new[] { new { @do = "approve", at = "approval#1", by = firm.Director.UserId } } });
        someoneElse.Is(403, "approval.notYours").Json.GetProperty("choice").GetInt32().ShouldBe(0);
        (await Tables.ReadAsync(firm.Crm)).ShouldBe(before);
    }

    [Test]
    public async Task An_approver_tried_asks_others_is_urged_and_decides_in_the_end()
    {
        await using var firm = await Firm.StartAsync("quote-approval");
        var quote = await QuoteAsync(firm, 10);
        async Task<JsonElement> AfterAsync(params object[] choices) => await TryAsync(firm, "quote-approval", new { recordId = quote, values = new { status = "pending" }, initiator = firm.Rep.UserId, choices });

        var asked = (await AfterAsync()).GetProperty("choices")[0].GetProperty("approval");
        var seat = asked.GetProperty("open")[0];
        seat.GetProperty("acts").EnumerateArray().Select(a => a.GetString()).ShouldBe(["approve", "reject", "return", "transfer", "delegate", "addSigner", "copy", "comment"]);
        asked.GetProperty("acts").EnumerateArray().Select(a => a.GetString()).ShouldBe(["urge", "withdraw"]);

        var told = new object[]
        {
            new { @do = "urge", at = "approval#1" },
            new { @do = "copy", at = "approval#1", users = new[] { firm.Ops.UserId } },
            new { @do = "delegate", at = "approval#1", to = firm.Director.UserId },
        };
        var delegated = await AfterAsync(told);
        delegated.GetProperty("effects").EnumerateArray().Where(e => Text(e, "kind") == "act").Select(e => Text(e, "act")).ShouldBe(["urge", "copy", "delegate"]);
        var opinion = delegated.GetProperty("choices")[0].GetProperty("approval").GetProperty("open")[0];
        opinion.GetProperty("approver").GetProperty("name").GetString().ShouldBe("林总监");
        opinion.GetProperty("acts").EnumerateArray().Select(a => a.GetString()).ShouldBe(["approve", "reject", "transfer", "copy", "comment"]);

        var both = new object[] { new { @do = "approve", at = "approval#1" }, new { @do = "approve", at = "approval#1" } };
        (await AfterAsync([.. told, .. both])).GetProperty("values").GetProperty("status").GetString().ShouldBe("approved");
    }

    [Test]
    public async Task An_approver_tried_takes_back_removes_a_signer_and_comments()
    {
        await using var firm = await Firm.StartAsync("quote-approval");
        var quote = await QuoteAsync(firm, 25);
        async Task<JsonElement> AfterAsync(params object[] choices) =>
            await TryAsync(firm, "quote-approval", new { recordId = quote, values = new { status = "pending" }, initiator = firm.Rep.UserId, choices });
        JsonElement Asked(JsonElement trial) => trial.GetProperty("choices")[0].GetProperty("approval");
        string First(JsonElement asked) => asked.GetProperty("open")[0].GetProperty("approver").GetProperty("name").GetString()!;
        string Acts(JsonElement asked) => string.Join(',', asked.GetProperty("others").EnumerateArray().Select(o => $"{Text(o, "act")} {o.GetProperty("by").GetProperty("name").GetString()}"));

        var fresh = Asked(await AfterAsync());
        Acts(fresh).ShouldBeEmpty();
        var manager = First(fresh);
        var approve = new { @do = "approve", at = "approval#1" };
        var approved = Asked(await AfterAsync(approve));
        First(approved).ShouldNotBe(manager);
        Acts(approved).ShouldBe($"takeBack {manager}");
        object Other(JsonElement asked, string act) => new { @do = act, at = "approval#1", seat = asked.GetProperty("others")[0].GetProperty("seat").GetInt32() };
        First(Asked(await AfterAsync(approve, Other(approved, "takeBack")))).ShouldBe(manager);

        var add = new { @do = "addSigner", at = "approval#1", to = firm.Ops.UserId, before = true };
        var added = Asked(await AfterAsync(add));
        First(added).ShouldNotBe(manager);
        Acts(added).ShouldBe($"removeSigner {manager}");
        var end = await AfterAsync(add, Other(added, "removeSigner"), new { @do = "comment", at = "approval#1", comment = "再看看" });
        First(Asked(end)).ShouldBe(manager);
        end.GetProperty("effects").EnumerateArray().Where(e => Text(e, "kind") == "act").Select(e => Text(e, "act")).ShouldBe(["addBefore", "removeSigner", "comment"]);
    }

    [Test]
    public async Task What_an_outside_step_would_get_is_told_by_whoever_tries()
    {
        await using var firm = await Firm.StartAsync();
        object sop = new
        {
            key = "ask-outside",
            name = new { zh = "外呼", en = "Ask" },
            record = "lead",
            triggers = new object[] { new { kind = "updated", inputs = new { fields = new[] { "status" } } } },
            steps = new object[]
            {
                new { id = "tell", kind = "robot", inputs = new { channel = "wecom", url = "https://robot.invalid/x", text = "{{name}}" } },
                new { id = "ask", kind = "http", inputs = new { url = "https://rating.invalid/", method = "GET" } },
                new { id = "good", kind = "branch", inputs = new { }, paths = new object[] { new { id = "yes", when = new { field = "steps.ask.status", op = "eq", value = 200 }, steps = new object[] { new { id = "up", kind = "score", inputs = new { add = 10 } } } } } },
                new { id = "won", kind = "waitFor", inputs = new { events = new object[] { new { id = "qualified", on = new { kind = "updated", inputs = new { fields = new[] { "status" }, to = "qualified" } } } }, within = new { @in = new { plain = "P3D" } } } },
            },
        };
        await firm.Ops.PutJson("sops/ask-outside", sop);
        var lead = await firm.Crm.Admin.CreateAsync("leads", new { name = "王先生" });
        await firm.Crm.RunDueAsync();
        var asked = await TryAsync(firm, "ask-outside", new { recordId = lead });
        asked.GetProperty("choices")[0].GetProperty("kind").GetString().ShouldBe("outside");
        var answer = new { @do = "answer", at = "ask#1", outputs = new { status = 200 } };
        var waits = await TryAsync(firm, "ask-outside", new { recordId = lead, choices = new object[] { answer } });
        waits.GetProperty("values").GetProperty("score").GetDecimal().ShouldBe(10);
        waits.GetProperty("choices")[0].GetProperty("events")[0].GetProperty("id").GetString().ShouldBe("qualified");
        var came = await TryAsync(firm, "ask-outside", new { recordId = lead, choices = new object[] { answer, new { @do = "change", values = new { status = "qualified" } } } });
        (came.GetProperty("state").GetString(), Effect([.. came.GetProperty("effects").EnumerateArray()], "won", "completed").GetProperty("outcome").GetString()).ShouldBe(("done", "qualified"));
        var never = await TryAsync(firm, "ask-outside", new { recordId = lead, choices = new object[] { answer, new { @do = "time" } } });
        never.GetProperty("effects").EnumerateArray().Select(e => Text(e, "kind")).ShouldContain("timedOut");
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/ask-outside/trial", new { recordId = lead, choices = new object[] { new { @do = "answer", at = "tell#1" } } })).Is(409, "trial.misfit");
    }

    [Test]
    public async Task A_step_that_fails_is_shown_as_an_incident_and_may_be_skipped()
    {
        await using var firm = await Firm.StartAsync();
        await firm.Ops.PutJson("sops/by-choice", new
        {
            key = "by-choice",
            name = new { zh = "指定", en = "By choice" },
            record = "lead",
            triggers = new object[] { new { kind = "button", inputs = new { label = new { zh = "指定", en = "Choose" }, choosePeople = true } } },
            steps = new object[] { new { id = "give", kind = "assignOwner", inputs = new { to = new { by = "initiatorsChoice" } } }, new { id = "mark", kind = "updateFields", inputs = new { fields = new { status = "contacting" } } } },
        });
        var lead = await firm.Crm.Admin.CreateAsync("leads", new { name = "王先生" });
        var stuck = await TryAsync(firm, "by-choice", new { recordId = lead });
        (stuck.GetProperty("state").GetString(), stuck.GetProperty("choices")[0].GetProperty("kind").GetString()).ShouldBe(("incident", "stuck"));
        var skipped = await TryAsync(firm, "by-choice", new { recordId = lead, choices = new[] { new { @do = "skip", at = "give#1" } } });
        skipped.GetProperty("state").GetString().ShouldBe("done");
        var chosen = await TryAsync(firm, "by-choice", new { recordId = lead, people = new[] { firm.Rep.UserId } });
        chosen.GetProperty("values").GetProperty("owner").GetProperty("name").GetString().ShouldBe("李销售");
    }

    [Test]
    public async Task Only_those_who_manage_sops_try_and_only_records_they_see()
    {
        await using var firm = await Firm.StartAsync("lead-assignment");
        var lead = await firm.Crm.Admin.CreateAsync("leads", new { name = "王先生", region = "east" });
        (await firm.Lead.SendAsync(HttpMethod.Post, "sops/lead-assignment/trial", new { recordId = lead })).Is(403);
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/lead-assignment/trial", new { })).Is(400, "invalid");
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/lead-assignment/trial", new { recordId = Guid.NewGuid() })).Is(404);
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/lead-assignment/trial", new { values = new { region = "moon" } })).Is(400, "invalid").Errors.Keys.ShouldBe(["name", "region"], ignoreOrder: true);
        (await firm.Ops.SendAsync(HttpMethod.Post, "sops/nonsense/trial", new { recordId = lead })).Is(404);

        // Who manages SOPs without seeing all leads tries those of their own unit.
        var south = await firm.Crm.UnitAsync("华南", firm.Crm.RootUnit);
        await firm.Crm.Admin.PostJson("roles", new { key = "sopEditor", name = new { zh = "流程编辑", en = "SOP editor" }, permissions = new[] { "sop.manage", "sop.read", "lead.read" }, scopes = new Dictionary<string, string> { ["*"] = "unit" } }, 201);
        var (_, editor) = await firm.Crm.PersonAsync("孙编辑", south, "sopEditor");
        var hers = await firm.Crm.Admin.CreateAsync("leads", new { name = "南方", owner = editor.UserId });
        var others = await firm.Crm.Admin.CreateAsync("leads", new { name = "东方", owner = firm.Rep.UserId });
        (await editor.SendAsync(HttpMethod.Post, "sops/lead-assignment/trial", new { recordId = others })).Is(404);
        (await editor.PostJson("sops/lead-assignment/trial", new { recordId = hers })).GetProperty("state").GetString().ShouldBe("waiting");
    }

    private static Task<JsonElement> TryAsync(Firm firm, string sop, object body) => firm.Ops.PostJson($"sops/{sop}/trial", body);

    private static async Task<JsonElement> ShippedAsync(Firm firm, string key) =>
        (await firm.Ops.GetJson("sops/templates")).GetProperty("items").EnumerateArray().First(t => t.GetProperty("key").GetString() == key).GetProperty("definition");

    private static JsonElement Effect(IReadOnlyList<JsonElement> effects, string step, string kind) => effects.First(e => Text(e, "step") == step && Text(e, "kind") == kind);

    private static JsonElement Changed(JsonElement effect, string field) =>
        effect.GetProperty("changes").EnumerateArray().SelectMany(c => c.GetProperty("fields").EnumerateArray()).First(f => f.GetProperty("field").GetString() == field);

    private static string? Text(JsonElement effect, string member) => effect.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static async Task<Guid> QuoteAsync(Firm firm, int discount)
    {
        await firm.Crm.Admin.CreateAsync("discountAuthorities", new { role = "rep", own = 5, superior = 10 });
        var customer = await firm.Rep.CreateAsync("customers", new { name = "远航公司" });
        var product = await firm.Crm.Admin.CreateAsync("products", new { name = "平台", code = "P1", price = 1000, cost = 400 });
        return await firm.Rep.CreateAsync("quotes", new { title = "报价一", customer, discount, lines = new[] { new { product, quantity = 10 } } });
    }
}
