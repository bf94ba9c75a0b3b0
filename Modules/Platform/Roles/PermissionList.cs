using Crm.Shared.Access;
using Crm.Shared.Records;

namespace Crm.Platform.Roles;

/// <summary>Every permission there is: seven acts on each record type, and what modules declare.</summary>
internal sealed class PermissionList(IEnumerable<IRecordTypes> modules, IEnumerable<IPermissions> declared)
{
    private static readonly (string Key, Label Label)[] Acts =
    [
        ("read", new("查看", "See")), ("create", new("新建", "Create")), ("update", new("修改", "Change")), ("delete", new("删除", "Delete")),
        ("sensitive", new("查看完整个人信息", "See personal data in full")), ("import", new("导入", "Import")), ("export", new("导出", "Export")),
    ];

    private readonly RecordType[] types = [.. modules.SelectMany(m => m.Types).Where(t => t is { IsLine: false, External: false })];
    private readonly Permission[] acts = [.. declared.SelectMany(m => m.Permissions)];

    /// <summary>With the group each belongs to: a record type's label, or null for acts of the system.</summary>
    public IEnumerable<(Permission Permission, Label? Group)> All()
    {
        var listed = new HashSet<string>();
        foreach (var type in types)
            foreach (var (key, label) in Acts)
            {
                listed.Add(type.Permission(key));
                yield return (new(type.Permission(key), label), type.Label);
            }
        foreach (var act in acts.Where(a => listed.Add(a.Key)))
            yield return (act, types.FirstOrDefault(t => act.Key.StartsWith(t.Key + ".", StringComparison.Ordinal))?.Label);
    }

    public bool Exists(string permission) => All().Any(p => p.Permission.Key == permission);

    /// <summary>What modules grant to a built-in role as shipped.</summary>
    public IEnumerable<string> GrantedTo(string role) => acts.Where(a => a.Roles.Contains(role)).Select(a => a.Key);
}
