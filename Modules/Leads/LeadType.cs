using Crm.Sales.Contracts;
using Crm.Shared.Records;

namespace Crm.Leads;

internal static class LeadType
{
    public const string Key = "lead";

    public static readonly RecordType Type = new(Key, "leads", "leads_lead", new("线索", "Lead"))
    {
        NumberPrefix = "L",
        OwnerIsCreator = false,
        UnownedVisible = true,
        NaturalKeys = [["externalId"], ["phone"], ["email"]],
        TimelineOn = ["customer", "opportunity"],
        Fields =
        [
            new("name", FieldType.Text, new("姓名", "Name")) { Required = true, Searchable = true },
            new("company", FieldType.Text, new("公司", "Company")) { Searchable = true },
            new("title", FieldType.Text, new("职务", "Title")) { MaxLength = 100 },
            new("phone", FieldType.Phone, new("电话", "Phone")) { Sensitive = true, Searchable = true, MaxLength = 40 },
            new("email", FieldType.Email, new("邮箱", "Email")) { Sensitive = true, Searchable = true },
            new("wechat", FieldType.Text, new("微信", "WeChat")) { Sensitive = true, MaxLength = 100 },
            new("region", FieldType.Select, new("地区", "Region")) { Options = Choices.Regions },
            new("industry", FieldType.Select, new("行业", "Industry")) { Options = Choices.Industries },
            new("source", FieldType.Select, new("来源", "Source")) { Options = Choices.Sources },
            new("channelDetail", FieldType.Text, new("渠道详情", "Channel detail")) { MaxLength = 300 },
            new("status", FieldType.Select, new("状态", "Status")) { Options = LeadStatus.Options, Default = LeadStatus.New },
            new("score", FieldType.Integer, new("评分", "Score")) { Min = 0, Max = 1000, Default = 0L },
            new("need", FieldType.LongText, new("需求", "Need")) { MaxLength = 4000 },
            new("budget", FieldType.Money, new("预算", "Budget")) { Min = 0 },
            new("timing", FieldType.Select, new("采购时间", "Timing")) { Options = Timings },
            new("nextTryAt", FieldType.DateTime, new("下次联系时间", "Next try")),
            new("lastContactAt", FieldType.DateTime, new("最近联系时间", "Last contact")) { ReadOnly = true },
            new("invalidReason", FieldType.Select, new("无效原因", "Invalid because")) { Options = LeadStatus.InvalidReasons },
            new("tags", FieldType.MultiSelect, new("标签", "Tags")) { MaxLength = 1000 },
            new("note", FieldType.LongText, new("备注", "Note")),
            new("customer", FieldType.Reference, new("转化的客户", "Customer")) { ReadOnly = true, References = "customer" },
            new("contact", FieldType.Reference, new("转化的联系人", "Contact")) { ReadOnly = true, References = "contact" },
            new("opportunity", FieldType.Reference, new("转化的商机", "Opportunity")) { ReadOnly = true, References = "opportunity" },
            new("convertedAt", FieldType.DateTime, new("转化时间", "Converted")) { ReadOnly = true },
            new("externalId", FieldType.Text, new("外部编号", "External ID")) { MaxLength = 100, Searchable = true },
            new("firstContactDate", FieldType.Date, new("首次接触日期", "First contact")),
            new("landingPage", FieldType.Text, new("落地页", "Landing page")) { MaxLength = 300 },
            new("form", FieldType.Reference, new("来源表单", "Web form")) { ReadOnly = true, References = "form" },
            new("wonDate", FieldType.Date, new("成交日期", "Won on")),
            new("segment", FieldType.Text, new("细分市场", "Business segment")) { MaxLength = 100 },
            new("leadType", FieldType.Text, new("线索类型", "Lead type")) { MaxLength = 100 },
            new("behaviour", FieldType.Text, new("行为特征", "Behaviour profile")) { MaxLength = 100 },
            new("seller", FieldType.Text, new("成交销售", "Seller")) { MaxLength = 100 },
        ],
        Views =
        [
            new("mine", new("我的线索", "My leads"), $$$"""{"and":[{"field":"owner","op":"eq","value":{"$":"me"}},{{{Open}}}]}""", "-createdAt", Columns),
            new("pool", new("公海", "Pool"), $$$"""{"and":[{"field":"owner","op":"empty"},{{{Open}}}]}""", "-createdAt", Columns),
            new("today", new("今日新增", "New today"), """{"field":"createdAt","op":"within","value":"today"}""", "-createdAt", Columns),
            new("overdue", new("逾期未跟进", "Follow-up overdue"), $$$"""{"and":[{"field":"nextTryAt","op":"lt","value":{"$":"now"}},{{{Open}}}]}""", "nextTryAt", Columns),
            new("hot", new("高分线索", "Highest score"), Open, "-score", Columns),
            new("qualified", new("有意向", "Qualified"), """{"field":"status","op":"eq","value":"qualified"}""", "-createdAt", Columns),
            new("all", new("全部线索", "All leads"), null, "-createdAt", Columns),
        ],
    };

    private const string Open = """{"field":"status","op":"in","value":["new","contacting","qualified"]}""";

    private static IReadOnlyList<Option> Timings =>
    [
        new("now", new("一个月内", "Within a month"), "red"),
        new("quarter", new("三个月内", "Within three months"), "orange"),
        new("halfYear", new("半年内", "Within half a year"), "blue"),
        new("later", new("半年以后", "Later"), "default"),
        new("unknown", new("未确定", "Not decided"), "default"),
    ];

    private static IReadOnlyList<string> Columns => ["number", "name", "company", "phone", "region", "source", "status", "score", "owner", "createdAt"];
}
