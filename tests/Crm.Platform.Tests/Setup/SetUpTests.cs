using Crm.Platform.Setup;
using Crm.Platform.SignIn;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Setup;

public sealed class SetUpTests
{
    private Company company = null!;

    [SetUp]
    public async Task Start() => company = await Company.EmptyAsync();

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task The_link_makes_the_company_and_its_administrator_and_works_once()
    {
        var secret = await LinkAsync();
        var who = await company.SendAsync(Request(secret!));
        var view = await company.DirectoryAsync();
        view.Units.ShouldHaveSingleItem().Name.ShouldBe("明远科技");
        view.Person(who.UserId)!.Roles.ShouldBe([BuiltInRole.Administrator]);
        await company.SendAsync(new Crm.Platform.SignIn.SignIn("boss@example.com", "Anfang-2026!", false));
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(Request(secret!)))).Code.ShouldBe("link.used");
        (await LinkAsync()).ShouldBeNull();
    }

    [Test]
    public async Task What_is_wrong_leaves_the_link_usable_and_nothing_behind()
    {
        var secret = await LinkAsync();
        var problem = await Should.ThrowAsync<Problem>(() => company.SendAsync(Request(secret!) with { Email = "not an address" }));
        problem.Errors[0].Field.ShouldBe("email");
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(Request(secret!) with { Password = "weak" }))).Errors[0].Field.ShouldBe("password");
        (await company.DirectoryAsync()).Units.ShouldBeEmpty();
        await company.SendAsync(Request(secret!));
    }

    [Test]
    public async Task A_guessed_an_old_and_a_replaced_link_do_not_work()
    {
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(Request("guess")))).Code.ShouldBe("link.used");
        var first = await LinkAsync();
        var second = await LinkAsync();
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(Request(first!)))).Code.ShouldBe("link.used");
        company.Time.Advance(TimeSpan.FromHours(25));
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(Request(second!)))).Code.ShouldBe("link.used");
    }

    private static SetUp Request(string secret) => new(secret, "明远科技", "周总", "boss@example.com", "Anfang-2026!", null);

    private async Task<string?> LinkAsync()
    {
        var start = new SetupLink(company.Services.GetRequiredService<IServiceScopeFactory>(), company.Options);
        return await company.RunAsync(s => start.MakeAsync(s, default)) is { } link ? link.Split('#')[1] : null;
    }
}
