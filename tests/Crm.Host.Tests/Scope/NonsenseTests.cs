using System.Text.RegularExpressions;
using Crm.Testing;

namespace Crm.Host.Tests.Scope;

/// <summary>Whatever nonsense a call of the API is sent, by one who may do everything: it is refused with a reason in the reader's language, never with a failure of ours.</summary>
internal sealed partial class NonsenseTests
{
    /// <summary>They take any JSON object: what a foreign system sends, a procedure being drawn.</summary>
    private static readonly string[] Free = ["POST hooks/{token}", "PUT sops/{key}", "POST sops/{key}/validate"];

    private static readonly string[] Values = ["""{"a":[true]}""", "\"9999-99-99\"", $"\"{new string('长', 50_000)}\"", "-1e400", "[{}]", "[null]", "{}", "true", "null", "\"\\u0000\"", "\"\\ud800\"", """{"a":1,"a":2}"""];
    private static readonly string[] Questions = ["x", "-1", "99999999999999999999", "%00", "%7B", "[]"];

    private Elsewhere there = null!;

    [OneTimeSetUp]
    public async Task Start() => there = await Elsewhere.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await there.DisposeAsync();

    private static IEnumerable<Call> Writes => Document.Calls.Where(c => c.Members is not null);
    private static IEnumerable<Call> Reads => Document.Calls.Where(c => c.Query.Count > 0);

    [TestCaseSource(nameof(Writes))]
    public async Task A_body_of_another_form_is_refused(Call call)
    {
        foreach (var body in new[] { "", "{", "[]", "5", "\"x\"", "{}", "null" }) await AskAsync(call, body);
        if (!Free.Contains(call.ToString()))
            (await AskAsync(call, """{"nosuchMember": 1}""")).Errors.ShouldContainKeyAndValue("nosuchMember", "field.unknown");
    }

    [TestCaseSource(nameof(Writes))]
    public async Task A_value_of_another_form_is_refused(Call call)
    {
        foreach (var member in call.Members!)
            foreach (var value in Values) await AskAsync(call, $$"""{"{{member}}": {{value}}}""");
    }

    [TestCaseSource(nameof(Reads))]
    public async Task A_question_of_another_form_is_refused(Call call)
    {
        foreach (var name in call.Query)
            foreach (var value in Questions) await AskAsync(call, null, $"?{name}={value}");
    }

    [Test]
    public async Task An_empty_body_takes_nothing_away()
    {
        await there.Crm.Admin.PutJson($"calendars/{there.Crm.RootUnit}", new { hours = new { monday = new[] { new { start = "07:00:00", end = "12:00:00" } } } });
        (await there.Crm.Admin.SendAsync(HttpMethod.Put, $"calendars/{there.Crm.RootUnit}", "{}")).Is(400).Errors.ShouldContainKeyAndValue("hours", "field.required");
        (await there.Crm.Admin.SendAsync(HttpMethod.Put, "calendars/holidays/2026", "{}")).Is(400).Errors.ShouldContainKeyAndValue("holidays", "field.required");
        (await there.Crm.Admin.GetJson($"calendars/{there.Crm.RootUnit}")).ToString().ShouldContain("07:00");
    }

    /// <summary>What is refused is asked in the other language again.</summary>
    private async Task<TestAnswer> AskAsync(Call call, string? body, string question = "")
    {
        Task<TestAnswer> In(string language) => there.Crm.Admin.SendAsync(HttpMethod.Parse(call.Method), Path(call) + question, body, ("Accept-Language", language));
        var answer = await In("zh");
        var what = $"{call}{question} {(body?.Length > 100 ? body[..100] : body)}: {answer.Text}";
        ((int)answer.Status).ShouldBeLessThan(500, what);
        if ((int)answer.Status < 400) return answer;
        answer.Code.ShouldNotBeNullOrEmpty(what);
        foreach (var said in Said(answer))
        {
            Chinese().IsMatch(said).ShouldBeTrue(what);
            EnglishSentence().IsMatch(said).ShouldBeFalse(what);
        }
        foreach (var said in Said(await In("en"))) Chinese().IsMatch(Name().Replace(said, "")).ShouldBeFalse($"{call}{question}: {said}");
        return answer;
    }

    private static IEnumerable<string> Said(TestAnswer answer)
    {
        yield return answer.Json.GetProperty("title").GetString()!;
        foreach (var error in answer.Json.TryGetProperty("errors", out var errors) ? errors.EnumerateArray() : [])
        {
            // Empty where all of it together is wrong; then the text says what is.
            error.GetProperty("field").GetString().ShouldNotBeNull(answer.Text);
            yield return error.GetProperty("message").GetString()!;
        }
    }

    private string Path(Call call) => Place().Replace(call.Address, place => place.Value switch
    {
        "{id}" or "{unitId}" => there.IdAt(call.Address),
        "{key}" when call.Address.StartsWith("forms", StringComparison.Ordinal) => "west",
        "{key}" when call.Address.StartsWith("sops", StringComparison.Ordinal) => "broken",
        "{type}" => "lead",
        "{year}" => "2026",
        "{number}" => "1",
        _ => "nosuch",
    });

    [GeneratedRegex(@"[一-鿿]")]
    private static partial Regex Chinese();

    /// <summary>As a library of ours would say it.</summary>
    [GeneratedRegex(@"[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+")]
    private static partial Regex EnglishSentence();

    /// <summary>Of something in the company, which is called what it is called.</summary>
    [GeneratedRegex("[“\"][^”\"]*[”\"]")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{[a-zA-Z]+\}")]
    private static partial Regex Place();
}
