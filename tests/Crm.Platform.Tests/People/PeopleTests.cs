using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.People;

public sealed class PeopleTests
{
    private Company company = null!;

    [SetUp]
    public async Task Start() => company = await Company.StartAsync();

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task A_unit_cannot_lie_below_itself()
    {
        var team = await company.UnitAsync("一组", company.East);
        var problem = await Should.ThrowAsync<Problem>(() => company.UpdateAsync("unit", company.East, ("parent", team)));
        problem.Errors.ShouldHaveSingleItem().Code.ShouldBe("unit.circle");
        (await Should.ThrowAsync<Problem>(() => company.UpdateAsync("unit", team, ("parent", team)))).Errors[0].Code.ShouldBe("unit.circle");
    }

    [Test]
    public async Task There_is_one_top_unit() =>
        (await Should.ThrowAsync<Problem>(() => company.UnitAsync("第二总部", null))).Errors[0].Code.ShouldBe("unit.oneRoot");

    [Test]
    public async Task A_unit_with_people_or_units_cannot_be_deleted()
    {
        (await Should.ThrowAsync<Problem>(() => DeleteAsync("unit", company.East))).Code.ShouldBe("unit.hasPeople");
        var empty = await company.UnitAsync("空部门", company.Root);
        var below = await company.UnitAsync("小组", empty);
        (await Should.ThrowAsync<Problem>(() => DeleteAsync("unit", empty))).Code.ShouldBe("unit.hasUnits");
        await DeleteAsync("unit", below);
        await DeleteAsync("unit", empty);
        (await company.DirectoryAsync()).Unit(empty).ShouldBeNull();
    }

    [Test]
    public async Task An_address_belongs_to_one_person_whatever_its_case()
    {
        var problem = await Should.ThrowAsync<Problem>(() => company.UserAsync("另一个", "REP@Example.com", company.West));
        var error = problem.Errors.ShouldHaveSingleItem();
        (error.Field, error.Code, error.Args[1]).ShouldBe(("email", "user.emailTaken", "李销售"));
    }

    [Test]
    public async Task A_deleted_persons_address_is_free_and_restoring_him_then_is_refused()
    {
        await DeleteAsync("user", company.Rep);
        await company.UserAsync("新人", "rep@example.com", company.East);
        (await Should.ThrowAsync<Problem>(() => company.RunAsync(s => s.GetRequiredService<IRecords>().RestoreAsync("user", company.Rep, WriteOptions.None, default)))).Code.ShouldBe("user.emailTaken");
    }

    [Test]
    public async Task The_last_active_administrator_stays()
    {
        foreach (var change in new (string, object?)[] { ("active", false), ("roles", new[] { BuiltInRole.Rep }) })
            (await Should.ThrowAsync<Problem>(() => company.UpdateAsync("user", company.Admin, change))).Code.ShouldBe("user.lastAdministrator");
        (await Should.ThrowAsync<Problem>(() => DeleteAsync("user", company.Admin))).Code.ShouldBe("user.lastAdministrator");
        await company.UserAsync("二号", "admin2@example.com", company.Root, BuiltInRole.Administrator);
        await company.UpdateAsync("user", company.Admin, ("active", false));
        (await company.DirectoryAsync()).InRole(BuiltInRole.Administrator).ShouldHaveSingleItem().Name.ShouldBe("二号");
    }

    [Test]
    public async Task Nobody_but_administrators_makes_administrators_or_hands_out_roles()
    {
        await company.RunAsync(s => s.GetRequiredService<Session>().InTransactionAsync(() => s.GetRequiredService<Session>().ExecuteAsync(
            """INSERT INTO platform_role (role_key, name_zh, name_en, permissions, scopes) VALUES ('hr', 'HR', 'HR', '["user.update","user.create"]', '{"*":"all"}')""", null, default), default));
        await company.RunAsync(s => s.GetRequiredService<Freshness>().RaiseAsync(s.GetRequiredService<Session>(), "catalogue", default));
        var hr = await company.UserAsync("人事", "hr@example.com", company.Root, "hr");
        Task<Record> Update(Guid id, string key, object? value) => company.RunAsync(s => s.GetRequiredService<IRecords>().UpdateAsync("user", id, new Dictionary<string, object?> { [key] = value }, WriteOptions.None, default), hr);
        (await Update(company.Rep, "position", "大客户销售"))["position"].ShouldBe("大客户销售");
        (await Should.ThrowAsync<Problem>(() => Update(company.Rep, "roles", new[] { BuiltInRole.SalesDirector }))).Code.ShouldBe("forbidden");
        (await Should.ThrowAsync<Problem>(() => Update(hr, "roles", new[] { BuiltInRole.Administrator }))).Code.ShouldBe("forbidden");
        (await Should.ThrowAsync<Problem>(() => Update(company.Admin, "email", "mine@example.com"))).Code.ShouldBe("forbidden");
    }

    [Test]
    public async Task Colleagues_see_each_other_but_only_who_may_changes_them()
    {
        await company.RunAsync(async s => (await s.GetRequiredService<IRecords>().GetAsync("user", company.WestRep, default)).Name.ShouldBe("赵销售"), company.Rep);
        (await Should.ThrowAsync<Problem>(() => company.RunAsync(s => s.GetRequiredService<IRecords>().UpdateAsync("user", company.WestRep, new Dictionary<string, object?> { ["name"] = "x" }, WriteOptions.None, default), company.Rep))).Code.ShouldBe("forbidden");
    }

    [Test]
    public async Task What_a_transaction_did_to_people_is_seen_inside_it_and_nowhere_else_until_it_stands() =>
        await company.RunAsync(async s =>
        {
            var (session, records, people) = (s.GetRequiredService<Session>(), s.GetRequiredService<IRecords>(), s.GetRequiredService<IDirectory>());
            await Should.ThrowAsync<FormatException>(() => session.InTransactionAsync(async () =>
            {
                var unit = await records.CreateAsync("unit", new Dictionary<string, object?> { ["name"] = "新部门", ["parent"] = company.Root }, WriteOptions.None, default);
                var user = await records.CreateAsync("user", new Dictionary<string, object?> { ["name"] = "新人", ["email"] = "new@example.com", ["unit"] = unit.Id }, WriteOptions.None, default);
                (await people.ReadAsync(default)).Person(user.Id)!.UnitId.ShouldBe(unit.Id);
                (await company.DirectoryAsync()).Person(user.Id).ShouldBeNull();
                throw new FormatException();
            }, default));
            (await people.ReadAsync(default)).People.ShouldNotContain(p => p.Name == "新人");
        });

    [Test]
    public async Task Another_host_sees_a_change_within_a_second()
    {
        await company.RunAsync(async s =>
        {
            // Written past this host, as another host would.
            var session = s.GetRequiredService<Session>();
            await session.ExecuteAsync("UPDATE platform_user SET name = @name WHERE id = @id", new { id = company.Rep, name = "李改名" }, default);
            await session.RaiseStampAsync("directory", default);
        });
        company.Time.Advance(TimeSpan.FromSeconds(1.1));
        (await company.DirectoryAsync()).Person(company.Rep)!.Name.ShouldBe("李改名");
    }

    private Task DeleteAsync(string type, Guid id) => company.RunAsync(s => s.GetRequiredService<IRecords>().DeleteAsync(type, id, WriteOptions.None, default));
}
