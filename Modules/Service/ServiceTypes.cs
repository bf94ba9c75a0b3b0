using Crm.Service.Sla;
using Crm.Service.Tickets;
using Crm.Shared.Access;
using Crm.Shared.Records;

namespace Crm.Service;

internal sealed class ServiceTypes : IRecordTypes
{
    public IEnumerable<RecordType> Types => [TicketType.Type, SlaPolicyType.Type];
}

internal sealed class ServicePermissions : IPermissions
{
    private static readonly string[] Agents = [BuiltInRole.ServiceAgent, BuiltInRole.SalesOps];
    private static readonly string[] Callers = [.. Agents, BuiltInRole.SalesDirector, BuiltInRole.SalesManager, BuiltInRole.Rep];

    public IEnumerable<Permission> Permissions =>
    [
        new("ticket.read", new("查看工单", "See tickets"), [.. Callers, BuiltInRole.Marketing]),
        new("ticket.create", new("新建工单", "Create tickets"), Callers),
        new("ticket.update", new("修改工单", "Change tickets"), Agents),
        new("ticket.delete", new("删除工单", "Delete tickets"), BuiltInRole.SalesOps),
        new("ticket.import", new("导入工单", "Import tickets"), Agents),
        new("ticket.export", new("导出工单", "Export tickets"), Agents),
        new("slaPolicy.read", new("查看 SLA 策略", "See SLA policies"), Agents),
        new("slaPolicy.create", new("新建 SLA 策略", "Create SLA policies"), BuiltInRole.SalesOps),
        new("slaPolicy.update", new("修改 SLA 策略", "Change SLA policies"), BuiltInRole.SalesOps),
        new("slaPolicy.delete", new("删除 SLA 策略", "Delete SLA policies"), BuiltInRole.SalesOps),
    ];
}
