using Crm.Platform.Notifications;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Notifications;

public sealed class NotifierTests
{
    private Company company = null!;

    [SetUp]
    public async Task Start()
    {
        company = await Company.StartAsync();
        company.Options.Smtp.Host = "127.0.0.1";
    }

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task The_same_key_reaches_a_person_once_and_another_person_too()
    {
        await NotifyAsync("task", "k", company.Rep);
        await NotifyAsync("task", "k", company.Rep, company.WestRep);
        (await ListAsync(company.Rep)).Items.ShouldHaveSingleItem();
        (await ListAsync(company.WestRep)).Items.ShouldHaveSingleItem();
        company.Hints.Told.Select(t => t.Users.Single()).ShouldBe([company.Rep, company.WestRep]);
        (await MailsAsync()).ShouldBe(2);
    }

    [Test]
    public async Task Nothing_was_said_in_a_transaction_that_fell()
    {
        await Should.ThrowAsync<FormatException>(() => company.RunAsync(s => s.GetRequiredService<Session>().InTransactionAsync(async () =>
        {
            await s.GetRequiredService<INotifier>().NotifyAsync([company.Rep], Notice("task", "k"), default);
            throw new FormatException();
        }, default)));
        (await ListAsync(company.Rep)).Items.ShouldBeEmpty();
        company.Hints.Told.ShouldBeEmpty();
    }

    [Test]
    public async Task Those_who_left_hear_nothing()
    {
        await company.UpdateAsync("user", company.Rep, ("active", false));
        await NotifyAsync("task", "k", company.Rep);
        (await company.ReadAsync<long>("SELECT COUNT(*) FROM platform_notification")).ShouldBe(0);
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public async Task Everybody_hears_the_way_he_chose(bool inPage, bool mail)
    {
        await company.SendAsync(new SetPreference("task", inPage, mail), company.Rep);
        await NotifyAsync("task", "k", company.Rep);
        await NotifyAsync("task", "k", company.Rep);
        (await ListAsync(company.Rep)).Items.Count.ShouldBe(inPage ? 1 : 0);
        (await MailsAsync()).ShouldBe(mail ? 1 : 0);
        var choice = (await company.SendAsync(new ListPreferences(), company.Rep)).Single(p => p.Kind == "task");
        (choice.InPage, choice.Mail).ShouldBe((inPage, mail));
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SetPreference("ghost", true, true), company.Rep))).Code.ShouldBe("notFound");
    }

    [Test]
    public async Task The_list_is_paged_newest_first_and_counts_what_is_unread()
    {
        for (var i = 0; i < 5; i++)
        {
            company.Time.Advance(TimeSpan.FromSeconds(1));
            await NotifyAsync("import", $"k{i}", company.Rep);
        }
        var first = await company.SendAsync(new ListNotices(false, null, 2), company.Rep);
        (first.Unread, first.Items.Count).ShouldBe((5, 2));
        var rest = await company.SendAsync(new ListNotices(false, first.Next, 200), company.Rep);
        rest.Items.Count.ShouldBe(3);
        rest.Next.ShouldBeNull();
        first.Items.Concat(rest.Items).Select(i => i.At).ShouldBeInOrder(SortDirection.Descending);
        await company.SendAsync(new MarkRead(first.Items[0].Id), company.Rep);
        (await ListAsync(company.Rep)).Unread.ShouldBe(4);
        await company.SendAsync(new MarkRead(null), company.Rep);
        (await ListAsync(company.Rep)).Unread.ShouldBe(0);
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new MarkRead(first.Items[0].Id), company.WestRep))).Code.ShouldBe("notFound");
    }

    [Test]
    public async Task What_is_dealt_with_counts_as_read_for_who_dealt_with_it()
    {
        foreach (var key in new[] { "task/1/new", "task/1/due", "task/10/new", "task/1" }) await NotifyAsync("task", key, company.Rep, company.WestRep);
        company.Hints.Told.Clear();
        for (var again = 0; again < 2; again++) await company.RunAsync(s => s.GetRequiredService<INotifier>().SettleAsync(company.Rep, "task/1", default));
        (await ListAsync(company.Rep)).Unread.ShouldBe(2);
        (await ListAsync(company.WestRep)).Unread.ShouldBe(4);
        company.Hints.Told.Select(t => t.Users.Single()).ShouldBe([company.Rep]);
    }

    private Task NotifyAsync(string kind, string key, params Guid[] users) => company.RunAsync(s => s.GetRequiredService<INotifier>().NotifyAsync(users, Notice(kind, key), default));

    private static Notice Notice(string kind, string key) => new(kind, new("标题", "Title"), new("内容", "Body"), "/x", key);

    private Task<NoticePage> ListAsync(Guid user) => company.SendAsync(new ListNotices(false, null, 50), user);

    private Task<long> MailsAsync() => company.ReadAsync<long>("SELECT COUNT(*) FROM platform_mail");
}
