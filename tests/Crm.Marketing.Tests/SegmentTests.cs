using Crm.Shared.Access;
using Crm.Testing;

namespace Crm.Marketing.Tests;

/// <summary>Records come into segments and leave them with the change that makes it so.</summary>
internal sealed class SegmentTests
{
    private const string Hot = """{"field":"score","op":"gte","value":80}""";
    private TestCrm crm = null!;

    [SetUp]
    public async Task Start() => crm = await TestCrm.StartAsync();

    [TearDown]
    public async Task Stop() => await crm.DisposeAsync();

    private Task<Guid> SegmentAsync(string code, string filter, string target = "lead") => crm.Admin.CreateAsync("segments", new { code, name = code, target, filter = Sops.Filter(filter) });

    private Task<Guid> HandAsync(string code) => crm.Admin.CreateAsync("segments", new { code, name = code, target = "lead", kind = "hand" });

    private Task<Guid> LeadAsync(string name, int score = 0) => crm.Admin.CreateAsync("leads", new { name, score });

    [Test]
    public async Task A_record_enters_and_leaves_in_the_transaction_of_its_change_and_sops_hear_of_it_once()
    {
        var segment = await SegmentAsync("hot", Hot);
        await crm.RunDueAsync();
        await crm.PublishAsync("welcome", """[{"kind":"segmentEntered","inputs":{"segment":"hot"}}]""", """[{"id":"note","kind":"createActivity","inputs":{"kind":"note","subject":"{{run.payload.segment}}"}}]""");
        await crm.PublishAsync("goodbye", """[{"kind":"segmentLeft","inputs":{"segment":"hot"}}]""", "[]");
        var lead = await LeadAsync("甲", 50);
        (await crm.MembersAsync(segment)).ShouldBeEmpty();
        await crm.Admin.PatchJson($"leads/{lead}", new { score = 90 });
        (await crm.MembersAsync(segment)).ShouldBe(["甲"]);
        await crm.Admin.PatchJson($"leads/{lead}", new { score = 95 });
        (await crm.RunsAsync("welcome")).ShouldBe(["甲"]);
        (await crm.RunsAsync("goodbye")).ShouldBeEmpty();
        await crm.Admin.PatchJson($"leads/{lead}", new { score = 10 });
        (await crm.MembersAsync(segment)).ShouldBeEmpty();
        (await crm.RunsAsync("goodbye")).ShouldBe(["甲"]);
        await crm.RunDueAsync();
        (await crm.ValueAsync<string>("SELECT subject FROM sales_activity")).ShouldBe("hot");
    }

    [Test]
    public async Task Nobody_asks_by_a_segment_what_is_hidden_from_them()
    {
        var marketing = (await crm.PersonAsync("苏市场", crm.RootUnit, BuiltInRole.Marketing)).Client;
        var asked = new { code = "guess", name = "猜号码", target = "contact", filter = Sops.Filter("""{"field":"phone","op":"startsWith","value":"186"}""") };
        (await marketing.SendAsync(HttpMethod.Post, "segments", asked)).Is(400).Errors.ShouldContainKeyAndValue("filter", "filter.notAllowed");
        var kept = await crm.Admin.CreateAsync("segments", asked);
        await marketing.PatchJson($"segments/{kept}", new { name = "改个名字" });
    }

    [Test]
    public async Task A_record_that_is_made_so_is_in_it_from_the_start_and_a_deleted_one_is_not()
    {
        var segment = await SegmentAsync("hot", Hot);
        await crm.RunDueAsync();
        var lead = await LeadAsync("甲", 90);
        (await crm.MembersAsync(segment)).ShouldBe(["甲"]);
        await crm.Admin.DeleteJson($"leads/{lead}");
        (await crm.MembersAsync(segment)).ShouldBeEmpty();
        await crm.Admin.PostJson($"leads/{lead}/restore");
        (await crm.MembersAsync(segment)).ShouldBe(["甲"]);
    }

    [Test]
    public async Task A_new_segment_finds_those_who_are_there_and_another_filter_others()
    {
        for (var i = 0; i < 3; i++) await LeadAsync($"高{i}", 90);
        await LeadAsync("低", 5);
        var segment = await SegmentAsync("hot", Hot);
        await crm.RunDueAsync();
        (await crm.MembersAsync(segment)).ShouldBe(["高0", "高1", "高2"]);
        await crm.Admin.PatchJson($"segments/{segment}", new { filter = Sops.Filter("""{"field":"score","op":"lt","value":10}""") });
        await crm.RunDueAsync();
        (await crm.MembersAsync(segment)).ShouldBe(["低"]);
        await crm.Admin.PatchJson($"segments/{segment}", new { active = false });
        await crm.RunDueAsync();
        (await crm.MembersAsync(segment)).ShouldBeEmpty();
    }

    [Test]
    public async Task Time_alone_moves_members_where_the_filter_looks_at_the_clock()
    {
        var segment = await SegmentAsync("overdue", """{"field":"nextTryAt","op":"lt","value":{"$":"now"}}""");
        await crm.RunDueAsync();
        await crm.PublishAsync("remind", """[{"kind":"segmentEntered","inputs":{"segment":"overdue"}}]""", "[]");
        await crm.Admin.CreateAsync("leads", new { name = "甲", nextTryAt = crm.Time.GetUtcNow().AddHours(2) });
        await crm.PassAsync(TimeSpan.FromMinutes(110));
        (await crm.MembersAsync(segment)).ShouldBeEmpty();
        await crm.PassAsync(TimeSpan.FromMinutes(16));
        (await crm.MembersAsync(segment)).ShouldBe(["甲"]);
        await crm.PassAsync(TimeSpan.FromMinutes(30));
        (await crm.RunsAsync("remind")).ShouldBe(["甲"]);
    }

    [Test]
    public async Task A_record_that_others_refer_to_moves_them()
    {
        var customer = await crm.Admin.CreateAsync("customers", new { name = "星海", level = "C" });
        await crm.Admin.CreateAsync("contacts", new { name = "王工", customer });
        var segment = await SegmentAsync("key-people", """{"field":"customer.level","op":"eq","value":"A"}""", "contact");
        await crm.RunDueAsync();
        await crm.Admin.PatchJson($"customers/{customer}", new { level = "A" });
        await crm.PassAsync(TimeSpan.FromMinutes(6));
        (await crm.MembersAsync(segment)).ShouldBe(["王工"]);
    }

    [Test]
    public async Task Steps_put_records_into_a_segment_and_take_them_out()
    {
        var segment = await HandAsync("nurture");
        await crm.PublishAsync("in", """[{"kind":"created"}]""", """[{"id":"add","kind":"marketing.addToSegment","inputs":{"segment":"nurture"}},{"id":"twice","kind":"marketing.addToSegment","inputs":{"segment":"nurture"}},{"id":"note","kind":"createActivity","inputs":{"kind":"note","subject":"{{steps.add.outcome}} {{steps.twice.outcome}}"}}]""");
        await crm.PublishAsync("out", """[{"kind":"updated","inputs":{"fields":["status"],"to":"qualified"}}]""", """[{"id":"remove","kind":"marketing.removeFromSegment","inputs":{"segment":"nurture"}}]""");
        await crm.PublishAsync("left", """[{"kind":"segmentLeft","inputs":{"segment":"nurture"}}]""", "[]");
        var lead = await LeadAsync("甲");
        await crm.RunDueAsync();
        (await crm.MembersAsync(segment)).ShouldBe(["甲"]);
        (await crm.ValueAsync<string>("SELECT subject FROM sales_activity")).ShouldBe("changed same");
        await crm.Admin.PatchJson($"leads/{lead}", new { status = "qualified" });
        await crm.RunDueAsync();
        (await crm.MembersAsync(segment)).ShouldBeEmpty();
        (await crm.RunsAsync("left")).ShouldBe(["甲"]);
    }

    [Test]
    public async Task A_run_waits_for_a_segment()
    {
        var segment = await HandAsync("vip");
        await crm.PublishAsync("wait", """[{"kind":"created"}]""", """[{"id":"w","kind":"waitFor","inputs":{"events":[{"id":"in","on":{"kind":"segmentEntered","inputs":{"segment":"vip"}}}],"within":{"in":{"plain":"P3D"}}}},{"id":"up","kind":"score","inputs":{"add":7}}]""");
        var lead = await LeadAsync("甲");
        await crm.RunDueAsync();
        await crm.Admin.PostJson($"segments/{segment}/members", new { records = new[] { lead } });
        await crm.RunDueAsync();
        (await crm.Admin.GetJson($"leads/{lead}")).GetProperty("score").GetInt32().ShouldBe(7);
    }

    [Test]
    public async Task Nothing_is_put_into_a_segment_that_follows_a_filter()
    {
        var segment = await SegmentAsync("hot", Hot);
        var lead = await LeadAsync("甲");
        (await crm.Admin.SendAsync(HttpMethod.Post, $"segments/{segment}/members", new { records = new[] { lead } })).Is(409, "segment.byFilter");
        await crm.Admin.PutJson("sops/in", Sops.Sop("in", "[]", """[{"id":"add","kind":"marketing.addToSegment","inputs":{"segment":"hot"}}]"""));
        (await crm.Admin.SendAsync(HttpMethod.Post, "sops/in/publish")).Is(400).Errors.ShouldBe(new Dictionary<string, string> { ["steps[0].inputs.segment"] = "sop.recordMustHold" });
    }

    [Test]
    public async Task A_segment_that_became_one_by_filter_after_an_sop_was_published_is_an_incident()
    {
        var segment = await HandAsync("nurture");
        await crm.PublishAsync("in", """[{"kind":"created"}]""", """[{"id":"add","kind":"marketing.addToSegment","inputs":{"segment":"nurture"}}]""");
        await crm.Admin.SendAsync(HttpMethod.Delete, $"segments/{segment}");
        await SegmentAsync("nurture", Hot);
        await LeadAsync("甲");
        await crm.RunDueAsync();
        (await crm.ValueAsync<string>("SELECT code FROM workflows_incident")).ShouldBe("segment.byFilter");
    }

    [TestCase("""[{"kind":"created"}]""", """[{"id":"add","kind":"marketing.addToSegment","inputs":{"segment":"clients"}}]""", "steps[0].inputs.segment")]
    [TestCase("""[{"kind":"segmentEntered","inputs":{"segment":"clients"}}]""", "[]", "triggers[0].inputs.segment")]
    public async Task A_segment_of_other_records_is_told_at_publish(string triggers, string steps, string path)
    {
        await crm.Admin.CreateAsync("segments", new { code = "clients", name = "客户", target = "customer", kind = "hand" });
        await crm.Admin.PutJson("sops/wrong", Sops.Sop("wrong", triggers, steps));
        (await crm.Admin.SendAsync(HttpMethod.Post, "sops/wrong/publish")).Is(400).Errors.ShouldBe(new Dictionary<string, string> { [path] = "sop.recordMustHold" });
    }

    [TestCase("""{"field":"colour","op":"eq","value":1}""", "filter.unknownField")]
    [TestCase("""{"field":"owner","op":"eq","value":{"$":"me"}}""", "segment.mine")]
    [TestCase("""[]""", "filter.shape")]
    public async Task A_filter_that_cannot_be_asked_is_refused(string filter, string code) =>
        (await crm.Admin.SendAsync(HttpMethod.Post, "segments", new { code = "x", name = "x", target = "lead", filter = Sops.Filter(filter) })).Is(400).Errors["filter"].ShouldBe(code);

    [Test]
    public async Task A_segment_has_a_code_of_its_own_and_stays_what_it_is_a_group_of()
    {
        var segment = await SegmentAsync("hot", Hot);
        (await crm.Admin.SendAsync(HttpMethod.Post, "segments", new { code = "hot", name = "x", target = "lead", kind = "hand" })).Is(400).Errors["code"].ShouldBe("code.taken");
        (await crm.Admin.SendAsync(HttpMethod.Post, "segments", new { code = "Not good!", name = "x", target = "lead" })).Is(400).Errors.ShouldBe(new Dictionary<string, string> { ["code"] = "code.shape", ["filter"] = "field.required" }, ignoreOrder: true);
        (await crm.Admin.SendAsync(HttpMethod.Patch, $"segments/{segment}", new { target = "customer" })).Is(400).Errors.ShouldContainKey("target");
        var (_, rep) = await crm.PersonAsync("李销售", crm.RootUnit, BuiltInRole.Rep);
        (await rep.SendAsync(HttpMethod.Post, "segments", new { code = "mine", name = "x", target = "lead", kind = "hand" })).Is(403);
        var (_, marketing) = await crm.PersonAsync("钱市场", crm.RootUnit, BuiltInRole.Marketing);
        await marketing.CreateAsync("segments", new { code = "theirs", name = "x", target = "lead", kind = "hand" });
    }

    [Test]
    public async Task Nobody_needs_to_invent_a_code()
    {
        async Task<string> CodeOfAsync(string plural, object values) => (await crm.Admin.GetJson($"{plural}/{await crm.Admin.CreateAsync(plural, values)}")).GetProperty("code").GetString()!;
        (await CodeOfAsync("segments", new { name = "Gold members, 2026", target = "lead", kind = "hand" })).ShouldBe("gold-members-2026");
        (await CodeOfAsync("segments", new { name = "Gold members 2026", target = "lead", kind = "hand" })).ShouldMatch("^gold-members-2026-[0-9a-f]{6}$");
        var (first, second) = (await CodeOfAsync("tags", new { name = "老客户" }), await CodeOfAsync("tags", new { name = "老客户" }));
        first.ShouldMatch("^tag-[0-9a-f]{6}$");
        second.ShouldNotBe(first);
        (await CodeOfAsync("mailTemplates", new { name = "欢迎信", subject = "欢迎", body = "您好" })).ShouldMatch("^mailtemplate-[0-9a-f]{6}$");
        var tag = await crm.Admin.CreateAsync("tags", new { name = "重点", code = "vip" });
        (await crm.Admin.PatchJson($"tags/{tag}", new { code = (string?)null, name = "要客" })).GetProperty("code").GetString().ShouldBe("vip");
    }

    [Test]
    public async Task Members_whom_one_may_not_see_are_not_shown()
    {
        var (_, rep) = await crm.PersonAsync("李销售", crm.RootUnit, BuiltInRole.Rep);
        var segment = await SegmentAsync("hot", Hot);
        await crm.RunDueAsync();
        await rep.CreateAsync("leads", new { name = "我的", score = 90, owner = rep.UserId });
        await crm.Admin.CreateAsync("leads", new { name = "别人的", score = 90, owner = crm.Admin.UserId });
        var seen = (await rep.GetJson($"segments/{segment}/members")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        seen.GetProperty("name").GetString().ShouldBe("我的");
    }
}
