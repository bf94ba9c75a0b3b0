using Crm.Sales.Discounts;
using Crm.Shared.Records;

namespace Crm.Sales.Quotes;

/// <summary>Where a quote stands. Only commands and SOP steps change it.</summary>
internal static class QuoteStatus
{
    public const string Draft = "draft", Pending = "pending", Approved = "approved", Rejected = "rejected",
        Sent = "sent", Accepted = "accepted", Declined = "declined", Expired = "expired";

    public const string WithinAuthority = "withinAuthority", ByApproval = "byApproval", ByRejection = "byRejection",
        Returned = "returned", Changed = "changedAfterSubmission";

    public const string NoApproval = "none";

    /// <summary>Which steps a quote may take; becoming a draft again is open to all but what the customer accepted.</summary>
    public static bool Leads(string from, string to) => (from, to) switch
    {
        (Draft or Rejected, Pending) => true,
        (Pending, Approved or Rejected) => true,
        (Approved, Sent or Expired) => true,
        (Sent, Accepted or Declined or Expired) => true,
        (not (Draft or Accepted), Draft) => true,
        _ => false,
    };

    public static string Authority(Need need) => need switch
    {
        Need.None => NoApproval,
        Need.Superior => "superior",
        _ => "director",
    };

    public static readonly IReadOnlyList<Option> Options =
    [
        new(Draft, new("草稿", "Draft"), "default"),
        new(Pending, new("审批中", "Waiting for approval"), "processing"),
        new(Approved, new("已批准", "Approved"), "green"),
        new(Rejected, new("已驳回", "Rejected"), "red"),
        new(Sent, new("已发出", "Sent"), "blue"),
        new(Accepted, new("客户接受", "Accepted"), "success"),
        new(Declined, new("客户拒绝", "Declined"), "volcano"),
        new(Expired, new("已过期", "Expired"), "warning"),
    ];

    public static readonly IReadOnlyList<Option> Reasons =
    [
        new(WithinAuthority, new("在本人折扣权限内", "Within the owner's own authority")),
        new(ByApproval, new("经审批通过", "Approved by others")),
        new(ByRejection, new("审批未通过", "Turned down by an approver")),
        new(Returned, new("审批退回修改", "Returned to be reworked")),
        new(Changed, new("提交后内容有改动，需重新提交", "Changed after it was submitted: submit it again")),
    ];

    public static readonly IReadOnlyList<Option> Authorities =
    [
        new(NoApproval, new("无需审批", "None"), "green"),
        new("superior", new("直属上级", "Superior"), "orange"),
        new("director", new("上级和销售总监", "Superior and sales director"), "red"),
    ];
}
