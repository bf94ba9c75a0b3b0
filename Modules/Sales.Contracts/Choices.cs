using Crm.Shared.Records;

namespace Crm.Sales.Contracts;

/// <summary>Choices that leads, customers and opportunities share, so that converting a lead loses none of them.</summary>
public static class Choices
{
    /// <summary>Sales regions of China as branches are cut, and beyond.</summary>
    public static IReadOnlyList<Option> Regions { get; } =
    [
        new("east", new("华东", "East China"), "blue"),
        new("south", new("华南", "South China"), "green"),
        new("north", new("华北", "North China"), "geekblue"),
        new("central", new("华中", "Central China"), "cyan"),
        new("southwest", new("西南", "Southwest China"), "orange"),
        new("northwest", new("西北", "Northwest China"), "gold"),
        new("northeast", new("东北", "Northeast China"), "purple"),
        new("hmt", new("港澳台", "Hong Kong, Macao, Taiwan"), "magenta"),
        new("overseas", new("海外", "Overseas"), "volcano"),
    ];

    public static IReadOnlyList<Option> Industries { get; } =
    [
        new("manufacturing", new("制造业", "Manufacturing")),
        new("technology", new("科技", "Technology")),
        new("software", new("软件", "Software")),
        new("telecommunications", new("通信", "Telecommunications")),
        new("internet", new("互联网", "Internet")),
        new("retail", new("零售", "Retail")),
        new("wholesale", new("批发贸易", "Wholesale and trade")),
        new("finance", new("金融", "Finance")),
        new("medical", new("医疗", "Medical")),
        new("education", new("教育", "Education")),
        new("government", new("政府及公共事业", "Government")),
        new("energy", new("能源", "Energy")),
        new("construction", new("建筑地产", "Construction and real estate")),
        new("logistics", new("物流运输", "Logistics")),
        new("catering", new("餐饮酒店", "Catering and hotels")),
        new("agriculture", new("农业", "Agriculture")),
        new("entertainment", new("文化娱乐", "Entertainment")),
        new("marketing", new("营销广告", "Marketing")),
        new("employment", new("人力资源", "Employment")),
        new("services", new("专业服务", "Services")),
        new("other", new("其他", "Other")),
    ];

    /// <summary>The channel a lead came by.</summary>
    public static IReadOnlyList<Option> Sources { get; } =
    [
        new("webForm", new("网站表单", "Web form")),
        new("exhibition", new("展会", "Exhibition")),
        new("referral", new("转介绍", "Referral")),
        new("paidSearch", new("付费搜索", "Paid search")),
        new("organicSearch", new("自然搜索", "Organic search")),
        new("social", new("社交媒体", "Social")),
        new("email", new("邮件营销", "Email")),
        new("direct", new("直接访问", "Direct traffic")),
        new("display", new("展示广告", "Display")),
        new("advertising", new("其他广告", "Other publicities")),
        new("phone", new("电话咨询", "Phone")),
        new("partner", new("合作伙伴", "Partner")),
        new("import", new("批量导入", "Import")),
        new("other", new("其他", "Other")),
        new("unknown", new("未知", "Unknown")),
    ];

    public static IReadOnlyList<Option> Currencies { get; } =
    [
        new("CNY", new("人民币", "CNY")),
        new("USD", new("美元", "USD")),
        new("EUR", new("欧元", "EUR")),
        new("GBP", new("英镑", "GBP")),
        new("HKD", new("港币", "HKD")),
        new("JPY", new("日元", "JPY")),
    ];
}
