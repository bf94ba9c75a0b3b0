using System.Text.Json;
using Crm.Testing;
using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class CatalogueTests
{
    private static async Task<JsonElement> TypeAsync(string key) =>
        (await Admin.GetJson("catalogue")).GetProperty("types").EnumerateArray().Single(t => t.GetProperty("key").GetString() == key);

    [Test]
    public async Task A_list_begins_with_what_its_reader_has_to_do_with()
    {
        static async Task<string?> FirstAsync(TestClient client) => (await client.GetJson("catalogue")).GetProperty("types").EnumerateArray()
            .Single(t => t.GetProperty("key").GetString() == "lead").GetProperty("views")[0].GetProperty("key").GetString();
        (await FirstAsync(EastRep)).ShouldBe("mine");
        (await FirstAsync(EastManager)).ShouldBe("all");
    }

    [Test]
    public async Task A_field_needs_one_name_and_no_key()
    {
        async Task<JsonElement> MakeAsync(object label) => await Admin.PostJson("catalogue/contact/fields", new { type = "text", label }, 201);
        (await MakeAsync(new { zh = "纪念日", en = "Day to remember" })).GetProperty("key").GetString().ShouldBe("dayToRemember");
        (await MakeAsync(new { zh = "职务", en = "Title" })).GetProperty("key").GetString().ShouldBe("title2");
        var chinese = await MakeAsync(new { zh = "爱好" });
        chinese.GetProperty("key").GetString().ShouldBe("field");
        chinese.GetProperty("label").GetProperty("en").GetString().ShouldBe("爱好");
        await Admin.DeleteJson("catalogue/contact/fields/field");
        (await MakeAsync(new { zh = "籍贯" })).GetProperty("key").GetString().ShouldBe("field2");
        (await Admin.SendAsync(HttpMethod.Post, "catalogue/contact/fields", new { type = "text", label = new { en = " " } })).Is(400).Errors.ShouldContainKey("label");
    }

    [Test]
    public async Task The_catalogue_says_what_the_reader_may_do()
    {
        var lead = (await EastRep.GetJson("catalogue")).GetProperty("types").EnumerateArray().Single(t => t.GetProperty("key").GetString() == "lead");
        lead.GetProperty("can").GetProperty("create").GetBoolean().ShouldBeTrue();
        lead.GetProperty("can").GetProperty("delete").GetBoolean().ShouldBeFalse();
    }

    [Test]
    public async Task Lines_tell_the_fields_of_a_line()
    {
        var lines = (await TypeAsync("quote")).GetProperty("fields").EnumerateArray().Single(f => f.GetProperty("type").GetString() == "lines");
        lines.GetProperty("line").EnumerateArray().Select(f => f.GetProperty("key").GetString()).ShouldContain("product");
    }

    [Test]
    public async Task A_custom_field_behaves_like_a_built_in_one()
    {
        await Admin.PostJson("catalogue/customer/fields", new { key = "vipLevel", type = "integer", label = new { zh = "会员级别", en = "VIP level" }, min = 1, max = 9, @default = 1 }, 201);
        (await TypeAsync("customer")).GetProperty("fields").EnumerateArray().ShouldContain(f => f.GetProperty("key").GetString() == "vipLevel");

        var ids = new List<Guid>();
        foreach (var level in new[] { 3, 9, 5 }) ids.Add(await Admin.CreateAsync("customers", new { name = $"会员{level}", vipLevel = level }));
        (await Admin.SendAsync(HttpMethod.Patch, $"customers/{ids[0]}", new { vipLevel = 10 })).Is(400).Errors.ShouldContainKeyAndValue("vipLevel", "field.max");

        var page = await Admin.GetJson("""customers?filter={"field":"vipLevel","op":"gte","value":3}&sort=-vipLevel&limit=2""");
        page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("vipLevel").GetInt32()).ShouldBe([9, 5]);
        var rest = await Admin.GetJson("""customers?filter={"field":"vipLevel","op":"gte","value":3}&sort=-vipLevel&limit=2&after=""" + Uri.EscapeDataString(page.GetProperty("next").GetString()!));
        rest.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("vipLevel").GetInt32()).ShouldBe([3]);

        var plain = await Admin.CreateAsync("customers", new { name = "新会员" });
        (await Admin.GetJson($"customers/{plain}")).GetProperty("vipLevel").GetInt32().ShouldBe(1);
        (await Admin.GetJson($"customers/{ids[0]}/timeline")).ToString().ShouldContain("vipLevel");
    }

    [Test]
    public async Task A_removed_field_is_gone_from_sight_and_comes_back_with_its_values()
    {
        var field = new { key = "colour", type = "text", label = new { zh = "颜色", en = "Colour" } };
        await Admin.PostJson("catalogue/customer/fields", field, 201);
        var id = await Admin.CreateAsync("customers", new { name = "有颜色", colour = "蓝" });
        await Admin.DeleteJson("catalogue/customer/fields/colour");
        (await Admin.GetJson($"customers/{id}")).TryGetProperty("colour", out _).ShouldBeFalse();
        (await Admin.SendAsync(HttpMethod.Post, "catalogue/customer/fields", new { key = "colour", type = "integer", field.label })).Is(400).Errors.ShouldContainKeyAndValue("type", "customField.typeFixed");
        await Admin.PostJson("catalogue/customer/fields", field, 201);
        (await Admin.GetJson($"customers/{id}")).GetProperty("colour").GetString().ShouldBe("蓝");
    }

    [Test]
    public async Task A_custom_field_can_be_renamed_but_not_change_its_type()
    {
        await Admin.PostJson("catalogue/customer/fields", new { key = "grade", type = "select", label = new { zh = "等级", en = "Grade" }, options = new[] { new { key = "a", label = new { zh = "甲", en = "A" } } } }, 201);
        (await Admin.PatchJson("catalogue/customer/fields/grade", new { label = new { zh = "评级", en = "Rating" } })).GetProperty("label").GetProperty("zh").GetString().ShouldBe("评级");
        (await Admin.SendAsync(HttpMethod.Patch, "catalogue/customer/fields/grade", new { type = "text" })).Is(400).Errors.ShouldContainKeyAndValue("type", "customField.typeFixed");
    }

    [TestCase("""{"key":"Bad Key","type":"text","label":{"zh":"x","en":"x"}}""", "key", "customField.key")]
    [TestCase("""{"key":"name","type":"text","label":{"zh":"x","en":"x"}}""", "key", "customField.taken")]
    [TestCase("""{"key":"rows","type":"lines","label":{"zh":"x","en":"x"}}""", "type", "customField.type")]
    [TestCase("""{"key":"pick","type":"select","label":{"zh":"x","en":"x"}}""", "options", "customField.options")]
    [TestCase("""{"key":"pick","type":"select","label":{"zh":"x","en":"x"},"options":[null]}""", "options", "customField.options")]
    [TestCase("""{"key":"pick","label":{"zh":"x","en":"x"},"options":[null]}""", "options", "customField.options")]
    [TestCase("""{"key":"many","type":"integer","label":{"zh":"x","en":"x"},"min":9,"max":1}""", "max", "field.min")]
    [TestCase("""{"key":"link","type":"reference","label":{"zh":"x","en":"x"},"references":"planet"}""", "references", "customField.references")]
    [TestCase("""{"key":"plain","type":"text","label":{"zh":"","en":""}}""", "label", "customField.label")]
    [TestCase("""{"key":"count","type":"integer","label":{"zh":"x","en":"x"},"default":"many"}""", "default", "field.type.integer")]
    public async Task A_field_that_could_not_work_is_refused(string body, string field, string code) =>
        (await Admin.SendAsync(HttpMethod.Post, "catalogue/customer/fields", body)).Is(400).Errors.ShouldContainKeyAndValue(field, code);

    [Test]
    public async Task Only_who_may_manage_the_catalogue_changes_it() =>
        (await EastRep.SendAsync(HttpMethod.Post, "catalogue/customer/fields", new { key = "mine", type = "text", label = new { zh = "x", en = "x" } })).Is(403, "forbidden");
}
