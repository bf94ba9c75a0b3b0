using Crm.Platform.Notifications;
using Crm.Platform.Push;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Push;

public sealed class PushTests
{
    private Company company = null!;
    private PushSink sink = null!;

    [SetUp]
    public async Task Start()
    {
        sink = new();
        company = await Company.StartAsync();
        company.Options.AllowedHosts.Add("127.0.0.1");
    }

    [TearDown]
    public async Task Stop()
    {
        await company.DisposeAsync();
        await sink.DisposeAsync();
    }

    [Test]
    public async Task A_notice_reaches_the_browser_sealed_and_proven_in_the_readers_language()
    {
        await company.UpdateAsync("user", company.Rep, ("locale", "en"));
        await SubscribeAsync();
        await NotifyAsync("approval");
        await WorkAsync();
        var push = sink.Messages.ShouldHaveSingleItem();
        push.Message.GetProperty("title").GetString().ShouldBe("Title");
        push.Message.GetProperty("link").GetString().ShouldBe("/approvals/1");
        (push.Headers["Urgency"], push.Headers["Content-Encoding"]).ShouldBe(("high", "aes128gcm"));
        var claims = PushSink.Claims(push.Headers["Authorization"], (await company.RunAsync(s => s.GetRequiredService<PushKeys>().PublicAsync(default))));
        claims.GetProperty("aud").GetString().ShouldBe(new Uri(sink.Endpoint).GetLeftPart(UriPartial.Authority));
    }

    [Test]
    public async Task One_notice_is_pushed_once_and_not_to_those_who_turned_it_off()
    {
        await SubscribeAsync();
        await NotifyAsync("task");
        await NotifyAsync("task");
        await WorkAsync();
        sink.Messages.ShouldHaveSingleItem();
        await company.SendAsync(new SetPreference("task", true, true, false), company.Rep);
        await NotifyAsync("task", "other");
        await WorkAsync();
        sink.Messages.ShouldHaveSingleItem();
    }

    [Test]
    public async Task What_was_read_meanwhile_is_not_pushed()
    {
        await SubscribeAsync();
        await NotifyAsync("task");
        await company.SendAsync(new MarkRead(null), company.Rep);
        await WorkAsync();
        sink.Visits.ShouldBe(0);
    }

    [Test]
    public async Task A_browser_that_is_gone_is_forgotten()
    {
        sink.Status = 410;
        await SubscribeAsync();
        await NotifyAsync("task");
        await WorkAsync();
        (await DevicesAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_service_that_is_away_is_asked_again()
    {
        sink.Status = 503;
        await SubscribeAsync();
        await NotifyAsync("task");
        await WorkAsync();
        sink.Status = 201;
        company.Time.Advance(TimeSpan.FromMinutes(1));
        await WorkAsync();
        sink.Messages.ShouldHaveSingleItem();
        (await DevicesAsync()).ShouldHaveSingleItem().Error.ShouldBeNull();
    }

    [Test]
    public async Task A_private_address_is_not_called()
    {
        await SubscribeAsync();
        company.Options.AllowedHosts.Clear();
        await NotifyAsync("task");
        await WorkAsync();
        sink.Visits.ShouldBe(0);
        (await DevicesAsync()).ShouldHaveSingleItem().Error!.ShouldContain("private");
        (await Should.ThrowAsync<Problem>(SubscribeAsync)).Errors.ShouldHaveSingleItem().Code.ShouldBe("push.endpoint");
    }

    [TestCase("ftp://x/", null, null, "endpoint")]
    [TestCase(null, "abc", null, "keys.p256dh")]
    [TestCase(null, null, "abc", "keys.auth")]
    public async Task A_browser_without_proper_keys_is_refused(string? endpoint, string? p256dh, string? auth, string field) =>
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new Subscribe(endpoint ?? sink.Endpoint, new(p256dh ?? sink.P256dh, auth ?? sink.Auth), null), company.Rep))).Errors.ShouldHaveSingleItem().Field.ShouldBe(field);

    [Test]
    public async Task A_browser_belongs_to_who_used_it_last()
    {
        await SubscribeAsync();
        await company.SendAsync(new Subscribe(sink.Endpoint, new(sink.P256dh, sink.Auth), "Chrome"), company.WestRep);
        (await DevicesAsync()).ShouldBeEmpty();
        await NotifyAsync("task");
        await WorkAsync();
        sink.Visits.ShouldBe(0);
    }

    private Task<PushDevice> SubscribeAsync() => company.SendAsync(new Subscribe(sink.Endpoint, new(sink.P256dh, sink.Auth), "Chrome"), company.Rep);

    private Task<IReadOnlyList<PushDevice>> DevicesAsync() => company.SendAsync(new ListDevices(), company.Rep);

    private Task NotifyAsync(string kind, string key = "k") =>
        company.RunAsync(s => s.GetRequiredService<INotifier>().NotifyAsync([company.Rep], new(kind, new("标题", "Title"), null, "/approvals/1", key), default));

    private Task<int> WorkAsync() => company.Services.GetRequiredService<WorkRunner>().RunAllDueAsync(default);
}
