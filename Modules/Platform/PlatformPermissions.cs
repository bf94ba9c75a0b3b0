using Crm.Shared.Access;

namespace Crm.Platform;

/// <summary>Acts of the system itself. Where no role is named only administrators hold them as shipped.</summary>
internal sealed class PlatformPermissions : IPermissions
{
    public IEnumerable<Permission> Permissions { get; } =
    [
        new("role.manage", new("管理角色和权限", "Manage roles and permissions")),
        new("signIn.read", new("查看登录记录", "See who signed in")),
        new("settings.manage", new("修改系统设置", "Change settings")),
        new("calendar.manage", new("维护工作日历", "Manage working calendars"), BuiltInRole.SalesOps),
        new("absence.manage", new("为他人登记休假", "Declare others' absences"), BuiltInRole.SalesOps),
        new("outbox.manage", new("查看和重发邮件", "See and resend mail"), BuiltInRole.SalesOps),
        new("catalogue.manage", new("管理自定义字段", "Manage custom fields"), BuiltInRole.SalesOps),
        new("view.share", new("共享视图", "Share views"), BuiltInRole.SalesOps, BuiltInRole.SalesDirector, BuiltInRole.SalesManager, BuiltInRole.Marketing),
        new("import.run", new("导入数据", "Import data"), BuiltInRole.SalesOps, BuiltInRole.Marketing),
    ];
}
