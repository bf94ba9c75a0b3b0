using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Platform.Roles;

/// <summary>All roles: those shipped, as administrators changed them, and those they made.</summary>
internal sealed class RoleBook(PermissionList permissions) : IFieldOptions
{
    public static readonly JsonSerializerOptions Json = new(Stored.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    string IFieldOptions.RecordType => "user";
    string IFieldOptions.Field => "roles";

    public static bool IsBuiltIn(string key) => BuiltInRoles.All.Any(r => r.Key == key);

    /// <summary>The built-in role before anybody changed it; null for others.</summary>
    public Role? Shipped(string key) => BuiltInRoles.All.Where(r => r.Key == key).Select(Granted).FirstOrDefault();

    public async Task<IReadOnlyDictionary<string, Role>> ReadAsync(Session session, CancellationToken ct)
    {
        var roles = BuiltInRoles.All.ToDictionary(r => r.Key, Granted);
        foreach (var row in await session.QueryAsync<Row>("SELECT role_key, name_zh, name_en, permissions, scopes FROM platform_role ORDER BY role_key", null, ct))
            roles[row.RoleKey] = new(row.RoleKey, new(row.NameZh, row.NameEn),
                JsonSerializer.Deserialize<string[]>(row.Permissions, Json)!, JsonSerializer.Deserialize<Dictionary<string, DataScope>>(row.Scopes, Json)!);
        return roles;
    }

    async Task<IReadOnlyList<Option>> IFieldOptions.ReadAsync(Session session, CancellationToken ct) =>
        [.. (await ReadAsync(session, ct)).Values.Select(r => new Option(r.Key, r.Name))];

    private Role Granted(Role role) => role with { Permissions = [.. role.Permissions.Union(permissions.GrantedTo(role.Key))] };

    private sealed class Row
    {
        public string RoleKey { get; init; } = "";
        public string NameZh { get; init; } = "";
        public string NameEn { get; init; } = "";
        public string Permissions { get; init; } = "[]";
        public string Scopes { get; init; } = "{}";
    }
}
