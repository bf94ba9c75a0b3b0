using Crm.Shared.Records;

namespace Crm.Platform.Notifications;

/// <summary>A kind of notice people can turn off.</summary>
/// <param name="Mail">Also by mail, unless they chose otherwise.</param>
/// <param name="Push">Also to browsers that take it, unless they chose otherwise.</param>
internal sealed record NoticeKind(string Key, Label Label, bool Mail, bool Push = true);

internal static class NoticeKinds
{
    public static readonly IReadOnlyList<NoticeKind> All =
    [
        new("task", new("任务", "Tasks"), Mail: true),
        new("approval", new("审批", "Approvals"), Mail: true),
        new("incident", new("流程异常", "SOP incidents"), Mail: true),
        new("sop", new("流程通知", "Messages from SOPs"), Mail: true),
        new("record", new("记录变动", "Changes of records"), Mail: false, Push: false),
        new("import", new("导入", "Imports"), Mail: false),
    ];

    public static bool MailsByItself(string kind) => All.FirstOrDefault(k => k.Key == kind)?.Mail ?? false;
    public static bool PushesByItself(string kind) => All.FirstOrDefault(k => k.Key == kind)?.Push ?? true;
}
