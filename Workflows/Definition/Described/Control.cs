using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Described;

/// <summary>Descriptions of the steps that lead the way. The lists of steps they hold stand beside their inputs.</summary>
internal static class Control
{
    private static readonly StepInput Until = new("until", InputType.Moment, new("直到", "Until")) { Required = true, Help = new("等到某个日期时，日期一改，等待也随之改变", "Where it is a date of a record, the wait moves with it") };

    public static readonly StepDescription Branch = new("branch", StepGroup.Control, new("分支", "Branch"),
        new("按条件分支", "Branch by condition"), new("评分高于 80 时由经理跟进，否则由销售跟进", "A score above 80 goes to the manager, others to the rep"))
    {
        Inputs = [new("match", InputType.Select, new("走法", "Take"))
        {
            Default = "first",
            Options = [new("first", new("第一条满足的分支", "The first way that holds")), new("all", new("所有满足的分支", "All ways that hold"))],
        }],
    };

    public static readonly StepDescription Parallel = new("parallel", StepGroup.Control, new("并行", "Parallel"),
        new("同时进行", "At the same time"), new("同时通知财务与法务，两边都完成后继续", "Finance and legal work at the same time; go on when both are done"))
    {
        Inputs =
        [
            new("join", InputType.Select, new("何时继续", "Go on when"))
            {
                Default = "all",
                Options = [new("all", new("全部完成", "All have ended")), new("any", new("任一完成", "Any has ended")), new("count", new("若干条完成", "So many have ended"))],
            },
            new("count", InputType.Integer, new("条数", "How many")) { Min = 1, Max = 20 },
        ],
    };

    public static readonly StepDescription ForEach = new("forEach", StepGroup.Control, new("逐条处理", "For each"),
        new("对每条相关的 {type}", "For each related {type}"), new("对商机的每份报价发送提醒", "Remind about each quote of the opportunity"))
    {
        Inputs =
        [
            new("type", InputType.RecordType, new("相关对象", "Related record type")) { Required = true },
            new("via", InputType.Field, new("指向本记录的字段", "Its field that refers to this record")) { Required = true, TypeFrom = "type" },
            new("filter", InputType.Filter, new("条件", "Filter")) { TypeFrom = "type" },
            new("max", InputType.Integer, new("最多", "At most")) { Default = 100, Min = 1, Max = 1000 },
            new("together", InputType.Boolean, new("同时进行", "All at the same time")),
        ],
    };

    public static readonly StepDescription Repeat = new("repeat", StepGroup.Control, new("重复", "Repeat"),
        new("重复直到 {until}，最多 {max} 次", "Repeat until {until}, at most {max} times"), new("联系客户直到接通，最多 5 次", "Call until somebody answers, at most 5 times"))
    {
        Inputs =
        [
            new("until", InputType.Condition, new("直到", "Until")) { Required = true },
            new("max", InputType.Integer, new("最多次数", "At most")) { Default = 10, Min = 1, Max = 100 },
        ],
        Outcomes = [new("met", new("条件满足", "Condition met")), new("exhausted", new("次数用尽", "Out of tries"))],
    };

    public static readonly StepDescription Wait = new("wait", StepGroup.Control, new("等待", "Wait"),
        new("等待 {until}", "Wait {until}"), new("等待 3 个工作日", "Wait 3 working days"))
    {
        Inputs = [Until],
    };

    public static readonly StepDescription WaitFor = new("waitFor", StepGroup.Control, new("等待事件", "Wait for an event"),
        new("等待 {events}，最长 {within}", "Wait for {events}, at most {within}"), new("等客户接受报价，最长 10 天", "Wait for the quote to be accepted, at most 10 days"))
    {
        Inputs =
        [
            new("events", InputType.List, new("事件", "Events"))
            {
                Required = true,
                Items =
                [
                    new("id", InputType.Text, new("结果标识", "Outcome key")) { Required = true },
                    new("label", InputType.Label, new("名称", "Label")),
                    new("of", InputType.Path, new("关联记录", "Related record")),
                    new("on", InputType.Object, new("触发", "Trigger")) { Required = true, Items = TriggerShape },
                ],
            },
            new("already", InputType.Condition, new("已满足则不等", "Not needed when")),
            new("within", InputType.Moment, new("最长", "At most")),
        ],
        Outputs = [new("payload", FieldType.Json, new("事件内容", "What the event told"))],
        Outcomes = [new("already", new("无需等待", "Not needed")), new("timedOut", new("超时", "Timed out"))],
    };

    public static readonly StepDescription Call = new("call", StepGroup.Control, new("调用流程", "Call an SOP"),
        new("执行流程 {sop}", "Run the SOP {sop}"), new("签约后执行“交付与回访”", "After signing run \"delivery and return visits\""))
    {
        Inputs =
        [
            new("sop", InputType.Sop, new("流程", "SOP")) { Required = true },
            new("of", InputType.Path, new("关联记录", "Related record")),
            new("wait", InputType.Boolean, new("等待其结束", "Wait for its end")) { Default = true },
        ],
        Outcomes = [new("completed", new("已完成", "Completed")), new("cancelled", new("已取消", "Cancelled")), new("started", new("已启动", "Started"))],
    };

    public static readonly StepDescription End = new("end", StepGroup.Control, new("结束", "End"),
        new("结束流程", "End the run"), new("线索无效，结束", "The lead is invalid: end"))
    {
        Inputs =
        [
            new("as", InputType.Select, new("结束为", "As"))
            {
                Default = "completed",
                Options = [new("completed", new("完成", "Completed")), new("cancelled", new("取消", "Cancelled"))],
            },
            new("reason", InputType.Label, new("原因", "Reason")),
        ],
    };

    /// <summary>Shape of a trigger where it stands as a value.</summary>
    public static IReadOnlyList<StepInput> TriggerShape =>
    [
        new("kind", InputType.Text, new("类型", "Kind")) { Required = true },
        new("inputs", InputType.Json, new("设置", "Settings")),
        new("filter", InputType.Json, new("条件", "Filter")),
        new("reentry", InputType.Text, new("重复进入", "Re-entry")),
    ];
}
