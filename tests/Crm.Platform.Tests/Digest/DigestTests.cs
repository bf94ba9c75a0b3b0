using Crm.Platform.Digest;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Digest;

public sealed class DigestTests
{
    private readonly Waiting waiting = new();
    private Company company = null!;

    [SetUp]
    public async Task Start()
    {
        company = await Company.StartAsync(services => services.AddSingleton<IDigest>(waiting));
        company.Options.Smtp.Host = "127.0.0.1";
        waiting.Sections = [new(new("已逾期", "Overdue"), [new(new("联系 <甲>", "Call <A>"), company.Time.UtcNow().AddHours(-3), "/tasks/1")], 2)];
    }

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task The_day_comes_by_mail_at_the_chosen_hour_in_the_readers_language_and_once()
    {
        await company.UpdateAsync("user", company.Rep, ("locale", "en"));
        await ChooseAsync(10);
        await PassAsync(TimeSpan.FromMinutes(59));
        (await MailsAsync()).ShouldBeEmpty();
        await PassAsync(TimeSpan.FromMinutes(1));
        var mail = (await MailsAsync()).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Today: 3 to do (2026-03-02)");
        mail.Html!.ShouldContain("Call &lt;A&gt;");
        mail.Html!.ShouldContain("due 06:00");
        // Chosen anew on the same day: not a second one.
        await ChooseAsync(11);
        await PassAsync(TimeSpan.FromHours(2));
        (await MailsAsync()).ShouldHaveSingleItem();
    }

    [Test]
    public async Task It_comes_on_working_days_only()
    {
        await ChooseAsync(10);
        for (var day = 0; day < 7; day++) await PassAsync(TimeSpan.FromDays(1));
        (await MailsAsync()).Count.ShouldBe(5);
    }

    [Test]
    public async Task Nobody_gets_a_mail_that_says_nothing_or_after_ending_it()
    {
        await ChooseAsync(10);
        var sections = waiting.Sections;
        waiting.Sections = [];
        await PassAsync(TimeSpan.FromDays(1));
        waiting.Sections = sections;
        await company.SendAsync(new SetDigest(null), company.Rep);
        await PassAsync(TimeSpan.FromDays(2));
        (await MailsAsync()).ShouldBeEmpty();
        (await company.SendAsync(new GetDigest(), company.Rep)).ShouldBe(new(null, true));
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SetDigest(24), company.Rep))).Errors.ShouldHaveSingleItem().Field.ShouldBe("hour");
    }

    [Test]
    public async Task After_an_outage_of_days_only_todays_comes()
    {
        await ChooseAsync(10);
        company.Time.Advance(TimeSpan.FromDays(3));
        await PassAsync(TimeSpan.FromHours(2));
        (await MailsAsync()).ShouldHaveSingleItem().Subject.ShouldContain("2026-03-05");
    }

    private Task ChooseAsync(int hour) => company.SendAsync(new SetDigest(hour), company.Rep);

    private Task<int> PassAsync(TimeSpan by)
    {
        company.Time.Advance(by);
        return company.Services.GetRequiredService<WorkRunner>().RunAllDueAsync(default);
    }

    private Task<IReadOnlyList<Sent>> MailsAsync() => company.RunAsync(s => s.GetRequiredService<Session>().QueryAsync<Sent>("SELECT subject, html FROM platform_mail WHERE mail_key LIKE 'digest-%'", null, default));

    internal sealed class Sent
    {
        public string Subject { get; init; } = "";
        public string? Html { get; init; }
    }

    private sealed class Waiting : IDigest
    {
        public IReadOnlyList<DigestSection> Sections { get; set; } = [];

        public Task<IReadOnlyList<DigestSection>> ReadAsync(Guid user, DateTime now, DateTime endOfDay, CancellationToken ct) => Task.FromResult(Sections);
    }
}
