using Crm.Platform.SignIn;
using Crm.Platform.Tokens;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.SignIn;

public sealed class SignInTests
{
    private Company company = null!;

    [SetUp]
    public async Task Start() => company = await Company.StartAsync();

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task The_right_password_opens_a_session_and_letters_case_of_the_address_does_not_matter()
    {
        var signedIn = await TryAsync("Rep@Example.com ", Company.Password);
        (await ActorAsync(signedIn))!.Name.ShouldBe("李销售");
    }

    [Test]
    public async Task Wrong_unknown_locked_and_inactive_get_the_same_answer()
    {
        var codes = new List<string> { await RefusedAsync("rep@example.com", "wrong-password-1"), await RefusedAsync("nobody@example.com", "wrong-password-1") };
        await company.UpdateAsync("user", company.Rep, ("active", false));
        codes.Add(await RefusedAsync("rep@example.com", Company.Password));
        codes.Add(await RefusedAsync("westrep@example.com", "")); // has no password yet
        codes.ShouldBe(["401 signIn.refused", "401 signIn.refused", "401 signIn.refused", "400 invalid"]);
    }

    [Test]
    public async Task After_five_wrong_attempts_even_the_right_password_waits_a_quarter_of_an_hour()
    {
        for (var i = 0; i < 5; i++) await RefusedAsync("rep@example.com", "wrong-" + i);
        (await RefusedAsync("rep@example.com", Company.Password)).ShouldBe("401 signIn.refused");
        company.Time.Advance(TimeSpan.FromMinutes(14));
        (await RefusedAsync("rep@example.com", Company.Password)).ShouldBe("401 signIn.refused");
        company.Time.Advance(TimeSpan.FromMinutes(2));
        (await TryAsync("rep@example.com", Company.Password)).UserId.ShouldBe(company.Rep);
    }

    [Test]
    public async Task Guesses_made_at_the_same_moment_are_counted_too()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => RefusedAsync("rep@example.com", "wrong-" + i)));
        (await RefusedAsync("rep@example.com", Company.Password)).ShouldBe("401 signIn.refused");
    }

    [Test]
    public async Task A_success_wipes_out_earlier_failures()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++) await RefusedAsync("rep@example.com", "wrong-" + i);
            await TryAsync("rep@example.com", Company.Password);
        }
    }

    [Test]
    public async Task Guessing_unknown_addresses_locks_nobody()
    {
        for (var i = 0; i < 8; i++) await RefusedAsync($"nobody{i}@example.com", "wrong");
        (await TryAsync("rep@example.com", Company.Password)).UserId.ShouldBe(company.Rep);
    }

    [Test]
    public async Task A_new_password_needs_the_present_one_and_ends_all_other_sessions()
    {
        var before = await TryAsync("rep@example.com", Company.Password);
        var problem = await Should.ThrowAsync<Problem>(() => company.SendAsync(new ChangeMe(null, null, "Sommer-2026!", "falsch"), company.Rep));
        problem.Errors[0].Field.ShouldBe("currentPassword");
        var renewed = await company.SendAsync(new ChangeMe(null, null, "Sommer-2026!", Company.Password), company.Rep);
        (await ActorAsync(before)).ShouldBeNull();
        (await ActorAsync(renewed!)).ShouldNotBeNull();
        await RefusedAsync("rep@example.com", Company.Password);
        await TryAsync("rep@example.com", "Sommer-2026!");
    }

    [Test]
    public async Task Language_and_appearance_are_ones_own_to_choose()
    {
        await company.SendAsync(new ChangeMe("en", "dark", null, null), company.Rep);
        var me = await company.SendAsync(new GetMe(), company.Rep);
        (me.Locale, me.Theme, me.Unit!.Name, me.Admin).ShouldBe(("en", "dark", "华东", false));
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new ChangeMe("fr", null, null, null), company.Rep))).Errors[0].Field.ShouldBe("locale");
    }

    [TestCase("kurz1!", "password.length")]
    [TestCase("onlyletters", "password.kinds")]
    [TestCase("Password123", "password.common")]
    [TestCase("11111111a", "password.common")]
    [TestCase("westrep-77", "password.personal")]
    public async Task A_weak_password_is_refused_with_its_reason(string password, string code) =>
        (await Should.ThrowAsync<Problem>(() => company.RunAsync(s => s.GetRequiredService<IPasswords>().SetAsync(company.WestRep, password, default)))).Errors[0].Code.ShouldBe(code);

    [Test]
    public async Task Deactivating_somebody_ends_sessions_and_tokens()
    {
        var session = await TryAsync("rep@example.com", Company.Password);
        var token = await company.SendAsync(new CreateToken("export", null), company.Rep);
        (await ByTokenAsync(token.Token))!.Source.ShouldBe(Source.Api);
        await company.UpdateAsync("user", company.Rep, ("active", false));
        await company.UpdateAsync("user", company.Rep, ("active", true));
        (await ActorAsync(session)).ShouldBeNull();
        (await ByTokenAsync(token.Token)).ShouldBeNull();
    }

    [Test]
    public async Task A_token_is_kept_as_a_hash_expires_is_revoked_and_makes_no_tokens()
    {
        var token = await company.SendAsync(new CreateToken("nightly", company.Time.GetUtcNow().UtcDateTime.AddDays(1)), company.Rep);
        token.Token.ShouldStartWith("crm_");
        (await company.ReadAsync<long>("SELECT COUNT(*) FROM platform_token WHERE hash = @hash", new { hash = System.Text.Encoding.UTF8.GetBytes(token.Token) })).ShouldBe(0);
        (await ByTokenAsync(token.Token[..^1])).ShouldBeNull();
        (await company.SendAsync(new ListTokens(), company.Rep)).ShouldHaveSingleItem().Name.ShouldBe("nightly");
        (await ByTokenAsync(token.Token)).ShouldNotBeNull();
        (await company.SendAsync(new ListTokens(), company.Rep))[0].LastUsedAt.ShouldBe(company.Time.GetUtcNow().UtcDateTime);

        await company.RunAsync(async s =>
        {
            var actor = await s.GetRequiredService<ITokens>().ActorAsync(token.Token, default);
            s.GetRequiredService<CurrentActor>().Set(actor!);
            (await Should.ThrowAsync<Problem>(() => s.GetRequiredService<MediatR.IMediator>().Send(new CreateToken("more", null)))).Code.ShouldBe("forbidden");
        });
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new RevokeToken(token.Id), company.WestRep))).Code.ShouldBe("notFound");

        company.Time.Advance(TimeSpan.FromDays(2));
        (await ByTokenAsync(token.Token)).ShouldBeNull();
        var other = await company.SendAsync(new CreateToken("other", null), company.Rep);
        await company.SendAsync(new RevokeToken(other.Id), company.Rep);
        (await ByTokenAsync(other.Token)).ShouldBeNull();
    }

    [Test]
    public async Task An_invitation_sets_a_password_once()
    {
        var invited = await company.SendAsync(new Invite(company.WestRep), company.Admin);
        var secret = invited.Link.Split('#')[1];
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SetPassword(secret, "weak")))).Code.ShouldBe("invalid");
        await company.SendAsync(new SetPassword(secret, "Herbst-2026!"));
        await TryAsync("westrep@example.com", "Herbst-2026!");
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SetPassword(secret, "Winter-2026!")))).Code.ShouldBe("link.used");
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new Invite(company.WestRep), company.Rep))).Code.ShouldBe("forbidden");
    }

    private Task<SignedIn> TryAsync(string email, string password) => company.SendAsync(new Crm.Platform.SignIn.SignIn(email, password, false));

    private async Task<string> RefusedAsync(string email, string password)
    {
        var problem = await Should.ThrowAsync<Problem>(() => TryAsync(email, password));
        return $"{problem.Status} {problem.Code}";
    }

    private Task<Actor?> ActorAsync(SignedIn who) => company.RunAsync(s => s.GetRequiredService<IActors>().ForSessionAsync(who.UserId, who.Stamp, default).AsTask());

    private Task<Actor?> ByTokenAsync(string token) => company.RunAsync(s => s.GetRequiredService<ITokens>().ActorAsync(token, default).AsTask());
}
