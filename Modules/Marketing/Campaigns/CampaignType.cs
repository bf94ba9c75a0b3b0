using Crm.Shared.Records;

namespace Crm.Marketing.Campaigns;

/// <summary>A plan of marketing: when, by what, for how much, and who is in it. Who is in it is a segment kept by hand, so what enters and leaves starts SOPs as with any other.</summary>
internal static class CampaignType
{
    public const string Key = "campaign";
    public const string Planned = "planned", Running = "running", Ended = "ended";

    private static readonly IReadOnlyList<Option> Kinds =
    [
        new("event", new("展会活动", "Event"), "purple"), new("webinar", new("线上会议", "Webinar"), "cyan"), new("mail", new("邮件", "Mail"), "blue"),
        new("ads", new("广告投放", "Advertising"), "gold"), new("content", new("内容", "Content"), "green"), new("other", new("其他", "Other"), "default"),
    ];

    public static readonly RecordType Type = new(Key, "campaigns", "marketing_campaign", new("营销活动", "Campaign"))
    {
        Owned = false,
        NaturalKeys = [["code"]],
        Fields =
        [
            new("name", FieldType.Text, new("名称", "Name")) { Required = true, Searchable = true },
            new("kind", FieldType.Select, new("方式", "Kind")) { Default = "event", Options = Kinds },
            new("status", FieldType.Select, new("状态", "Status")) { Required = true, Default = Planned, Options = [new(Planned, new("计划中", "Planned"), "default"), new(Running, new("进行中", "Running"), "green"), new(Ended, new("已结束", "Ended"), "gold")] },
            new("audience", FieldType.Reference, new("受众", "Audience")) { Required = true, References = "segment", Help = new("成员由手工或流程添加的客群", "A segment whose members are put in by hand or SOP") },
            new("target", FieldType.Select, new("对象", "Record type")) { ReadOnly = true, Options = Segments.SegmentType.Targets },
            new("starts", FieldType.Date, new("开始", "Starts")),
            new("ends", FieldType.Date, new("结束", "Ends")),
            new("budget", FieldType.Money, new("预算", "Budget")) { Min = 0 },
            new("cost", FieldType.Money, new("实际费用", "Cost")) { Min = 0 },
            new("goal", FieldType.Text, new("目标", "Goal")) { MaxLength = 500 },
            new("note", FieldType.LongText, new("说明", "Note")),
            new("code", FieldType.Text, new("标识", "Code")) { MaxLength = 60, Searchable = true, Help = Code.Help },
        ],
        Views =
        [
            new("running", new("进行中", "Running"), """{"field":"status","op":"eq","value":"running"}""", "starts", Columns),
            new("all", new("全部营销活动", "All campaigns"), null, "-starts", Columns),
        ],
    };

    private static IReadOnlyList<string> Columns => ["name", "kind", "status", "audience", "starts", "ends", "budget", "cost"];
}
