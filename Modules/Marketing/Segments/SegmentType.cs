using Crm.Shared.Records;

namespace Crm.Marketing.Segments;

/// <summary>A group of records of one type: those that a filter finds, kept up to date, or those that were put in.</summary>
internal static class SegmentType
{
    public const string Key = "segment";
    public const string ByFilter = "filter", ByHand = "hand";

    /// <summary>Record types that there are segments of.</summary>
    public static readonly IReadOnlyList<Option> Targets =
    [
        new("lead", new("线索", "Leads")), new("customer", new("客户", "Customers")), new("contact", new("联系人", "Contacts")),
        new("opportunity", new("商机", "Opportunities")), new("ticket", new("工单", "Tickets")),
    ];

    public static readonly RecordType Type = new(Key, "segments", "marketing_segment", new("客群", "Segment"))
    {
        Owned = false,
        NaturalKeys = [["code"]],
        Fields =
        [
            new("name", FieldType.Text, new("名称", "Name")) { Required = true, Searchable = true },
            new("target", FieldType.Select, new("对象", "Record type")) { Required = true, Default = "lead", Options = Targets },
            new("kind", FieldType.Select, new("成员", "Members")) { Required = true, Default = ByFilter, Options = [new(ByFilter, new("按条件自动维护", "By filter"), "blue"), new(ByHand, new("手工或流程添加", "Put in by hand or SOP"), "gold")] },
            new("filter", FieldType.Json, new("条件", "Filter")) { FilterOver = "target", Help = new("与列表筛选相同的条件", "The conditions that lists are filtered by") },
            new("active", FieldType.Boolean, new("启用", "Active")) { Default = true },
            new("note", FieldType.Text, new("说明", "Note")) { MaxLength = 500 },
            new("code", FieldType.Text, new("标识", "Code")) { MaxLength = 60, Searchable = true, Help = Code.Help },
        ],
        Views = [new("all", new("全部客群", "All segments"), null, "name", ["name", "target", "kind", "active", "updatedAt"])],
    };
}
