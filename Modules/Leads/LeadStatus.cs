using Crm.Shared.Records;

namespace Crm.Leads;

/// <summary>Where a lead stands; converted and invalid ones are done with.</summary>
internal static class LeadStatus
{
    public const string New = "new", Contacting = "contacting", Qualified = "qualified", Converted = "converted", Invalid = "invalid";

    public static readonly IReadOnlyList<string> Open = [New, Contacting, Qualified];

    public static bool IsOpen(string? status) => Open.Contains(status);

    public static readonly IReadOnlyList<Option> Options =
    [
        new(New, new("新线索", "New"), "blue"),
        new(Contacting, new("跟进中", "Contacting"), "gold"),
        new(Qualified, new("有意向", "Qualified"), "green"),
        new(Converted, new("已转化", "Converted"), "purple"),
        new(Invalid, new("无效", "Invalid"), "default"),
    ];

    public static readonly IReadOnlyList<Option> InvalidReasons =
    [
        new("noNeed", new("无需求", "No need")),
        new("wrongContact", new("联系方式错误", "Wrong contact data")),
        new("unreachable", new("多次联系不上", "Never reached")),
        new("noBudget", new("无预算", "No budget")),
        new("competitor", new("已选竞品", "Chose a competitor")),
        new("duplicate", new("重复线索", "Duplicate")),
        new("outOfRange", new("不在服务范围", "Outside what we serve")),
        new("other", new("其他", "Other")),
    ];
}
