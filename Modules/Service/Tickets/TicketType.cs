using Crm.Shared.Records;

namespace Crm.Service.Tickets;

internal static class TicketType
{
    public const string Key = "ticket";

    public static readonly IReadOnlyList<Option> Priorities = [new("urgent", new("紧急", "Urgent"), "red"), new("high", new("高", "High"), "orange"), new("normal", new("普通", "Normal"), "blue"), new("low", new("低", "Low"), "default")];
    public static readonly IReadOnlyList<Option> Kinds = [new("question", new("咨询", "Question"), "blue"), new("fault", new("故障", "Fault"), "red"), new("complaint", new("投诉", "Complaint"), "volcano"), new("request", new("服务请求", "Request"), "cyan")];
    public static readonly IReadOnlyList<Option> Queues = [new("support", new("技术支持", "Support")), new("onsite", new("现场服务", "On site")), new("complaints", new("投诉处理", "Complaints")), new("billing", new("账务", "Billing"))];

    public static readonly RecordType Type = new(Key, "tickets", "service_ticket", new("工单", "Ticket"))
    {
        NumberPrefix = "T",
        NameField = "subject",
        OwnerIsCreator = false,
        UnownedVisible = true,
        NaturalKeys = [["externalId"]],
        TimelineOn = ["customer"],
        Fields =
        [
            new("subject", FieldType.Text, new("主题", "Subject")) { Required = true, MaxLength = 300, Searchable = true },
            new("description", FieldType.LongText, new("描述", "Description")),
            new("customer", FieldType.Reference, new("客户", "Customer")) { References = "customer" },
            new("contact", FieldType.Reference, new("联系人", "Contact")) { References = "contact" },
            new("priority", FieldType.Select, new("优先级", "Priority")) { Required = true, Options = Priorities, Default = "normal" },
            new("status", FieldType.Select, new("状态", "Status")) { Required = true, Options = TicketStatus.Options, Default = TicketStatus.New },
            new("kind", FieldType.Select, new("类型", "Kind")) { Options = Kinds, Default = "question" },
            new("channel", FieldType.Select, new("渠道", "Channel")) { Options = [new("phone", new("电话", "Phone")), new("mail", new("邮件", "Mail")), new("wechat", new("微信", "WeChat")), new("web", new("网站", "Website")), new("sop", new("流程", "SOP"))] },
            new("queue", FieldType.Select, new("队列", "Queue")) { Options = Queues, Default = "support", Help = new("无人受理时在此等候", "Where it waits until somebody takes it") },
            new("solution", FieldType.LongText, new("处理结果", "Solution")),
            new("satisfaction", FieldType.Integer, new("满意度", "Satisfaction")) { Min = 1, Max = 5 },
            new("tags", FieldType.MultiSelect, new("标签", "Tags")) { MaxLength = 1000 },
            new("sla", FieldType.Select, new("SLA", "SLA")) { ReadOnly = true, Options = [new("running", new("计时中", "Running"), "blue"), new("warned", new("预警", "Warned"), "orange"), new("breached", new("已超时", "Breached"), "red"), new("met", new("达标", "Met"), "green")] },
            new("responseDue", FieldType.DateTime, new("响应期限", "Response due")) { ReadOnly = true },
            new("resolutionDue", FieldType.DateTime, new("解决期限", "Resolution due")) { ReadOnly = true },
            new("respondedAt", FieldType.DateTime, new("首次响应时间", "First response")) { ReadOnly = true },
            new("resolvedAt", FieldType.DateTime, new("解决时间", "Resolved")) { ReadOnly = true },
            new("policy", FieldType.Reference, new("SLA 策略", "SLA policy")) { ReadOnly = true, References = "slaPolicy" },
            new("pausedAt", FieldType.DateTime, new("暂停自", "Paused since")) { ReadOnly = true },
            new("pausedMinutes", FieldType.Integer, new("已暂停分钟", "Minutes paused")) { ReadOnly = true },
            new("externalId", FieldType.Text, new("外部编号", "External ID")) { MaxLength = 100, Searchable = true },
        ],
        Views =
        [
            new("mine", new("我的工单", "My tickets"), $$$"""{"and":[{"field":"owner","op":"eq","value":{"$":"me"}},{{{Open}}}]}""", "resolutionDue", Columns),
            new("queue", new("待受理", "Queue"), $$$"""{"and":[{"field":"owner","op":"empty"},{{{Open}}}]}""", "createdAt", Columns),
            new("late", new("预警与超时", "Warned and breached"), $$$"""{"and":[{"field":"sla","op":"in","value":["warned","breached"]},{{{Open}}}]}""", "resolutionDue", Columns),
            new("open", new("处理中的工单", "Open tickets"), Open, "resolutionDue", Columns),
            new("all", new("全部工单", "All tickets"), null, "-createdAt", Columns),
        ],
    };

    private const string Open = """{"field":"status","op":"in","value":["new","open","waiting"]}""";
    private static IReadOnlyList<string> Columns => ["number", "subject", "customer", "priority", "status", "sla", "resolutionDue", "queue", "owner", "createdAt"];
}

/// <summary>Where a ticket stands. While it waits for the customer the clock of its solution stands still.</summary>
internal static class TicketStatus
{
    public const string New = "new", Working = "open", Waiting = "waiting", Resolved = "resolved", Closed = "closed";

    public static readonly IReadOnlyList<string> Open = [New, Working, Waiting];

    public static bool IsOpen(string? status) => Open.Contains(status);

    public static readonly IReadOnlyList<Option> Options =
    [
        new(New, new("待受理", "New"), "blue"), new(Working, new("处理中", "Working on it"), "gold"), new(Waiting, new("等待客户", "Waiting for the customer"), "purple"),
        new(Resolved, new("已解决", "Resolved"), "green"), new(Closed, new("已关闭", "Closed"), "default"),
    ];
}
