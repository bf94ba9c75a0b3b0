using Crm.Sales.Contracts;
using Crm.Shared.Records;

namespace Crm.Sales.Opportunities;

internal static class OpportunityType
{
    public const string Key = "opportunity", LineKey = "opportunityLine";

    public static readonly RecordType Type = new(Key, "opportunities", "sales_opportunity", new("商机", "Opportunity"))
    {
        NumberPrefix = "O",
        TimelineOn = ["customer"],
        NaturalKeys = [["externalId"]],
        Fields =
        [
            new("name", FieldType.Text, new("商机名称", "Name")) { Required = true, Searchable = true },
            new("customer", FieldType.Reference, new("客户", "Customer")) { References = "customer" },
            new("contact", FieldType.Reference, new("联系人", "Contact")) { References = "contact" },
            new("product", FieldType.Reference, new("主要产品", "Main product")) { References = "product" },
            new("stage", FieldType.Select, new("阶段", "Stage")) { Required = true, Options = Stages.Options, Default = Stages.First },
            new("probability", FieldType.Integer, new("赢率 %", "Probability %")) { ReadOnly = true },
            new("amount", FieldType.Money, new("金额", "Amount")) { Min = 0, Help = new("有明细时按明细合计", "The sum of the lines where there are any") },
            new("currency", FieldType.Select, new("币种", "Currency")) { Options = Choices.Currencies },
            new("closeDate", FieldType.Date, new("预计成交日期", "Expected close")),
            new("nextFollowUpAt", FieldType.DateTime, new("下次跟进时间", "Next follow-up")),
            new("source", FieldType.Select, new("来源", "Source")) { Options = Choices.Sources },
            new("lead", FieldType.Reference, new("来源线索", "From lead")) { References = "lead" },
            new("lostReason", FieldType.Select, new("输单原因", "Lost because")) { Options = LostReasons },
            new("lostNote", FieldType.LongText, new("输单说明", "Note on the loss")) { MaxLength = 2000 },
            new("startedOn", FieldType.Date, new("开始日期", "Started on")),
            new("closedOn", FieldType.Date, new("实际成交日期", "Closed on")),
            new("stageChangedAt", FieldType.DateTime, new("进入阶段时间", "In this stage since")) { ReadOnly = true },
            new("externalId", FieldType.Text, new("外部编号", "External ID")) { MaxLength = 100, Searchable = true },
            new("tags", FieldType.MultiSelect, new("标签", "Tags")) { MaxLength = 1000 },
            new("note", FieldType.LongText, new("备注", "Note")),
            new("lines", FieldType.Lines, new("产品明细", "Products")) { References = LineKey },
        ],
        Views =
        [
            new("mine", new("我的商机", "My opportunities"), $$$"""{"and":[{"field":"owner","op":"eq","value":{"$":"me"}},{{{Open}}}]}""", "-stageChangedAt", Columns),
            new("open", new("进行中", "Open"), Open, "-stageChangedAt", Columns),
            new("due", new("逾期未跟进", "Follow-up overdue"), $$$"""{"and":[{"field":"nextFollowUpAt","op":"lt","value":{"$":"now"}},{{{Open}}}]}""", "nextFollowUpAt", Columns),
            new("closing", new("本月预计成交", "Closing this month"), $$$"""{"and":[{"field":"closeDate","op":"within","value":"thisMonth"},{{{Open}}}]}""", "closeDate", Columns),
            new("won", new("本月赢单", "Won this month"), """{"and":[{"field":"stage","op":"eq","value":"won"},{"field":"closedOn","op":"within","value":"thisMonth"}]}""", "-closedOn", Columns),
            new("all", new("全部商机", "All opportunities"), null, "-createdAt", Columns),
        ],
    };

    public static readonly RecordType LineType = new(LineKey, "opportunityLines", "sales_opportunity_line", new("商机明细", "Opportunity line"))
    {
        IsLine = true,
        HasApi = false,
        Owned = false,
        NameField = "product",
        Fields =
        [
            new("product", FieldType.Reference, new("产品", "Product")) { Required = true, References = "product" },
            new("quantity", FieldType.Decimal, new("数量", "Quantity")) { Required = true, Default = 1m, Min = 0.0001m },
            new("price", FieldType.Money, new("单价", "Price")) { Min = 0, Help = new("不填则取标准价", "The list price where left out") },
            new("discount", FieldType.Decimal, new("折扣 %", "Discount %")) { Default = 0m, Min = 0, Max = 100 },
            new("amount", FieldType.Money, new("小计", "Amount")) { ReadOnly = true },
        ],
    };

    private const string Open = """{"field":"stage","op":"notIn","value":["won","lost"]}""";

    private static IReadOnlyList<Option> LostReasons =>
    [
        new("price", new("价格", "Price")),
        new("competitor", new("选择竞品", "Chose a competitor")),
        new("noBudget", new("预算取消", "No budget")),
        new("noDecision", new("搁置", "No decision")),
        new("fit", new("产品不符", "Product does not fit")),
        new("service", new("服务或交付", "Service or delivery")),
        new("unreachable", new("失去联系", "Unreachable")),
        new("unrecorded", new("未记录", "Not recorded")),
        new("other", new("其他", "Other")),
    ];

    private static IReadOnlyList<string> Columns => ["number", "name", "customer", "stage", "amount", "closeDate", "nextFollowUpAt", "owner"];
}
