using Crm.Shared.Access;

namespace Crm.Leads;

internal sealed class LeadPermissions : IPermissions
{
    public const string Claim = "lead.claim", Assign = "lead.assign";

    public IEnumerable<Permission> Permissions =>
    [
        new(Claim, new("领取公海线索", "Claim leads from the pool"), BuiltInRole.Rep, BuiltInRole.SalesManager, BuiltInRole.SalesDirector),
        new(Assign, new("分配线索", "Assign leads"), BuiltInRole.SalesManager, BuiltInRole.SalesDirector, BuiltInRole.SalesOps),
        new("form.read", new("查看网页表单", "See web forms"), BuiltInRole.SalesOps, BuiltInRole.Marketing),
        new("form.create", new("新建网页表单", "Create web forms"), BuiltInRole.SalesOps, BuiltInRole.Marketing),
        new("form.update", new("修改网页表单", "Change web forms"), BuiltInRole.SalesOps, BuiltInRole.Marketing),
        new("form.delete", new("删除网页表单", "Delete web forms"), BuiltInRole.SalesOps, BuiltInRole.Marketing),
    ];
}
