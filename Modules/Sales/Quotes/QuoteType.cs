using Crm.Sales.Contracts;
using Crm.Shared.Records;

namespace Crm.Sales.Quotes;

internal static class QuoteType
{
    public const string Key = "quote", LineKey = "quoteLine";

    public static readonly RecordType Type = new(Key, "quotes", "sales_quote", new("报价", "Quote"))
    {
        NumberPrefix = "Q",
        NumberByYear = true,
        NameField = "title",
        TimelineOn = ["opportunity", "customer"],
        Fields =
        [
            new("title", FieldType.Text, new("标题", "Title")) { Required = true, Searchable = true },
            new("opportunity", FieldType.Reference, new("商机", "Opportunity")) { References = "opportunity" },
            new("customer", FieldType.Reference, new("客户", "Customer")) { References = "customer" },
            new("contact", FieldType.Reference, new("联系人", "Contact")) { References = "contact" },
            new("status", FieldType.Select, new("状态", "Status")) { ReadOnly = true, Options = QuoteStatus.Options, Default = QuoteStatus.Draft },
            new("statusReason", FieldType.Select, new("状态说明", "Why")) { ReadOnly = true, Options = QuoteStatus.Reasons },
            new("currency", FieldType.Select, new("币种", "Currency")) { Required = true, Options = Choices.Currencies },
            new("validUntil", FieldType.Date, new("有效期至", "Valid until")),
            new("discount", FieldType.Decimal, new("整单折扣 %", "Discount on the whole %")) { Min = 0, Max = 100, Default = 0m },
            new("taxRate", FieldType.Decimal, new("税率 %", "Tax rate %")) { Min = 0, Max = 100, Default = 13m },
            new("lines", FieldType.Lines, new("报价明细", "Lines")) { References = LineKey },
            new("subtotal", FieldType.Money, new("小计", "Subtotal")) { ReadOnly = true },
            new("discountAmount", FieldType.Money, new("折扣额", "Discount amount")) { ReadOnly = true },
            new("tax", FieldType.Money, new("税额", "Tax")) { ReadOnly = true },
            new("total", FieldType.Money, new("含税总额", "Total")) { ReadOnly = true },
            new("effectiveDiscount", FieldType.Decimal, new("对标准价总折扣 %", "Discount on list prices %")) { ReadOnly = true },
            new("strictestDiscount", FieldType.Decimal, new("最大单项折扣 %", "Largest discount of a line %")) { ReadOnly = true },
            new("ownLimit", FieldType.Decimal, new("提交人可给折扣 %", "Submitter may give %")) { ReadOnly = true },
            new("cost", FieldType.Money, new("成本", "Cost")) { ReadOnly = true, Sensitive = true },
            new("margin", FieldType.Decimal, new("毛利率 %", "Margin %")) { ReadOnly = true, Sensitive = true },
            new("authority", FieldType.Select, new("需要审批", "Needs")) { ReadOnly = true, Options = QuoteStatus.Authorities },
            new("terms", FieldType.LongText, new("条款", "Terms")),
            new("note", FieldType.LongText, new("内部备注", "Internal note")),
            new("submittedAt", FieldType.DateTime, new("提交时间", "Submitted")) { ReadOnly = true },
            new("approvedAt", FieldType.DateTime, new("批准时间", "Approved")) { ReadOnly = true },
            new("sentAt", FieldType.DateTime, new("发出时间", "Sent")) { ReadOnly = true },
            new("answeredAt", FieldType.DateTime, new("客户答复时间", "Answered")) { ReadOnly = true },
            new("copyOf", FieldType.Reference, new("复制自", "Copy of")) { ReadOnly = true, References = Key },
            new("contentHash", FieldType.Text, new("提交内容指纹", "Fingerprint of what was submitted")) { ReadOnly = true, Technical = true, MaxLength = 64 },
        ],
        Views =
        [
            new("mine", new("我的报价", "My quotes"), """{"field":"owner","op":"eq","value":{"$":"me"}}""", "-createdAt", Columns),
            new("pending", new("待审批", "Waiting for approval"), """{"field":"status","op":"eq","value":"pending"}""", "-createdAt", Columns),
            new("sent", new("已发出", "Sent"), """{"field":"status","op":"eq","value":"sent"}""", "-createdAt", Columns),
            new("expiring", new("七天内到期", "Expiring in seven days"), """{"and":[{"field":"status","op":"in","value":["approved","sent"]},{"field":"validUntil","op":"within","value":{"next":7}}]}""", "validUntil", Columns),
            new("all", new("全部报价", "All quotes"), null, "-createdAt", Columns),
        ],
    };

    public static readonly RecordType LineType = new(LineKey, "quoteLines", "sales_quote_line", new("报价明细", "Quote line"))
    {
        IsLine = true,
        HasApi = false,
        Owned = false,
        NameField = "description",
        Fields =
        [
            new("product", FieldType.Reference, new("产品", "Product")) { References = "product" },
            new("description", FieldType.Text, new("说明", "Description")) { MaxLength = 500 },
            new("quantity", FieldType.Decimal, new("数量", "Quantity")) { Required = true, Default = 1m, Min = 0.0001m, Max = 1_000_000_000 },
            new("price", FieldType.Money, new("单价", "Price")) { Min = 0, Max = 1_000_000_000, Help = new("不填则取标准价", "The list price where left out") },
            new("lineDiscount", FieldType.Decimal, new("折扣 %", "Discount %")) { Default = 0m, Min = 0, Max = 100 },
            new("listPrice", FieldType.Money, new("标准价", "List price")) { ReadOnly = true },
            new("amount", FieldType.Money, new("小计", "Amount")) { ReadOnly = true },
            new("cost", FieldType.Money, new("成本", "Cost")) { ReadOnly = true, Sensitive = true },
        ],
    };

    private static IReadOnlyList<string> Columns => ["number", "title", "customer", "opportunity", "status", "total", "effectiveDiscount", "validUntil", "owner"];
}
