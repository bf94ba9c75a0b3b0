using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Shared.Tests.Records;

public sealed class RecordsTests
{
    private Kernel kernel = null!;

    [SetUp]
    public async Task Start() => kernel = await Kernel.StartAsync();

    [TearDown]
    public async Task Stop() => await kernel.DisposeAsync();

    [Test]
    public async Task A_new_record_has_number_default_owner_unit_audit_and_timeline()
    {
        var rep = Kernel.ActorOf(Kernel.Rep, Kernel.East, DataScope.Own);
        var made = await kernel.RunAsync((_, r) => r.CreateAsync("firm", Json("""{"name":" 华星 ","revenue":12.34,"tags":["b"],"founded":"2001-02-03"}"""), WriteOptions.None, default), rep);
        var read = await kernel.RunAsync((_, r) => r.GetAsync("firm", made.Id, default), rep);
        read.Text("number").ShouldBe("F-000001");
        read.Text("name").ShouldBe("华星");
        read.Text("kind").ShouldBe("small");
        read.Amount("revenue").ShouldBe(12.34m);
        read.Get<string[]>("tags").ShouldBe(["b"]);
        read["founded"].ShouldBe(new DateOnly(2001, 2, 3));
        read.Owner.ShouldBe(Kernel.Rep);
        read.Unit.ShouldBe(Kernel.East);
        (await kernel.CountAsync("SELECT COUNT(*) FROM shared_change WHERE kind = 'created' AND actor_id = @id", new { id = Kernel.Rep })).ShouldBe(1);
        (await kernel.CountAsync("SELECT COUNT(*) FROM shared_timeline WHERE record_id = @id", new { id = made.Id })).ShouldBe(1);
    }

    [TestCase("""{"name":""}""", "name", "field.required")]
    [TestCase("""{"name":"x","nosuch":1}""", "nosuch", "field.unknown")]
    [TestCase("""{"name":"x","number":"F-9"}""", "number", "field.readOnly")]
    [TestCase("""{"name":"x","size":"many"}""", "size", "field.type.integer")]
    [TestCase("""{"name":"x","size":-1}""", "size", "field.min")]
    [TestCase("""{"name":"x","founded":"2026-02-30"}""", "founded", "field.type.date")]
    [TestCase("""{"name":"x","kind":"huge"}""", "kind", "field.option")]
    [TestCase("""{"name":"x","tags":["a","z"]}""", "tags", "field.option")]
    [TestCase("""{"name":"x","phone":"call me"}""", "phone", "field.type.phone")]
    [TestCase("""{"name":"x","revenue":{"a":1}}""", "revenue", "field.type.money")]
    [TestCase("""{"name":"x","owner":"0197a5f0-0000-7000-8000-000000000000"}""", "owner", "field.reference")]
    [TestCase("""{"name":"12345678901234567890123456789012345678901"}""", "name", "field.tooLong")]
    public async Task Bad_input_names_the_field_and_saves_nothing(string json, string field, string code)
    {
        var problem = await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.CreateAsync("firm", Json(json), WriteOptions.None, default)));
        problem.Errors.ShouldContain(e => e.Field == field && e.Code == code);
        (await kernel.CountAsync("SELECT COUNT(*) FROM t_firm")).ShouldBe(0);
        (await kernel.CountAsync("SELECT COUNT(*) FROM shared_change")).ShouldBe(0);
    }

    [Test]
    public async Task The_second_of_two_editors_is_told_that_the_first_was_quicker()
    {
        var firm = await kernel.FirmAsync("一");
        await kernel.RunAsync((_, r) => r.UpdateAsync("firm", firm.Id, Json("""{"size":5}"""), new() { Version = 1 }, default));
        var problem = await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.UpdateAsync("firm", firm.Id, Json("""{"size":6}"""), new() { Version = 1 }, default)));
        (problem.Status, problem.Code).ShouldBe((412, "stale"));
        (await kernel.RunAsync((_, r) => r.GetAsync("firm", firm.Id, default)))["size"].ShouldBe(5L);
    }

    [Test]
    public async Task A_note_about_a_change_that_changes_nothing_leaves_no_trace()
    {
        var firm = await kernel.FirmAsync("一", null, ("size", 5L));
        await kernel.RunAsync((_, r) => r.UpdateAsync("firm", firm.Id, Json("""{"size":5}"""), new() { Note = "SOP" }, default));
        (await kernel.CountAsync("SELECT COUNT(*) FROM shared_change WHERE kind = 'updated'")).ShouldBe(0);
        (await kernel.CountAsync("SELECT version FROM t_firm")).ShouldBe(1);
    }

    [Test]
    public async Task A_transaction_sees_what_it_has_written_by_whatever_door()
    {
        var firm = await kernel.FirmAsync("一");
        await kernel.RunAsync(async (services, records) =>
        {
            var session = services.GetRequiredService<Session>();
            await session.InTransactionAsync(async () =>
            {
                (await records.FindAsync("firm", firm.Id, default))!.Values["name"] = "只在手里";
                (await records.FindAsync("firm", firm.Id, default))!.Name.ShouldBe("一");
                await records.UpdateAsync("firm", firm.Id, Json("""{"name":"二"}"""), WriteOptions.None, default);
                (await records.FindAsync("firm", firm.Id, default))!.Name.ShouldBe("二");
                await session.ExecuteAsync("UPDATE t_firm SET name = '三' WHERE id = @id", new { id = firm.Id }, default);
                (await records.FindAsync("firm", firm.Id, default))!.Name.ShouldBe("三");
                await Should.ThrowAsync<FormatException>(() => session.SavepointAsync<int>(async () =>
                {
                    await records.UpdateAsync("firm", firm.Id, Json("""{"name":"四"}"""), WriteOptions.None, default);
                    (await records.FindAsync("firm", firm.Id, default))!.Name.ShouldBe("四");
                    throw new FormatException();
                }, default));
                (await records.FindAsync("firm", firm.Id, default))!.Name.ShouldBe("三");
            }, default);
            await kernel.RunAsync((_, others) => others.UpdateAsync("firm", firm.Id, Json("""{"name":"五"}"""), WriteOptions.None, default));
            await session.InTransactionAsync(async () => (await records.FindAsync("firm", firm.Id, default))!.Name.ShouldBe("五"), default);
        });
    }

    [Test]
    public async Task Changes_of_one_instant_keep_their_order_on_the_timeline()
    {
        var firm = await kernel.FirmAsync("一");
        for (var size = 1; size <= 20; size++) await kernel.RunAsync((_, r) => r.UpdateAsync("firm", firm.Id, new Dictionary<string, object?> { ["size"] = size }, WriteOptions.None, default));
        var told = await kernel.RunAsync((s, _) => s.GetRequiredService<Timeline>().ReadAsync("firm", firm.Id, null, 20, default));
        told["items"]!.AsArray().Select(i => (int)i!["changes"]![0]!["new"]!).ShouldBe(Enumerable.Range(1, 20).Reverse());
    }

    // An import from the console was done by "系统" for English readers, too.
    [TestCase(Source.System)]
    [TestCase(Source.Import)]
    public async Task The_system_has_no_name_of_its_own_on_the_timeline(Source source)
    {
        var firm = await kernel.RunAsync((_, r) => r.CreateAsync("firm", Json("""{"name":"一"}"""), WriteOptions.None, default), Actor.System with { Source = source });
        var told = await kernel.RunAsync((s, _) => s.GetRequiredService<Timeline>().ReadAsync("firm", firm.Id, null, 20, default));
        told["items"]!.AsArray().ShouldHaveSingleItem()!["actor"]!["name"].ShouldBeNull();
    }

    [Test]
    public async Task Saving_the_same_values_leaves_no_trace()
    {
        var firm = await kernel.FirmAsync("一");
        var same = await kernel.RunAsync((_, r) => r.UpdateAsync("firm", firm.Id, Json("""{"name":"一"}"""), WriteOptions.None, default));
        same.Version.ShouldBe(1);
        (await kernel.CountAsync("SELECT COUNT(*) FROM shared_change")).ShouldBe(1);
    }

    [Test]
    public async Task Deleted_records_leave_lists_and_come_back_by_restore()
    {
        var firm = await kernel.FirmAsync("一");
        await kernel.RunAsync((_, r) => r.DeleteAsync("firm", firm.Id, WriteOptions.None, default));
        (await ListAsync()).ShouldBeEmpty();
        (await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.UpdateAsync("firm", firm.Id, Json("""{"size":1}"""), WriteOptions.None, default)))).Code.ShouldBe("record.deleted");
        await kernel.RunAsync((_, r) => r.RestoreAsync("firm", firm.Id, WriteOptions.None, default));
        (await ListAsync()).ShouldBe(["一"]);
    }

    [Test]
    public async Task Data_scope_holds_for_lists_reads_writes_and_references()
    {
        var mine = await kernel.FirmAsync("我的", Kernel.Rep);
        var theirs = await kernel.FirmAsync("别人的", Kernel.Other);
        var pool = await kernel.FirmAsync("公海");
        var rep = Kernel.ActorOf(Kernel.Rep, Kernel.East, DataScope.Own);
        (await ListAsync(rep)).ShouldBe(["公海", "我的"], ignoreOrder: true);
        (await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.GetAsync("firm", theirs.Id, default), rep))).Status.ShouldBe(404);
        (await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.UpdateAsync("firm", theirs.Id, Json("""{"size":1}"""), WriteOptions.None, default), rep))).Status.ShouldBe(404);
        var problem = await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.CreateAsync("offer", new Dictionary<string, object?> { ["firm"] = theirs.Id, ["name"] = "x" }, WriteOptions.None, default), rep));
        problem.Errors.ShouldContain(e => e.Field == "firm" && e.Code == "field.reference");

        var offer = await kernel.RunAsync((_, r) => r.CreateAsync("offer", new Dictionary<string, object?> { ["firm"] = theirs.Id, ["name"] = "x" }, WriteOptions.None, default));
        (await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.GetAsync("offer", offer.Id, default), rep))).Status.ShouldBe(404);

        (await ListAsync(Kernel.ActorOf(Kernel.Boss, Kernel.Root, DataScope.UnitAndBelow))).Count.ShouldBe(3);
        (await ListAsync(Kernel.ActorOf(Kernel.Boss, Kernel.Root, DataScope.Unit))).ShouldBe(["公海"]);
        (await ListAsync(Kernel.ActorOf(Kernel.Boss, Kernel.Root, DataScope.None))).ShouldBeEmpty();
        _ = (mine, pool);
    }

    [Test]
    public async Task Without_the_permission_nothing_is_read_or_written()
    {
        var nobody = new Actor { UserId = Kernel.Rep, Scopes = new Dictionary<string, DataScope> { ["*"] = DataScope.All } };
        (await Should.ThrowAsync<Problem>(() => ListAsync(nobody))).Status.ShouldBe(403);
        (await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.CreateAsync("firm", Json("""{"name":"x"}"""), WriteOptions.None, default), nobody))).Status.ShouldBe(403);
    }

    [Test]
    public async Task Lines_are_saved_and_read_with_their_record_and_their_change_is_audited_on_the_parents_timeline()
    {
        var firm = await kernel.FirmAsync("一");
        var offer = await kernel.RunAsync((_, r) => r.CreateAsync("offer", Json($$"""{"firm":"{{firm.Id}}","name":"o","lines":[{"what":"甲","quantity":2.5},{"what":"乙"}]}"""), WriteOptions.None, default));
        await kernel.RunAsync((_, r) => r.UpdateAsync("offer", offer.Id, Json("""{"lines":[{"what":"丙"}]}"""), WriteOptions.None, default));
        var read = await kernel.RunAsync((_, r) => r.GetAsync("offer", offer.Id, default));
        var lines = read.Get<IReadOnlyList<IReadOnlyDictionary<string, object?>>>("lines")!;
        lines.Select(l => (l["what"], l["quantity"])).ShouldBe([("丙", 1m)]);
        (await kernel.CountAsync("SELECT COUNT(*) FROM shared_timeline WHERE record_id = @id", new { id = firm.Id })).ShouldBe(3);
        var problem = await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.UpdateAsync("offer", offer.Id, Json("""{"lines":[{"what":"a"},{"quantity":1}]}"""), WriteOptions.None, default)));
        problem.Errors.ShouldContain(e => e.Field == "lines[1].what" && e.Code == "field.required");
    }

    [Test]
    public async Task A_custom_field_is_stored_filtered_and_audited_like_a_built_in_one()
    {
        await kernel.RunAsync(async (s, _) =>
        {
            var session = s.GetRequiredService<Session>();
            await session.InTransactionAsync(async () =>
            {
                await session.ExecuteAsync("INSERT INTO shared_field (record_type, name, position, definition) VALUES ('firm', 'rating', 1, @json)",
                    new { json = """{"key":"rating","type":"decimal","label":{"zh":"评分","en":"Rating"}}""" }, default);
                await s.GetRequiredService<Freshness>().RaiseAsync(session, "catalogue", default);
            }, default);
            await s.GetRequiredService<Freshness>().EnsureAsync(default);
        });
        await kernel.FirmAsync("低", null, ("rating", 1.5m));
        await kernel.FirmAsync("高", null, ("rating", 4.25m));
        var catalogue = kernel.Services.GetRequiredService<ICatalogueSource>().Current;
        var filter = FilterParser.Parse("""{"field":"rating","op":"gt","value":2}""", catalogue["firm"], catalogue);
        var page = await kernel.RunAsync((_, r) => r.ListAsync(new("firm") { Filter = filter }, default));
        page.Items.Select(i => (i.Name, i["rating"])).ShouldBe([("高", 4.25m)]);
    }

    [Test]
    public async Task Search_looks_in_searchable_fields_only()
    {
        await kernel.FirmAsync("北方重工", null, ("phone", "13800001111"));
        (await kernel.RunAsync((_, r) => r.ListAsync(new("firm") { Search = "重工" }, default))).Items.Count.ShouldBe(1);
        (await kernel.RunAsync((_, r) => r.ListAsync(new("firm") { Search = "F-0000" }, default))).Items.Count.ShouldBe(1);
        (await kernel.RunAsync((_, r) => r.ListAsync(new("firm") { Search = "1380000" }, default))).Items.ShouldBeEmpty();
    }

    [TestCase("""{"field":"phone","op":"startsWith","value":"138"}""", null)]
    [TestCase("""{"not":{"field":"phone","op":"empty"}}""", null)]
    [TestCase(null, "phone")]
    public async Task What_one_sees_masked_one_cannot_find_by_asking(string? filter, string? sort)
    {
        await kernel.FirmAsync("一", Kernel.Rep, ("phone", "13800001111"));
        var catalogue = kernel.Services.GetRequiredService<ICatalogueSource>().Current;
        var query = new RecordQuery("firm") { Filter = filter is null ? null : FilterParser.Parse(filter, catalogue["firm"], catalogue), Sort = sort is null ? [] : [sort] };
        var rep = Kernel.ActorOf(Kernel.Rep, Kernel.East, DataScope.Own);
        (await Should.ThrowAsync<Problem>(() => kernel.RunAsync((_, r) => r.ListAsync(query, default), rep))).Status.ShouldBe(400);
        var trusted = rep with { Permissions = rep.Permissions.Append("firm.sensitive").ToHashSet() };
        (await kernel.RunAsync((_, r) => r.ListAsync(query, default), trusted)).Items.Count.ShouldBe(1);
    }

    [Test]
    public async Task Paging_shows_every_row_once_whatever_the_order([Values("size", "-size", "revenue,-name", "-founded,size", "name")] string sort, [Values(1, 3, 7)] int limit)
    {
        var random = new Random(7);
        for (var i = 0; i < 23; i++)
            await kernel.FirmAsync("f" + random.Next(4), null,
                ("size", random.Next(3) == 0 ? null : random.Next(4)), ("revenue", random.Next(3) == 0 ? null : random.Next(3)), ("founded", random.Next(2) == 0 ? null : new DateOnly(2000, 1, 1 + random.Next(3))));
        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await kernel.RunAsync((_, r) => r.ListAsync(new("firm") { Sort = sort.Split(','), Limit = limit, After = after }, default));
            seen.AddRange(page.Items.Select(i => i.Id));
            after = page.Next;
        } while (after is not null);
        seen.Count.ShouldBe(23);
        seen.Distinct().Count().ShouldBe(23);
        var whole = await kernel.RunAsync((_, r) => r.ListAsync(new("firm") { Sort = sort.Split(','), Limit = 200 }, default));
        seen.ShouldBe(whole.Items.Select(i => i.Id));
    }

    private async Task<List<string>> ListAsync(Actor? actor = null) =>
        (await kernel.RunAsync((_, r) => r.ListAsync(new("firm"), default), actor)).Items.Select(i => i.Name).ToList();

    private static Dictionary<string, object?> Json(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!.ToDictionary(p => p.Key, p => (object?)p.Value);
}
