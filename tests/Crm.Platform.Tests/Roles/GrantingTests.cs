using System.Text.Json;
using Crm.Shared.Access;
using Crm.Testing;

namespace Crm.Platform.Tests.Roles;

/// <summary>A deputy manages roles and people of a small team and tries to become more than that.</summary>
public sealed class GrantingTests
{
    private static readonly string[] Rights = ["user.read", "user.create", "user.update", "user.delete", "role.manage", "lead.read"];
    private TestCrm crm = null!;
    private TestUser deputy = null!;
    private TestUser director = null!;
    private TestClient client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        crm = await TestCrm.StartAsync();
        await SaveAsync(crm.Admin, HttpMethod.Post, "roles", "deputy", Rights, "own");
        await SaveAsync(crm.Admin, HttpMethod.Post, "roles", "reader", ["lead.read"], "own");
        (deputy, client) = await crm.PersonAsync("副手", crm.RootUnit, "deputy");
        director = await crm.UserAsync("总监", crm.RootUnit, BuiltInRole.SalesDirector);
    }

    [OneTimeTearDown]
    public async Task Stop() => await crm.DisposeAsync();

    [Test]
    public async Task Nobody_widens_the_scope_of_a_role_beyond_his_own()
    {
        (await SaveAsync(client, HttpMethod.Put, "roles/deputy", "deputy", Rights, "all")).Is(400).Errors.ShouldBe(new() { ["scopes"] = "role.scopeBeyond" });
        (await SaveAsync(client, HttpMethod.Post, "roles", "wide", ["lead.read"], "unit")).Is(400).Errors.ShouldContainKeyAndValue("scopes", "role.scopeBeyond");
        (await SaveAsync(client, HttpMethod.Post, "roles", "narrow", ["lead.read"], "own")).Is(201);
    }

    [Test]
    public async Task A_built_in_role_becomes_as_shipped_only_by_who_holds_as_much()
    {
        await SaveAsync(crm.Admin, HttpMethod.Put, "roles/salesManager", "salesManager", ["lead.read"], "own");
        (await client.SendAsync(HttpMethod.Delete, "roles/salesManager")).Is(403, "forbidden");
        (await crm.Admin.SendAsync(HttpMethod.Delete, "roles/salesManager")).Is(204);
    }

    [Test]
    public async Task Nobody_gives_himself_or_another_a_role_beyond_his_own()
    {
        (await PatchAsync(deputy, new { roles = new[] { "deputy", BuiltInRole.SalesOps } })).Is(400).Errors.ShouldBe(new() { ["roles"] = "role.beyond" });
        (await client.SendAsync(HttpMethod.Post, "users", new { name = "新人", email = "puppet@example.com", unit = crm.RootUnit, roles = new[] { BuiltInRole.SalesOps } }))
            .Is(400).Errors.ShouldBe(new() { ["roles"] = "role.beyond" });
        (await PatchAsync(director, new { roles = Array.Empty<string>() })).Is(400).Errors.ShouldBe(new() { ["roles"] = "role.beyond" });
    }

    [Test]
    public async Task Nobody_moves_himself_to_where_his_roles_reach_further()
    {
        var unit = await crm.UnitAsync("分部", crm.RootUnit);
        (await PatchAsync(deputy, new { unit })).Is(400).Errors.ShouldBe(new() { ["unit"] = "user.ownUnit" });
        (await PatchAsync(deputy, new { position = "主任" })).Is(200);
    }

    [Test]
    public async Task Nobody_gets_into_the_account_of_somebody_who_may_do_more()
    {
        (await client.SendAsync(HttpMethod.Post, $"users/{director.Id}/invite")).Is(403, "user.beyond");
        (await client.SendAsync(HttpMethod.Post, $"users/{crm.Admin.UserId}/invite")).Is(403, "user.beyond");
        (await PatchAsync(director, new { email = "mine@example.com" })).Is(400).Errors.ShouldBe(new() { ["email"] = "user.beyond" });
        (await PatchAsync(director, new { active = false })).Is(400).Errors.ShouldBe(new() { ["active"] = "user.beyond" });
        (await client.SendAsync(HttpMethod.Delete, $"users/{director.Id}")).Is(400).Errors.ShouldContainKey("roles");
        (await PatchAsync(director, new { position = "销售总监" })).Is(200);
    }

    [Test]
    public async Task What_one_holds_oneself_one_may_give_and_whom_one_equals_one_may_invite()
    {
        var id = await client.CreateAsync("users", new { name = "组员", email = "member@example.com", unit = crm.RootUnit, roles = new[] { "reader" } });
        await client.PatchJson($"users/{id}", new { email = "member2@example.com", roles = new[] { "reader", "deputy" } }, 200);
        (await client.PostJson($"users/{id}/invite")).GetProperty("link").ValueKind.ShouldBe(JsonValueKind.String);
        await client.PatchJson($"users/{id}", new { active = false }, 200);
    }

    private Task<TestAnswer> PatchAsync(TestUser user, object body) => client.SendAsync(HttpMethod.Patch, $"users/{user.Id}", body);

    private static Task<TestAnswer> SaveAsync(TestClient by, HttpMethod method, string path, string key, string[] permissions, string scope) =>
        by.SendAsync(method, path, new { key, name = new { zh = key, en = key }, permissions, scopes = new Dictionary<string, string> { ["*"] = scope } });
}
