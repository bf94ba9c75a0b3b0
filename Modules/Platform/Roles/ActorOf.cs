using Crm.Shared.Access;

namespace Crm.Platform.Roles;

/// <summary>What a person's roles add up to.</summary>
internal static class ActorOf
{
    // Colleagues know each other: everyone signed in may see who works where.
    private static readonly string[] Everyone = ["user.read", "unit.read"];

    public static Actor Person(Person person, IReadOnlyDictionary<string, Role> roles)
    {
        var holder = Holder([.. person.Roles.Select(roles.GetValueOrDefault).OfType<Role>()]);
        return holder with
        {
            UserId = person.Id,
            UnitId = person.UnitId,
            Name = person.Name,
            Locale = person.Locale,
            Permissions = holder.Permissions.Concat(Everyone).ToHashSet(),
        };
    }

    /// <summary>Somebody who holds these roles and nothing else: what handing them out would give.</summary>
    public static Actor Holder(params Role[] roles) => new() { Unlimited = roles.Any(r => r.Key == BuiltInRole.Administrator), Permissions = roles.SelectMany(r => r.Permissions).ToHashSet(), Scopes = Widest(roles) };

    /// <summary>Per record type the widest of the roles' scopes. A role's scope counts only for what the role lets its holder see, so that one role's reach does not stretch another's rights.</summary>
    private static Dictionary<string, DataScope> Widest(Role[] roles)
    {
        var scopes = new Dictionary<string, DataScope> { ["*"] = roles.Select(r => r.Scopes.GetValueOrDefault("*")).DefaultIfEmpty().Max() };
        foreach (var type in roles.SelectMany(r => r.Permissions).Where(p => p.EndsWith(".read", StringComparison.Ordinal)).Select(p => p[..^".read".Length]).Concat(roles.SelectMany(r => r.Scopes.Keys)).Distinct().Where(t => t != "*"))
            scopes[type] = roles.Where(r => r.Permissions.Contains($"{type}.read") || r.Scopes.ContainsKey(type))
                .Select(r => r.Scopes.TryGetValue(type, out var own) ? own : r.Scopes.GetValueOrDefault("*")).DefaultIfEmpty().Max();
        return scopes;
    }
}
