using Crm.Workflows.Tests.Runtime;

namespace Crm.Workflows.Tests.Regressions;

/// <summary>What a visitor of a public form writes stands in the company's mails as words, never as HTML.</summary>
internal sealed class MailInjectionTests
{
    private const string Evil = """<a href="https://evil.example/">Pay & win</a>""";

    [TestCase("Deal {{name}}", null, "Deal " + Evil)]
    [TestCase("<p>Deal {{name}}</p>", "<p>Deal &lt;a href=&quot;https://evil.example/&quot;&gt;Pay &amp; win&lt;/a&gt;</p>", null)]
    [TestCase("<p>Deal {{{name}}}</p>", "<p>Deal &lt;a href=&quot;https://evil.example/&quot;&gt;Pay &amp; win&lt;/a&gt;</p>", null)]
    public async Task Whether_a_mail_is_html_is_told_by_its_template(string body, string? html, string? text)
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("mails", """[{"kind":"created"}]""", $$$"""[{"id":"mail","kind":"mail","inputs":{"to":"customer@example.com","subject":"x","body":"{{{body}}}"}}]""");
        await company.DealAsync(Evil);
        await company.WorkAsync();
        var mail = company.Told.Mails.ShouldHaveSingleItem();
        (mail.Html, mail.Text).ShouldBe((html, text));
    }

    [Test]
    public async Task A_tracked_plain_mail_makes_no_tags_of_what_was_inserted()
    {
        await using var company = await Company.StartAsync();
        await company.PublishAsync("mails", """[{"kind":"created"}]""", """[{"id":"mail","kind":"mail","inputs":{"to":"customer@example.com","subject":"x","body":"Deal {{name}}","track":true}}]""");
        await company.DealAsync("<b>x</b>");
        await company.WorkAsync();
        company.Told.Mails.ShouldHaveSingleItem().Html!.ShouldStartWith("Deal &lt;b&gt;x&lt;/b&gt;");
    }
}
