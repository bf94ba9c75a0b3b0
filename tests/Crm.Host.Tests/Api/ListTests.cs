using System.Text.Json;
using Crm.Shared.Data;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class ListTests
{
    private const string Filter = """filter={"field":"company","op":"eq","value":"分页公司"}""";
    private readonly List<Guid> made = [];

    [OneTimeSetUp]
    public async Task MakeLeads()
    {
        // Scores tie, and some leads have no budget.
        for (var i = 0; i < 13; i++)
            made.Add(await LeadAsync($"页{i:00}", null, new { company = "分页公司", score = i / 4, budget = i % 3 == 0 ? null : (object)(i % 5) }));
    }

    [Test, Combinatorial]
    public async Task Every_record_comes_once_whatever_the_order_and_the_size_of_the_page(
        [Values("score", "-score", "budget", "-budget", "score,-budget", "-budget,score,name", "score,-score", "-createdAt")] string sort, [Values(1, 4, 13, 200)] int limit)
    {
        var seen = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await Admin.GetJson($"leads?{Filter}&sort={sort}&limit={limit}{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("next").GetString();
        } while (after is not null);
        seen.Select(l => l.GetProperty("id").GetGuid()).ShouldBe(made, ignoreOrder: true);
        Ordered(seen, sort.Split(',')[0]);
    }

    private static void Ordered(List<JsonElement> leads, string term)
    {
        if (term == "-createdAt") return;
        var values = leads.Select(l => l.GetProperty(term.TrimStart('-'))).Select(v => v.ValueKind == JsonValueKind.Null ? -1m : v.GetDecimal()).ToList();
        values.ShouldBe(term.StartsWith('-') ? values.OrderDescending() : values.Order());
    }

    [Test]
    public async Task Only_the_fields_asked_for_come()
    {
        var lead = (await Admin.GetJson($"leads?{Filter}&fields=name,score&limit=1")).GetProperty("items")[0];
        lead.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "version", "name", "score", "can"]);
    }

    [Test]
    public async Task A_list_that_cannot_be_written_to_its_end_is_an_error_and_no_half_list()
    {
        await Admin.CreateAsync("segments", new { code = "whole", name = "好", target = "lead", kind = "hand" });
        var broken = await Admin.CreateAsync("segments", new { code = "half", name = "坏", target = "lead", kind = "hand" });
        await Company.RunAsync(s => s.GetRequiredService<Session>().InTransactionAsync(() => s.GetRequiredService<Session>().ExecuteAsync("UPDATE marketing_segment SET filter = '{' WHERE id = @broken", new { broken }, default), default));
        var answer = await Admin.SendAsync(HttpMethod.Get, "segments?fields=name,filter");
        ((int)answer.Status).ShouldBeGreaterThanOrEqualTo(400);
        answer.Code.ShouldNotBeNull(answer.Text);
    }

    [TestCase("limit=0", "limit", "list.limit")]
    [TestCase("limit=201", "limit", "list.limit")]
    [TestCase("limit=ten", "limit", "query.number")]
    [TestCase("deleted=maybe", "deleted", "query.boolean")]
    [TestCase("sort=colour", "sort", "list.sort")]
    [TestCase("fields=name,colour", "fields", "field.unknown")]
    [TestCase("after=x", "after", "list.cursor")]
    [TestCase("after=bnVsbA==", "after", "list.cursor")]
    [TestCase("filter={", "filter", "filter.json")]
    [TestCase("""filter={"and":[{"field":"score","op":"near","value":1}]}""", "filter.and[0].op", "filter.unknownOp")]
    public async Task A_wrong_question_is_refused_and_says_where(string query, string field, string code) =>
        (await Admin.SendAsync(HttpMethod.Get, "leads?" + query)).Is(400, "invalid").Errors.ShouldContainKeyAndValue(field, code);

    [Test]
    public async Task Words_too_long_to_be_searched_are_refused() =>
        (await Admin.SendAsync(HttpMethod.Get, "leads?q=" + new string('x', 201))).Is(400).Errors.ShouldContainKey("q");

    [Test]
    public async Task Counting_agrees_with_the_list()
    {
        var count = await Admin.GetJson($"leads/count?{Filter}");
        count.GetProperty("count").GetInt32().ShouldBe(13);
        count.GetProperty("capped").GetBoolean().ShouldBeFalse();
    }

    [Test]
    public async Task What_is_deleted_lies_in_the_bin_until_it_is_restored()
    {
        var id = await LeadAsync("可恢复", null, new { company = "回收站公司" });
        const string filter = """filter={"field":"company","op":"eq","value":"回收站公司"}""";
        await Admin.DeleteJson($"leads/{id}");
        (await Admin.GetJson($"leads?{filter}")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Admin.GetJson($"leads?{filter}&deleted=true")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await Admin.SendAsync(HttpMethod.Patch, $"leads/{id}", new { score = 1 })).Is(409, "record.deleted");
        await Admin.PostJson($"leads/{id}/restore");
        (await Admin.GetJson($"leads?{filter}")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Test]
    public async Task One_search_finds_records_of_several_types_in_the_readers_scope()
    {
        await LeadAsync("搜得到的人", WestRep.UserId);
        await Admin.CreateAsync("customers", new { name = "搜得到的客户", owner = EastRep.UserId });
        Found(await Admin.GetJson("search?q=搜得到的")).ShouldBe(["lead", "customer"], ignoreOrder: true);
        Found(await EastRep.GetJson("search?q=搜得到的")).ShouldBe(["customer"]);
    }

    private static IEnumerable<string?> Found(JsonElement answer) => answer.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("type").GetString());
}
