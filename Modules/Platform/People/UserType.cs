using Crm.Platform.Roles;
using Crm.Shared.Records;

namespace Crm.Platform.People;

internal static class UserType
{
    public static readonly RecordType User = new("user", "users", "platform_user", new("用户", "Person"))
    {
        Owned = false,
        NaturalKeys = [["email"], ["name"]],
        Fields =
        [
            new("name", FieldType.Text, new("姓名", "Name")) { Required = true, Searchable = true },
            new("email", FieldType.Email, new("邮箱", "E-mail")) { Required = true, Searchable = true, Help = new("用于登录和接收通知", "Used to sign in and for notifications") },
            new("phone", FieldType.Phone, new("手机", "Phone")) { Sensitive = true, MaxLength = 60 },
            new("unit", FieldType.Reference, new("部门", "Unit")) { Required = true, References = "unit" },
            new("position", FieldType.Text, new("职位", "Position")),
            new("roles", FieldType.MultiSelect, new("角色", "Roles")) { Options = [.. BuiltInRoles.All.Select(r => new Option(r.Key, r.Name))] },
            new("active", FieldType.Boolean, new("在职", "Active")) { Required = true, Default = true, Help = new("停用后不能登录，记录保留", "Inactive people cannot sign in; their records stay") },
            new("locale", FieldType.Select, new("语言", "Language")) { Required = true, Default = "zh", Options = [new("zh", new("中文", "Chinese")), new("en", new("英文", "English"))] },
            new("theme", FieldType.Select, new("外观", "Appearance"))
            {
                Required = true, Default = "system",
                Options = [new("system", new("跟随系统", "As the system")), new("light", new("浅色", "Light")), new("dark", new("深色", "Dark"))],
            },
        ],
        Views =
        [
            new("active", new("在职人员", "Active people"), """{"field":"active","op":"eq","value":true}""", "name", ["name", "email", "phone", "unit", "position", "roles"]),
            new("inactive", new("已停用", "Inactive people"), """{"field":"active","op":"eq","value":false}""", "name", ["name", "email", "unit", "position"]),
        ],
    };
}
