using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class ProblemTests
{
    [Test]
    public async Task An_unknown_address_is_a_problem_that_says_so()
    {
        var answer = (await Admin.SendAsync(HttpMethod.Get, "nowhere")).Is(404, "route.unknown");
        answer.Json.GetProperty("title").GetString().ShouldBe("没有这个接口，请核对地址");
        answer.Json.GetProperty("status").GetInt32().ShouldBe(404);
    }

    [Test]
    public async Task A_method_that_an_address_does_not_take_is_refused() =>
        (await Admin.SendAsync(HttpMethod.Put, "leads", new { })).Is(405, "route.method");

    [TestCase("{\"name\":", "body.json")]
    [TestCase("[1]", "body.json")]
    [TestCase("null", "body.invalid")]
    public async Task What_is_not_an_object_is_refused(string body, string code) => (await Admin.SendAsync(HttpMethod.Post, "leads", body)).Is(400, code);

    [Test]
    public async Task What_is_not_json_is_refused()
    {
        using var form = new StringContent("name=x", null, "text/plain");
        (await Admin.SendAsync(HttpMethod.Post, "leads", form)).Is(415, "body.type");
    }

    [Test]
    public async Task All_that_is_wrong_is_told_at_once_field_by_field()
    {
        var answer = (await Admin.SendAsync(HttpMethod.Post, "leads", """
            {"naem": "x", "score": "many", "budget": -1, "status": "sleeping", "email": "nobody", "phone": "call me", "nextTryAt": "tomorrow", "wonDate": "2026-02-30", "number": "L-1", "owner": "me"}
            """)).Is(400, "invalid");
        answer.Errors.ShouldBe(new Dictionary<string, string>
        {
            ["naem"] = "field.unknown",
            ["score"] = "field.type.integer",
            ["budget"] = "field.min",
            ["status"] = "field.option",
            ["email"] = "field.type.email",
            ["phone"] = "field.type.phone",
            ["nextTryAt"] = "field.type.dateTime",
            ["wonDate"] = "field.type.date",
            ["number"] = "field.readOnly",
            ["owner"] = "field.type.reference",
            ["name"] = "field.required",
        }, ignoreOrder: true);
        answer.Json.GetProperty("errors")[0].GetProperty("message").GetString().ShouldBe("没有名为「naem」的字段");
    }

    [TestCase("""{"name": 5}""", "field.type.text")]
    [TestCase("""{"name": {"first": "x"}}""", "field.type.text")]
    [TestCase("""{"name": ["x"]}""", "field.type.text")]
    [TestCase("""{"name": true}""", "field.type.text")]
    [TestCase("""{"name": "\ud800"}""", "field.characters")]
    [TestCase("""{"name": "a\u0000b"}""", "field.characters")]
    public async Task A_value_of_another_type_is_refused(string body, string code) =>
        (await Admin.SendAsync(HttpMethod.Post, "leads", body)).Is(400).Errors["name"].ShouldBe(code);

    [TestCase("tasks?limit=abc", "limit", "field.type")]
    [TestCase("tasks?mine=x", "mine", "field.type")]
    [TestCase("outbox?after=x", "after", "field.type")]
    [TestCase("views", "type", "field.required")]
    public async Task A_parameter_that_cannot_be_read_is_named(string path, string field, string code) =>
        (await Admin.SendAsync(HttpMethod.Get, path)).Is(400, "invalid").Errors.ShouldBe(new() { [field] = code });

    [TestCase("1e400")]
    [TestCase("1.5")]
    [TestCase("\"1,5\"")]
    [TestCase("{}")]
    public async Task A_number_that_is_none_is_refused(string value) =>
        (await Admin.SendAsync(HttpMethod.Post, "leads", $$"""{"name": "x", "score": {{value}}}""")).Is(400).Errors["score"].ShouldBe("field.type.integer");

    [Test]
    public async Task Text_that_is_too_long_is_refused_with_both_lengths()
    {
        var answer = (await Admin.SendAsync(HttpMethod.Post, "leads", new { name = new string('长', 201) })).Is(400);
        answer.Json.GetProperty("errors")[0].GetProperty("message").GetString().ShouldBe("最多 200 个字符，现有 201 个");
    }

    [Test]
    public async Task The_answer_is_in_the_language_that_was_asked_for()
    {
        var answer = await Admin.SendAsync(HttpMethod.Post, "leads", new { }, ("Accept-Language", "en-GB,en;q=0.9,zh;q=0.5"));
        answer.Is(400).Json.GetProperty("title").GetString().ShouldBe("Some values need your attention");
    }

    [Test]
    public async Task What_nobody_expected_keeps_its_details_to_itself_and_gives_a_number()
    {
        var answer = (await Admin.SendAsync(HttpMethod.Post, "leads", new { name = "x", company = "faulty" })).Is(500, "unexpected");
        answer.Text.ShouldNotContain("secret");
        answer.Json.GetProperty("title").GetString()!.ShouldContain(answer.Json.GetProperty("trace").GetString()!);
    }

    [Test]
    public async Task A_record_that_is_not_there_is_not_found() =>
        (await Admin.SendAsync(HttpMethod.Get, $"leads/{Guid.NewGuid()}")).Is(404, "notFound");

    [Test]
    public async Task An_unknown_member_of_a_typed_request_is_named() =>
        (await Admin.SendAsync(HttpMethod.Post, "leads/bulk", """{"ids": [], "colour": 1}""")).Is(400).Errors.ShouldContainKeyAndValue("colour", "field.unknown");

    [Test]
    public async Task Answers_carry_the_headers_that_keep_browsers_safe()
    {
        using var answer = await Admin.Http.GetAsync(new Uri("/api/v1/health", UriKind.Relative));
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }
}
