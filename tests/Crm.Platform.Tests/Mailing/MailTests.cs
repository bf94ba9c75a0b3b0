using Crm.Platform.Mailing;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Mailing;

public sealed class MailTests
{
    private Company company = null!;
    private SmtpSink sink = null!;

    [SetUp]
    public async Task Start()
    {
        sink = new();
        company = await Company.StartAsync();
        (company.Options.Smtp.Host, company.Options.Smtp.Port, company.Options.Smtp.From) = ("127.0.0.1", sink.Port, "crm@example.com");
    }

    [TearDown]
    public async Task Stop()
    {
        await company.DisposeAsync();
        await sink.DisposeAsync();
    }

    [Test]
    public async Task A_mail_goes_out_once_per_key()
    {
        (await EnqueueAsync("quote-1")).ShouldBeTrue();
        (await EnqueueAsync("quote-1")).ShouldBeFalse();
        await RunDueAsync();
        await RunDueAsync();
        var mail = sink.Mails.ShouldHaveSingleItem();
        (mail.From, mail.To).ShouldBe(("crm@example.com", "kunde@example.com"));
        mail.Header("Message-ID").ShouldBe(MailDelivery.MessageId("quote-1", "crm@example.com"));
    }

    [Test]
    public async Task A_mail_of_a_transaction_that_fell_was_never_there()
    {
        await Should.ThrowAsync<FormatException>(() => company.RunAsync(s => s.GetRequiredService<Session>().InTransactionAsync(async () =>
        {
            await s.GetRequiredService<IMailer>().EnqueueAsync("never", new("kunde@example.com", "x", null, "x"), default);
            throw new FormatException();
        }, default)));
        await RunDueAsync();
        sink.Mails.ShouldBeEmpty();
    }

    [Test]
    public async Task A_server_that_is_busy_is_asked_again_later_under_the_same_id()
    {
        sink.Refusal = "451 Try later";
        await EnqueueAsync("quote-2");
        await RunDueAsync();
        var waiting = (await ListAsync(MailState.Waiting)).ShouldHaveSingleItem();
        (waiting.Attempts, waiting.Tries.Count).ShouldBe((1, 1));
        waiting.NextAt!.Value.ShouldBeGreaterThan(company.Time.GetUtcNow().UtcDateTime);

        sink.Refusal = null;
        await RunDueAsync();
        (await ListAsync(MailState.Waiting)).ShouldHaveSingleItem();
        company.Time.Advance(TimeSpan.FromMinutes(2));
        await RunDueAsync();
        sink.Mails.Last().Header("Message-ID").ShouldBe(MailDelivery.MessageId("quote-2", "crm@example.com"));
        (await ListAsync(MailState.Sent)).ShouldHaveSingleItem().Tries.ShouldHaveSingleItem().Error.ShouldContain("Try later");
    }

    [Test]
    public async Task A_server_that_stays_away_for_two_days_ends_in_the_outbox_with_every_attempt()
    {
        sink.Refusal = "451 Try later";
        await EnqueueAsync("quote-3");
        for (var hour = 0; hour < 60; hour++)
        {
            await RunDueAsync();
            company.Time.Advance(TimeSpan.FromHours(1));
        }
        var failed = (await ListAsync(MailState.Failed)).ShouldHaveSingleItem();
        (failed.Attempts, failed.Tries.Count).ShouldBe((9, 9));
    }

    [Test]
    public async Task What_the_server_refuses_for_good_waits_for_a_person_who_can_send_it_again()
    {
        sink.Refusal = "550 No such mailbox";
        await EnqueueAsync("quote-4");
        await RunDueAsync();
        var failed = (await ListAsync(MailState.Failed)).ShouldHaveSingleItem();
        failed.Error!.ShouldContain("No such mailbox");
        company.Time.Advance(TimeSpan.FromDays(3));
        await RunDueAsync();
        sink.Visits.ShouldBe(1);

        sink.Refusal = null;
        await company.SendAsync(new RetryMail(failed.Id), company.Admin);
        await RunDueAsync();
        (await ListAsync(MailState.Failed)).ShouldBeEmpty();
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new RetryMail(failed.Id), company.Admin))).Code.ShouldBe("notFound");
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new RetryMail(failed.Id), company.Rep))).Code.ShouldBe("forbidden");
    }

    [Test]
    public async Task Without_a_server_the_outbox_says_so()
    {
        company.Options.Smtp.Host = null;
        await EnqueueAsync("quote-5");
        await RunDueAsync();
        (await ListAsync(MailState.Failed)).ShouldHaveSingleItem().Error!.ShouldContain("Crm:Smtp:Host");
    }

    [Test]
    public async Task An_address_that_is_none_is_refused_where_it_is_written() =>
        (await Should.ThrowAsync<Problem>(() => company.RunAsync(s => s.GetRequiredService<IMailer>().EnqueueAsync("bad", new("kein", "x", null, "x"), default)))).Errors[0].Code.ShouldBe("field.type.email");

    [TestCase("""<p onclick="x()">你好 <b>王总</b></p>""", "<p>你好 <b>王总</b></p>")]
    [TestCase("""<a href="javascript:alert(1)">x</a>""", """<a rel="noopener noreferrer">x</a>""")]
    [TestCase("""<a href=" JaVaScRiPt:alert(1)" title="t">x</a>""", """<a title="t" rel="noopener noreferrer">x</a>""")]
    [TestCase("""<a href="https://example.com/a?b=1">x</a>""", """<a href="https://example.com/a?b=1" rel="noopener noreferrer">x</a>""")]
    [TestCase("<script>alert(1)</script>a<style>b</style><!-- c -->", "a")]
    [TestCase("""<svg onload="x()"><a xlink:href="javascript:x"/></svg><img src="x" onerror="y">""", "<img>")]
    [TestCase("<section><custom>text</custom></section>", "text")]
    [TestCase("<div><form><input value='x'></form><font color='red'>rot</font></div>", "<div>rot</div>")]
    public void Html_keeps_words_and_loses_what_could_act(string given, string cleaned) => Html.Clean(given).ShouldBe(cleaned);

    [Test]
    public void Cleaning_twice_changes_nothing() =>
        Html.Clean(Html.Clean("<table><tr><td>1</table><noscript><p title='</noscript><img src=x onerror=alert(1)>'>")).ShouldBe(Html.Clean("<table><tr><td>1</table><noscript><p title='</noscript><img src=x onerror=alert(1)>'>"));

    [Test]
    public void Text_is_made_from_html_with_its_lines_and_links() =>
        Html.ToText("""<h3>标题</h3><p>一<br>二</p><ul><li>三</li></ul><a href="https://example.com">打开</a>""").ShouldBe("标题\n一\n二\n三\n打开 (https://example.com)");

    private Task<bool> EnqueueAsync(string key) => company.RunAsync(s => s.GetRequiredService<IMailer>().EnqueueAsync(key, new("kunde@example.com", "报价 Q-1\r\nBcc: all@example.com", "<p>您好</p>", null), default));

    private Task RunDueAsync() => company.Services.GetRequiredService<WorkRunner>().RunAllDueAsync(default);

    private async Task<IReadOnlyList<MailInfo>> ListAsync(MailState state) => (await company.SendAsync(new ListMail(state, null, 50), company.Admin)).Items;
}
