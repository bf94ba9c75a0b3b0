using Crm.Service.Tickets;
using Crm.Shared.Records;

namespace Crm.Service.Sla;

/// <summary>How soon tickets are to be answered and solved, by priority. Of several policies the first whose filter holds counts.</summary>
internal static class SlaPolicyType
{
    public const string Key = "slaPolicy";
    public const string Response = "response", Resolution = "resolution";

    public static readonly RecordType Type = new(Key, "slaPolicies", "service_sla_policy", new("SLA 策略", "SLA policy"))
    {
        Owned = false,
        NaturalKeys = [["name"]],
        Fields =
        [
            new("name", FieldType.Text, new("名称", "Name")) { Required = true, Searchable = true },
            new("position", FieldType.Integer, new("次序", "Order")) { Default = 100L, Min = 0, Max = 10_000, Help = new("小的在前；第一条符合的策略生效", "Small ones first; the first that fits counts") },
            new("filter", FieldType.Json, new("适用工单", "For tickets")) { FilterOver = TicketType.Key, Help = new("与列表筛选相同的条件；留空为全部", "The conditions that lists are filtered by; all when empty") },
            new("warnPercent", FieldType.Integer, new("预警于用去 %", "Warns at % of the time")) { Required = true, Default = 80L, Min = 1, Max = 99 },
            .. Targets(Response, "响应", "Response", [1, 2, 4, 8]),
            .. Targets(Resolution, "解决", "Resolution", [4, 8, 24, 72]),
            new("active", FieldType.Boolean, new("启用", "Active")) { Default = true },
        ],
        Views = [new("all", new("全部策略", "All policies"), null, "position", ["position", "name", "warnPercent", "responseUrgent", "responseNormal", "resolutionUrgent", "resolutionNormal", "active"])],
    };

    public static string Field(string target, string priority) => target + char.ToUpperInvariant(priority[0]) + priority[1..];

    private static IEnumerable<Field> Targets(string target, string zh, string en, decimal[] hours) => TicketType.Priorities.Zip(hours).Select(p =>
        new Field(Field(target, p.First.Key), FieldType.Decimal, new($"{zh}（{p.First.Label.Zh}）小时", $"{en}, {p.First.Label.En.ToLowerInvariant()}, hours"))
        {
            Default = p.Second,
            Min = 0.01m,
            Max = 2000,
            Help = new("工作时间；留空为不要求", "Working hours; none when empty"),
        });
}
