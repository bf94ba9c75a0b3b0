using Crm.Marketing.Contracts;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using MediatR;

namespace Crm.Host.Demo;

/// <summary>Two months of tickets, the policies they are measured by, and what marketing keeps: tags, a mail template, segments, a campaign.</summary>
internal sealed class DemoService(DemoOffice office, DemoYear year)
{
    private const int Tickets = 48;
    private static readonly (string Subject, string Kind, string Queue)[] Matters =
    [
        ("采集网关离线，无法上传数据", "fault", "support"), ("MES 报工界面打不开", "fault", "support"), ("新增两条产线的点位配置", "request", "onsite"), ("如何导出月度能耗报表", "question", "support"),
        ("传感器读数偏高", "fault", "onsite"), ("发票抬头需要更正", "request", "billing"), ("工程师未按约定时间到场", "complaint", "complaints"), ("培训操作员使用看板", "request", "onsite"),
        ("接口文档中的字段含义", "question", "support"), ("升级后报警短信重复发送", "fault", "support"),
    ];
    private static readonly string[] Solutions = ["远程重启网关并升级固件，已恢复。", "已按客户要求配置并现场验证。", "已发送操作说明并电话指导。", "更换传感器并重新标定。"];

    // Of its own, so that the year before it stays what it was.
    private readonly Random random = new(2027);

    public void Plan()
    {
        year.At(year.End.AddDays(-62), office.People["ops"], (_, records) => PreparedAsync(records));
        for (var i = 0; i < Tickets; i++) PlanTicket(year.Later(year.End.AddDays(-60 * random.NextDouble()), 0));
        // The last hours' are still open for whoever signs in now.
        for (var i = 0; i < 4; i++) PlanTicket(year.End.AddHours(-1 - i * 2));
        year.At(year.End.AddDays(-10), office.People["marketing"], SegmentedAsync);
    }

    private static async Task PreparedAsync(IRecords records)
    {
        await DemoLead.CreateAsync(records, "slaPolicy", ("name", "重点客户"), ("position", 10L), ("filter", """{"field":"customer.level","op":"eq","value":"A"}"""), ("responseNormal", 1m), ("resolutionNormal", 8m));
        await DemoLead.CreateAsync(records, "slaPolicy", ("name", "标准"), ("position", 100L));
        foreach (var (code, name, color) in new[] { ("key", "重点", "red"), ("reference", "标杆客户", "gold"), ("renewal", "待续约", "blue"), ("silent", "沉默", "default") })
            await DemoLead.CreateAsync(records, "tag", ("code", code), ("name", name), ("color", color));
        await DemoLead.CreateAsync(records, "mailTemplate", ("code", "brochure"), ("name", "产品资料"), ("subject", "{{name}}，您要的产品资料"), ("note", "线索索取资料后发送"),
            ("body", "<p>{{name}} 您好：</p><p>感谢您关注星海智造。资料请在这里下载：<a href=\"https://www.example.com/brochure\">产品手册</a></p><p>工程师会在一个工作日内与您联系。</p>"));
    }

    private static async Task SegmentedAsync(IServiceProvider services, IRecords records)
    {
        await DemoLead.CreateAsync(records, "segment", ("code", "hot-leads"), ("name", "高分线索"), ("target", "lead"), ("filter", """{"and":[{"field":"score","op":"gte","value":80},{"field":"status","op":"in","value":["new","contacting","qualified"]}]}"""));
        await DemoLead.CreateAsync(records, "segment", ("code", "nurture"), ("name", "长期培育"), ("target", "lead"), ("kind", "hand"), ("note", "由流程加入和移出"));
        var visitors = await DemoLead.CreateAsync(records, "segment", ("code", "fair-visitors"), ("name", "展会访客"), ("target", "lead"), ("kind", "hand"), ("note", "秋季工业展的受众"));
        await DemoLead.CreateAsync(records, "campaign", ("code", "autumn-fair"), ("name", "秋季工业展"), ("kind", "event"), ("status", "running"), ("audience", visitors), ("budget", 120_000m), ("goal", "200 条有效线索"));
        var (mediator, catalogue) = (services.GetRequiredService<IMediator>(), services.GetRequiredService<ICatalogueSource>().Current);
        var fromFairs = FilterParser.Parse("""{"field":"source","op":"eq","value":"exhibition"}""", catalogue["lead"], catalogue);
        foreach (var visitor in (await records.ListAsync(new("lead") { Filter = fromFairs, Sort = ["-createdAt"], Limit = 40 }, default)).Items)
            await mediator.Send(new EnrolInCampaign("autumn-fair", "lead", visitor.Id, true));
    }

    private void PlanTicket(DateTime at)
    {
        var (matter, priority, pace) = (Of(Matters), Of(["urgent", "high", "normal", "normal", "normal", "low"]), random.NextDouble());
        var agent = office.People["service"];
        Guid ticket = default;
        year.At(at, agent, async (services, records) =>
        {
            await services.GetRequiredService<Freshness>().EnsureAsync(default);
            var customer = year.CustomerAt(random.Next());
            ticket = await DemoLead.CreateAsync(records, "ticket", ("subject", matter.Subject), ("kind", matter.Kind), ("queue", matter.Queue), ("priority", priority), ("customer", customer),
                ("channel", Of(["phone", "wechat", "mail"])), ("owner", random.Next(4) == 0 ? null : agent));
        });
        var answered = year.Later(at, 0.02 + 0.25 * pace);
        year.At(answered, agent, async (_, records) =>
        {
            await DemoLead.CreateAsync(records, "activity", ("kind", "call"), ("subject", "回电了解情况"), ("ticket", ticket), ("happenedAt", office.Clock.Now));
            await UpdateAsync(records, ticket, ("owner", agent), ("status", random.Next(5) == 0 ? "waiting" : "open"));
        });
        if (random.Next(10) < 9)
            year.At(year.Later(answered, 0.1 + 2 * pace), agent, (_, records) => UpdateAsync(records, ticket, ("status", "resolved"), ("solution", Of(Solutions)), ("satisfaction", (long)random.Next(3, 6))));
    }

    private static Task UpdateAsync(IRecords records, Guid ticket, params (string Key, object? Value)[] values) =>
        records.UpdateAsync("ticket", ticket, values.ToDictionary(v => v.Key, v => v.Value), WriteOptions.None, default);

    private T Of<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
