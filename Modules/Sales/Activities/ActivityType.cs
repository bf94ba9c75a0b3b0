using Crm.Shared.Records;

namespace Crm.Sales.Activities;

internal static class ActivityType
{
    public const string Key = "activity";

    public static readonly IReadOnlyList<string> Related = ["lead", "customer", "contact", "opportunity", "quote", "ticket"];

    public static readonly RecordType Type = new(Key, "activities", "sales_activity", new("跟进记录", "Activity"))
    {
        NameField = "subject",
        TimelineOn = Related,
        Fields =
        [
            new("kind", FieldType.Select, new("方式", "Kind")) { Required = true, Default = "call", Options = [new("call", new("电话", "Call"), "blue"), new("visit", new("拜访", "Visit"), "green"), new("meeting", new("会议", "Meeting"), "purple"), new("mail", new("邮件", "Mail"), "cyan"), new("message", new("微信/短信", "Message"), "lime"), new("note", new("备注", "Note"), "default")] },
            new("subject", FieldType.Text, new("主题", "Subject")) { Required = true, Searchable = true },
            new("content", FieldType.LongText, new("内容", "Content")),
            new("result", FieldType.Select, new("结果", "Result")) { Options = [new("reached", new("已联系上", "Reached"), "green"), new("notReached", new("未联系上", "Not reached"), "orange"), new("promising", new("有意向", "Promising"), "blue"), new("refused", new("拒绝", "Refused"), "red")] },
            new("happenedAt", FieldType.DateTime, new("发生时间", "When")),
            new("nextStep", FieldType.Text, new("下一步", "Next step")) { MaxLength = 500 },
            new("nextStepAt", FieldType.DateTime, new("下一步时间", "Next step at")),
            new("lead", FieldType.Reference, new("线索", "Lead")) { References = "lead" },
            new("customer", FieldType.Reference, new("客户", "Customer")) { References = "customer" },
            new("contact", FieldType.Reference, new("联系人", "Contact")) { References = "contact" },
            new("opportunity", FieldType.Reference, new("商机", "Opportunity")) { References = "opportunity" },
            new("quote", FieldType.Reference, new("报价", "Quote")) { References = "quote" },
            new("ticket", FieldType.Reference, new("工单", "Ticket")) { References = "ticket" },
        ],
        Views =
        [
            new("mine", new("我的跟进", "My activities"), """{"field":"owner","op":"eq","value":{"$":"me"}}""", "-happenedAt", Columns),
            new("week", new("本周跟进", "This week"), """{"field":"happenedAt","op":"within","value":"thisWeek"}""", "-happenedAt", Columns),
            new("all", new("全部跟进", "All activities"), null, "-happenedAt", Columns),
        ],
    };

    private static IReadOnlyList<string> Columns => ["kind", "subject", "result", "happenedAt", "lead", "customer", "opportunity", "owner"];
}
