using Crm.Shared.Access;

namespace Crm.Sales;

internal sealed class SalesPermissions : IPermissions
{
    public IEnumerable<Permission> Permissions =>
    [
        new("quote.decide", new("记录报价审批结果", "Record the outcome of a quote's approval")),
        new("quote.sensitive", new("查看报价成本与毛利", "See cost and margin of quotes"), BuiltInRole.SalesOps, BuiltInRole.SalesDirector, BuiltInRole.SalesManager, BuiltInRole.Approver),
        new("product.sensitive", new("查看产品成本", "See product costs"), BuiltInRole.SalesOps, BuiltInRole.SalesDirector),
        new("discountAuthority.read", new("查看折扣权限", "See discount authority"), BuiltInRole.SalesOps, BuiltInRole.SalesDirector, BuiltInRole.SalesManager, BuiltInRole.Rep, BuiltInRole.Approver),
        new("discountAuthority.create", new("新建折扣权限", "Create discount authority"), BuiltInRole.SalesOps),
        new("discountAuthority.update", new("修改折扣权限", "Change discount authority"), BuiltInRole.SalesOps),
        new("discountAuthority.delete", new("删除折扣权限", "Delete discount authority"), BuiltInRole.SalesOps),
    ];
}
