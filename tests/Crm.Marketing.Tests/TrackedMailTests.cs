using System.Text.RegularExpressions;
using Crm.Testing;

namespace Crm.Marketing.Tests;

/// <summary>Mails of SOPs from templates, and what becomes of them at the receiver.</summary>
internal sealed class TrackedMailTests
{
    private TestCrm crm = null!;
    private TestClient reader = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        crm = await TestCrm.StartAsync();
        reader = crm.Stranger();
        await crm.Admin.CreateAsync("mailTemplates", new { code = "brochure", name = "资料", subject = "{{name}}，您要的资料", body = "<p>{{name}} 您好</p><p><a href=\"https://example.com/a?x=1&amp;y=2\">下载</a> <a href='https://example.com/b'>官网</a></p>" });
        await crm.Admin.CreateAsync("mailTemplates", new { code = "wrong", name = "错", subject = "{{nam}}", body = "{{steps.x.y}}" });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        reader.Dispose();
        await crm.DisposeAsync();
    }

    private Task PublishAsync(string key, string source, string inputs, string after = "") =>
        crm.PublishAsync(key, $$$"""[{"kind":"created","filter":{"field":"source","op":"eq","value":"{{{source}}}"}}]""", $$$"""[{"id":"send","kind":"mail","inputs":{{{inputs}}}}{{{after}}}]""");

    private async Task<(Guid Lead, string Subject, string Html, string Plain)> SendAsync(string name, string source)
    {
        var lead = await crm.Admin.CreateAsync("leads", new { name, email = $"{source.ToLowerInvariant()}@example.com", source });
        await crm.RunDueAsync();
        var mail = (await crm.ListAsync<Mail>("SELECT subject, html, plain FROM platform_mail WHERE recipient = @to", new { to = $"{source.ToLowerInvariant()}@example.com" })).ShouldHaveSingleItem();
        return (lead, mail.Subject, mail.Html ?? "", mail.Plain);
    }

    private static string[] Ways(string html, string attribute) => [.. Regex.Matches(html, attribute + "=\"([^\"]*/api/v1/mail/[^\"]+)\"").Select(m => new Uri(m.Groups[1].Value).AbsolutePath)];

    [Test]
    public async Task A_mail_is_made_from_its_template_and_untracked_unless_asked()
    {
        await PublishAsync("plain", "phone", """{"to":{"path":"email"},"template":"brochure"}""");
        var (_, subject, html, _) = await SendAsync("王先生", "phone");
        subject.ShouldBe("王先生，您要的资料");
        html.ShouldContain("王先生 您好");
        html.ShouldContain("https://example.com/b");
        html.ShouldNotContain("/api/v1/mail/");
    }

    [TestCase("", "您好，王先生", "来源：展会", "exhibition")]
    [TestCase(""","language":"zh" """, "您好，王先生", "来源：付费搜索", "paidSearch")]
    [TestCase(""","language":"en" """, "Dear 王先生", "来源：Direct traffic", "direct")]
    public async Task People_outside_are_written_to_in_the_language_that_the_step_says(string language, string subject, string body, string source)
    {
        await crm.Admin.SendAsync(HttpMethod.Post, "mailTemplates", new { code = "where", name = "来源", subject = "x", body = "来源：{{source}}" });
        await PublishAsync($"said-{source.ToLowerInvariant()}", source, $$$"""{"to":{"path":"email"},"template":"where","subject":{"zh":"您好，{{name}}","en":"Dear {{name}}"}{{{language}}}}""");
        var (_, said, _, plain) = await SendAsync("王先生", source);
        (said, plain).ShouldBe((subject, body));
    }

    [Test]
    public async Task Opening_and_following_a_link_are_told_once_each()
    {
        await PublishAsync("tracked", "social", """{"to":{"path":"email"},"template":"brochure","track":true}""");
        await crm.PublishAsync("opened", """[{"kind":"mailOpened","inputs":{"template":"brochure"}}]""", "[]");
        await crm.PublishAsync("clicked", """[{"kind":"mailClicked"}]""", """[{"id":"note","kind":"createActivity","inputs":{"kind":"note","subject":"{{run.payload.template}} {{run.payload.link}}"}}]""");
        var (_, _, html, _) = await SendAsync("李女士", "social");
        html.ShouldNotContain("example.com");
        var pixel = Ways(html, "src").ShouldHaveSingleItem();
        for (var i = 0; i < 3; i++)
        {
            var answer = (await reader.SendAsync(HttpMethod.Get, pixel)).Is(200);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
        (await crm.RunsAsync("opened")).ShouldBe(["李女士"]);
        var links = Ways(html, "href");
        links.Length.ShouldBe(2);
        foreach (var _ in "12") (await reader.SendAsync(HttpMethod.Get, links[0])).Is(302).Headers.Location!.ToString().ShouldBe("https://example.com/a?x=1&y=2");
        (await reader.SendAsync(HttpMethod.Get, links[1])).Is(302).Headers.Location!.ToString().ShouldBe("https://example.com/b");
        (await crm.RunsAsync("clicked")).ShouldBe(["李女士"]);
        await crm.RunDueAsync();
        (await crm.ValueAsync<string>("SELECT subject FROM sales_activity WHERE subject LIKE 'brochure%'")).ShouldBe("brochure https://example.com/a?x=1&y=2");
    }

    [Test]
    public async Task A_run_waits_until_its_mail_is_opened_and_a_followed_link_tells_so_too()
    {
        await PublishAsync("nurture", "partner", """{"to":{"path":"email"},"subject":"你好","body":"请看 https://example.com/c 谢谢","track":true}""",
            """,{"id":"read","kind":"waitFor","inputs":{"events":[{"id":"opened","on":{"kind":"mailOpened"}}],"within":{"in":{"plain":"P5D"}}}},{"id":"up","kind":"score","inputs":{"add":10}}""");
        var (lead, _, html, _) = await SendAsync("赵工", "partner");
        (await reader.SendAsync(HttpMethod.Get, Ways(html, "href").ShouldHaveSingleItem())).Is(302);
        await crm.RunDueAsync();
        (await crm.Admin.GetJson($"leads/{lead}")).GetProperty("score").GetInt32().ShouldBe(10);
    }

    [Test]
    public async Task A_token_that_we_have_not_signed_leads_nowhere()
    {
        await PublishAsync("signed", "referral", """{"to":{"path":"email"},"subject":"你好","body":"https://example.com/d","track":true}""");
        var (_, _, html, _) = await SendAsync("钱工", "referral");
        var link = Ways(html, "href").ShouldHaveSingleItem();
        (await reader.SendAsync(HttpMethod.Get, link[..^3] + (link.EndsWith("AAA", StringComparison.Ordinal) ? "BBB" : "AAA"))).Is(404);
        foreach (var bad in new[] { "x", "AAAA", link[^46..^2] }) (await reader.SendAsync(HttpMethod.Get, "mail/" + bad)).Is(404);
    }

    [Test]
    public async Task A_template_that_names_what_is_not_there_is_told_at_publish()
    {
        await crm.Admin.PutJson("sops/bad", Sops.Sop("bad", "[]", """[{"id":"m","kind":"mail","inputs":{"to":{"path":"email"},"template":"wrong"}}]"""));
        var problems = (await crm.Admin.PostJson("sops/bad/validate")).GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("code").GetString()).ToArray();
        problems.ShouldContain("sop.unknownField");
        problems.ShouldContain("sop.templateReadsSteps");
    }

    private sealed class Mail
    {
        public string Subject { get; init; } = "";
        public string? Html { get; init; }
        public string Plain { get; init; } = "";
    }
}
