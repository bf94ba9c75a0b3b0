using Crm.Shared.Access;
using Crm.Testing;
using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class SignedInTests
{
    [TestCase("leads")]
    [TestCase("me")]
    [TestCase("catalogue")]
    [TestCase("live")]
    [TestCase("search?q=x")]
    public async Task A_stranger_is_told_to_sign_in(string path)
    {
        using var stranger = Company.Stranger();
        (await stranger.SendAsync(HttpMethod.Get, path)).Is(401, "signedOut");
    }

    [Test]
    public async Task A_write_with_the_cookie_alone_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/leads") { Content = new StringContent("{}", null, "application/json") };
        using var answer = await Admin.Http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(403);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("antiForgery");
    }

    [Test]
    public async Task A_program_works_with_a_token_and_needs_no_cookie()
    {
        var token = (await EastRep.PostJson("auth/tokens", new { name = "脚本" })).GetProperty("token").GetString()!;
        using var program = Company.Stranger();
        program.Http.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        (await program.GetJson("me")).GetProperty("name").GetString().ShouldBe("李东");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/leads") { Content = new StringContent("""{"name":"由程序建立"}""", null, "application/json") };
        using var answer = await program.Http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(201);
    }

    [TestCase("Bearer crm_nothing")]
    [TestCase("Bearer something")]
    [TestCase("Basic YWRtaW46YWRtaW4=")]
    public async Task A_token_that_is_none_of_ours_is_refused(string header)
    {
        using var program = Company.Stranger();
        program.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        (await program.SendAsync(HttpMethod.Get, "me")).Is(401, "signedOut");
    }

    [Test]
    public async Task Who_leaves_the_company_is_signed_out_at_once()
    {
        var (user, client) = await Company.PersonAsync("离职者", East, BuiltInRole.Rep);
        await client.GetJson("me");
        await Admin.PatchJson($"users/{user.Id}", new { active = false });
        (await client.SendAsync(HttpMethod.Get, "me")).Is(401, "signedOut");
    }

    [Test]
    public async Task A_sign_in_expires()
    {
        await using var crm = await TestCrm.StartAsync();
        await crm.Admin.GetJson("me");
        crm.Time.Advance(TimeSpan.FromDays(15));
        (await crm.Admin.SendAsync(HttpMethod.Get, "me")).Is(401, "signedOut");
    }

    [Test]
    public async Task Sign_ins_from_one_address_are_limited()
    {
        await using var crm = await TestCrm.StartAsync(o => o.Settings["Crm:SignInsPerMinute"] = "3");
        using var stranger = crm.Stranger();
        var codes = new List<int>();
        for (var i = 0; i < 4; i++) codes.Add((int)(await stranger.SendAsync(HttpMethod.Post, "auth/sign-in", new { email = "x@example.com", password = "wrong-Pass-1", remember = false })).Status);
        codes.ShouldBe([401, 401, 429, 429]); // the administrator's own sign-in was the first of three
        (await stranger.SendAsync(HttpMethod.Post, "auth/sign-in", new { email = "x@example.com", password = "wrong-Pass-1", remember = false })).Is(429, "tooMany");
    }
}
