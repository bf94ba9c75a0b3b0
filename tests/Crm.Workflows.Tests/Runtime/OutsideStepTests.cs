using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.Tests.Runtime;

/// <summary>Steps that talk to other systems, against a real one.</summary>
internal sealed class OutsideStepTests
{
    private const string Created = """[{"kind":"created"}]""";
    private Company company = null!;
    private Outside outside = null!;

    [SetUp]
    public async Task Start() => (company, outside) = (await Company.StartAsync(), await Outside.StartAsync());

    [TearDown]
    public async Task Stop()
    {
        await company.DisposeAsync();
        await outside.DisposeAsync();
    }

    private Task PublishAsync(string inputs, string kind = "http", string after = "") =>
        company.PublishAsync("out", Created, $$"""[{"id":"call","kind":"{{kind}}","inputs":{{inputs.Replace("HOST", outside.Url, StringComparison.Ordinal)}}}{{after}}]""");

    private async Task<string> IncidentAsync() => (await company.QueryAsync<string>("SELECT code FROM workflows_incident WHERE closed_at IS NULL")).ShouldHaveSingleItem();

    [Test]
    public async Task A_call_sends_what_was_mapped_and_later_steps_read_the_answer()
    {
        outside.Answers((201, """{"order":{"number":"ERP-7","lines":[{"sku":"A"}]}}"""));
        await PublishAsync("""{"method":"PUT","url":"HOST/orders/{{name}}","headers":{"X-Token":"t-1"},"body":{"name":{"path":"name"},"amount":{"path":"amount"},"text":{"template":"{{name}}!"},"fixed":[1,2]}}""",
            after: """,{"id":"say","kind":"test.count","inputs":{"what":{"template":"{{steps.call.status}} {{steps.call.body.order.number}}"}}}""");
        await company.DealAsync("甲", null, ("amount", 12.5m));
        await company.WorkAsync();
        var call = outside.Calls.ShouldHaveSingleItem();
        (call.Method, call.Path, call.Headers["X-Token"]).ShouldBe(("PUT", "/orders/甲", "t-1"));
        JsonNode.DeepEquals(JsonNode.Parse(call.Body), JsonNode.Parse("""{"name":"甲","amount":12.5,"text":"甲!","fixed":[1,2]}""")).ShouldBeTrue(call.Body);
        company.Acting.Done.ShouldBe(["201 ERP-7"]);
    }

    [Test]
    public async Task A_passing_refusal_is_tried_again_later_and_later_under_the_same_key()
    {
        outside.Answers((503, "busy"), (429, "slow"), (200, "{}"));
        await PublishAsync("""{"url":"HOST/x"}""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        outside.Calls.Count.ShouldBe(1);
        await company.WaitAsync(TimeSpan.FromSeconds(9));
        outside.Calls.Count.ShouldBe(1);
        await company.WaitAsync(TimeSpan.FromSeconds(4));
        outside.Calls.Count.ShouldBe(2);
        await company.WaitAsync(TimeSpan.FromSeconds(15));
        outside.Calls.Count.ShouldBe(2);
        await company.WaitAsync(TimeSpan.FromSeconds(10));
        outside.Calls.Select(c => c.Headers["Idempotency-Key"]).Distinct().ShouldHaveSingleItem().ShouldBe($"{(await company.RunAsync()).Id:N}/call/1");
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
        (await company.QueryAsync<long>("SELECT attempt FROM workflows_history WHERE step = 'call' AND kind IN (3, 4) ORDER BY seq")).ShouldBe([1, 2, 3]);
    }

    [TestCase(400, "run.httpRefused"), TestCase(401, "run.httpRefused"), TestCase(404, "run.httpRefused")]
    public async Task A_refusal_that_stays_is_an_incident_at_once(int status, string code)
    {
        outside.Answers((status, "no"));
        await PublishAsync("""{"url":"HOST/x"}""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromHours(1));
        outside.Calls.Count.ShouldBe(1);
        (await IncidentAsync()).ShouldBe(code);
    }

    [Test]
    public async Task A_redirect_is_not_followed()
    {
        outside.Answers((302, "http://169.254.169.254/latest"));
        await PublishAsync("""{"url":"HOST/x"}""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        outside.Calls.Count.ShouldBe(1);
        (await IncidentAsync()).ShouldBe("run.httpRefused");
    }

    [TestCase("http://localhost:{0}/x", "run.privateAddress"), TestCase("http://[::1]:{0}/x", "run.privateAddress"), TestCase("http://10.0.0.1/x", "run.privateAddress"), TestCase("http://169.254.169.254/x", "run.privateAddress"), TestCase("ftp://example.com/x", "run.badAddress"), TestCase("http://user:pw@127.0.0.1/x", "run.badAddress")]
    public async Task Private_addresses_are_called_only_where_configuration_allows_them(string url, string code)
    {
        // Allowed in this company is 127.0.0.1, by that name alone.
        await PublishAsync($$"""{"url":"{{string.Format(System.Globalization.CultureInfo.InvariantCulture, url, new Uri(outside.Url).Port)}}"}""");
        await company.DealAsync("甲");
        await company.WorkAsync();
        outside.Calls.ShouldBeEmpty();
        (await IncidentAsync()).ShouldBe(code);
    }

    [TestCase("wecom", "text", """{"msgtype":"text","text":{"content":"赢单：甲"}}""", """{"errcode":0,"errmsg":"ok"}""")]
    [TestCase("wecom", "markdown", """{"msgtype":"markdown","markdown":{"content":"赢单：甲"}}""", """{"errcode":0,"errmsg":"ok"}""")]
    [TestCase("dingtalk", "text", """{"msgtype":"text","text":{"content":"赢单：甲"}}""", """{"errcode":0,"errmsg":"ok"}""")]
    [TestCase("dingtalk", "markdown", """{"msgtype":"markdown","markdown":{"title":"赢单：甲","text":"赢单：甲"}}""", """{"errcode":0,"errmsg":"ok"}""")]
    [TestCase("feishu", "text", """{"msg_type":"text","content":{"text":"赢单：甲"}}""", """{"code":0,"msg":"success","data":{}}""")]
    [TestCase("feishu", "markdown", """{"msg_type":"interactive","card":{"elements":[{"tag":"markdown","content":"赢单：甲"}]}}""", """{"StatusCode":0,"StatusMessage":"success"}""")]
    public async Task A_robot_is_spoken_to_in_its_own_form(string channel, string format, string body, string answer)
    {
        outside.Answers((200, answer));
        await PublishAsync($$$"""{"channel":"{{{channel}}}","url":"HOST/robot?key=abc","text":"赢单：{{name}}","format":"{{{format}}}"}""", "robot");
        await company.DealAsync("甲");
        await company.WorkAsync();
        var call = outside.Calls.ShouldHaveSingleItem();
        JsonNode.DeepEquals(JsonNode.Parse(call.Body), JsonNode.Parse(body)).ShouldBeTrue(call.Body);
        (call.Query, call.Headers["Content-Type"]).ShouldBe(("?key=abc", "application/json; charset=utf-8"));
        (await company.RunAsync()).Status.ShouldBe(Standing.Done);
    }

    [Test]
    public async Task DingTalk_gets_the_time_and_its_signature_in_the_address()
    {
        await PublishAsync("""{"channel":"dingtalk","url":"HOST/robot/send?access_token=t","text":"x","secret":"SEC123"}""", "robot");
        await company.DealAsync("甲");
        await company.WorkAsync();
        var query = HttpUtility.ParseQueryString(outside.Calls.ShouldHaveSingleItem().Query);
        var timestamp = company.Time.GetUtcNow().ToUnixTimeMilliseconds();
        query["timestamp"].ShouldBe(timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        query["sign"].ShouldBe(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes("SEC123"), Encoding.UTF8.GetBytes($"{timestamp}\nSEC123"))));
        query["access_token"].ShouldBe("t");
        (await company.QueryAsync<string>("SELECT detail FROM workflows_history WHERE step = 'call' AND detail IS NOT NULL")).ShouldAllBe(d => !d.Contains("SEC123"));
    }

    [Test]
    public async Task Feishu_gets_the_time_and_its_signature_in_the_body()
    {
        await PublishAsync("""{"channel":"feishu","url":"HOST/hook","text":"x","secret":"demo"}""", "robot");
        await company.DealAsync("甲");
        await company.WorkAsync();
        var body = JsonNode.Parse(outside.Calls.ShouldHaveSingleItem().Body)!;
        var timestamp = company.Time.GetUtcNow().ToUnixTimeSeconds();
        body["timestamp"]!.GetValue<string>().ShouldBe(timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        body["sign"]!.GetValue<string>().ShouldBe(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{timestamp}\ndemo"), Array.Empty<byte>())));
    }

    [TestCase("""{"errcode":93000,"errmsg":"invalid webhook url"}""", 1)]
    [TestCase("""{"errcode":45009,"errmsg":"api freq out of limit"}""", 2)]
    public async Task A_robot_that_refuses_with_200_is_not_taken_for_done(string answer, int calls)
    {
        outside.Answers((200, answer));
        await PublishAsync("""{"channel":"wecom","url":"HOST/send","text":"x"}""", "robot");
        await company.DealAsync("甲");
        await company.WorkAsync();
        await company.WaitAsync(TimeSpan.FromSeconds(20));
        outside.Calls.Count.ShouldBe(calls);
        (await company.RunAsync()).Status.ShouldBe(calls == 1 ? Standing.Incident : Standing.Done);
    }
}
