using Crm.Platform.Roles;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Roles;

public sealed class RoleTests
{
    private static readonly Dictionary<string, DataScope> Everything = new() { ["*"] = DataScope.All };
    private Company company = null!;

    [SetUp]
    public async Task Start() => company = await Company.StartAsync();

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task Built_in_roles_reach_as_far_as_their_holders_stand()
    {
        (await ActorAsync(company.Rep)).ScopeOf("lead").ShouldBe(DataScope.Own);
        (await ActorAsync(company.EastHead)).ScopeOf("lead").ShouldBe(DataScope.UnitAndBelow);
        var admin = await ActorAsync(company.Admin);
        (admin.Unlimited, admin.ScopeOf("anything"), admin.Can("role.manage")).ShouldBe((true, DataScope.All, true));
    }

    [Test]
    public async Task Several_roles_add_up_and_each_reaches_only_what_it_lets_see()
    {
        await company.UpdateAsync("user", company.Rep, ("roles", new[] { BuiltInRole.Rep, BuiltInRole.ServiceAgent }));
        var actor = await ActorAsync(company.Rep);
        actor.ScopeOf("customer").ShouldBe(DataScope.All);
        actor.ScopeOf("lead").ShouldBe(DataScope.Own);
        actor.Can("lead.update").ShouldBeTrue();
    }

    [Test]
    public async Task Somebody_without_roles_sees_colleagues_and_nothing_else()
    {
        await company.UpdateAsync("user", company.Rep, ("roles", Array.Empty<string>()));
        var actor = await ActorAsync(company.Rep);
        actor.Permissions.Order().ShouldBe(["unit.read", "user.read"]);
        actor.ScopeOf("lead").ShouldBe(DataScope.None);
    }

    [Test]
    public async Task A_role_made_by_an_administrator_can_be_given_at_once_and_counts_at_once()
    {
        await company.SendAsync(new SaveRole("auditor", new("审计", "Auditor"), ["user.export"], Everything, IsNew: true), company.Admin);
        await company.UpdateAsync("user", company.Rep, ("roles", new[] { "auditor" }));
        (await ActorAsync(company.Rep)).Can("user.export").ShouldBeTrue();
        await company.SendAsync(new SaveRole("auditor", new("审计", "Auditor"), [], Everything), company.Admin);
        (await ActorAsync(company.Rep)).Can("user.export").ShouldBeFalse();
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new DeleteRole("auditor"), company.Admin))).Code.ShouldBe("role.held");
    }

    [Test]
    public async Task A_changed_built_in_role_becomes_as_shipped_again_when_deleted()
    {
        var shipped = (await ActorAsync(company.EastHead)).Permissions.Order().ToArray();
        await company.SendAsync(new SaveRole(BuiltInRole.SalesManager, new("经理", "Manager"), ["view.share"], new Dictionary<string, DataScope> { ["*"] = DataScope.Unit }), company.Admin);
        (await ActorAsync(company.EastHead)).ScopeOf("lead").ShouldBe(DataScope.Unit);
        await company.SendAsync(new DeleteRole(BuiltInRole.SalesManager), company.Admin);
        (await ActorAsync(company.EastHead)).Permissions.Order().ShouldBe(shipped);
    }

    [Test]
    public async Task A_role_needs_one_name_and_no_key()
    {
        var first = await company.SendAsync(new SaveRole(null, new("", "Key account manager"), [], Everything, IsNew: true), company.Admin);
        (first.Key, first.Name.Zh).ShouldBe(("keyAccountManager", "Key account manager"));
        (await company.SendAsync(new SaveRole("", new("渠道", null!), [], Everything, IsNew: true), company.Admin)).Key.ShouldBe("role");
        (await company.SendAsync(new SaveRole("", new("", "7 A"), [], Everything, IsNew: true), company.Admin)).Key.ShouldBe("role2");
        (await company.SendAsync(new SaveRole("", new("伙伴", ""), [], Everything, IsNew: true), company.Admin)).Key.ShouldBe("role3");
    }

    [Test]
    public async Task Nobody_hands_out_what_he_does_not_hold()
    {
        await company.SendAsync(new SaveRole("lead", new("组长", "Lead"), ["role.manage", "view.share"], Everything, IsNew: true), company.Admin);
        await company.UpdateAsync("user", company.Rep, ("roles", new[] { "lead" }));
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SaveRole("lead", new("组长", "Lead"), ["settings.manage"], Everything), company.Rep))).Code.ShouldBe("forbidden");
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SaveRole(BuiltInRole.Administrator, new("管", "A"), [], Everything), company.Admin))).Code.ShouldBe("role.administrator");
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SaveRole("x", new("管", "A"), [], Everything), company.WestRep))).Code.ShouldBe("forbidden");
    }

    [Test]
    public async Task What_is_wrong_with_a_role_is_said_field_by_field()
    {
        var problem = await Should.ThrowAsync<Problem>(() => company.SendAsync(
            new SaveRole("Bad Key", new("", ""), ["lead.fly"], new Dictionary<string, DataScope> { ["ghost"] = DataScope.Own }, IsNew: true), company.Admin));
        problem.Errors.Select(e => (e.Field, e.Code)).ShouldBe([("key", "role.key"), ("name", "role.name"), ("permissions[0]", "role.permission"), ("scopes[0]", "role.scope")]);
    }

    [Test]
    public void Every_record_type_has_its_seven_permissions_and_every_permission_a_name()
    {
        var all = company.Services.GetRequiredService<PermissionList>().All().ToList();
        all.Count(p => p.Permission.Key.StartsWith("user.", StringComparison.Ordinal)).ShouldBe(7);
        all.Select(p => p.Permission.Key).ShouldBeUnique();
        all.ShouldAllBe(p => p.Permission.Label.Zh.Length > 0 && p.Permission.Label.En.Length > 0);
    }

    private async Task<Actor> ActorAsync(Guid user) => (await company.RunAsync(s => s.GetRequiredService<IActors>().ForUserAsync(user, default).AsTask()))!;
}
