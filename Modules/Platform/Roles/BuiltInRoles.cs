using Crm.Shared.Access;
using Crm.Shared.Records;

namespace Crm.Platform.Roles;

/// <summary>The roles a company starts with. What each may do with the types of sales stands here in one table; modules grant their own acts at their <see cref="Permission"/>s.</summary>
internal static class BuiltInRoles
{
    private const string Sales = "lead customer contact opportunity quote activity";

    public static readonly IReadOnlyList<Role> All =
    [
        // Administrators may do everything; nothing needs to be listed.
        Of(BuiltInRole.Administrator, "管理员", "Administrator", DataScope.All),
        Of(BuiltInRole.SalesOps, "销售运营", "Sales operations", DataScope.All,
            May("read create update delete import export sensitive", Sales + " product")),
        Of(BuiltInRole.SalesDirector, "销售总监", "Sales director", DataScope.All,
            May("read create update delete export sensitive", Sales), May("read", "product")),
        Of(BuiltInRole.SalesManager, "销售经理", "Sales manager", DataScope.UnitAndBelow,
            May("read create update delete export sensitive", Sales), May("read", "product")),
        Of(BuiltInRole.Rep, "销售代表", "Sales rep", DataScope.Own,
            // Cost and margin are what is sensitive about a quote; those are for their superiors.
            May("read create update", Sales), May("sensitive", "lead customer contact opportunity activity"), May("read", "product")),
        Of(BuiltInRole.ServiceAgent, "客服", "Service agent", DataScope.All,
            May("read update sensitive", "customer contact"), May("read create update", "activity"), May("read", "opportunity quote product")),
        Of(BuiltInRole.Marketing, "市场", "Marketing", DataScope.All,
            May("read create update import export sensitive", "lead"), May("read", "customer contact opportunity product activity")),
        Of(BuiltInRole.Approver, "审批人", "Approver", DataScope.Own,
            May("read", Sales + " product")),
    ];

    private static Role Of(string key, string zh, string en, DataScope scope, params IEnumerable<string>[] permissions) =>
        new(key, new(zh, en), [.. permissions.SelectMany(p => p)], new Dictionary<string, DataScope> { ["*"] = scope });

    private static IEnumerable<string> May(string acts, string types) =>
        from type in types.Split(' ') from act in acts.Split(' ') select $"{type}.{act}";
}
