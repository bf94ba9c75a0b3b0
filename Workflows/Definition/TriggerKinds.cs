using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition;

/// <summary>A kind of trigger, described as steps are.</summary>
/// <param name="Awaitable">May also be awaited by a wait-for-event step.</param>
internal sealed record TriggerDescription(string Kind, Label Label, Label Sentence, bool Awaitable, params IReadOnlyList<StepInput> Inputs)
{
    /// <summary>What it tells its runs: <c>run.payload.key</c>. Null where it tells nothing, empty where that is up to the caller.</summary>
    public IReadOnlyList<StepOutput>? Payload { get; init; }
    /// <summary>One use, to help choose it.</summary>
    public Label? Example { get; init; }
    /// <summary>Record types that it happens to; all when empty.</summary>
    public IReadOnlyList<string> RecordTypes { get; init; } = [];
}

/// <summary>All that can start an SOP.</summary>
internal static class TriggerKinds
{
    public const string Created = "created", Updated = "updated", StageEntered = "stageEntered", DateField = "dateField", Schedule = "schedule", Button = "button",
        Webhook = "webhook", NoActivity = "noActivity";

    private static readonly StepInput Mail = new("template", InputType.MailTemplate, new("邮件模板", "Mail template")) { Help = new("留空为任一开启跟踪的邮件", "Any tracked mail when empty") };
    private static readonly StepInput Segment = new("segment", InputType.Record, new("客群", "Segment")) { Required = true, References = "segment", TypeField = "target" };
    private static readonly StepOutput TemplateTold = new("template", FieldType.Text, new("邮件模板", "Mail template")), SegmentTold = new("segment", FieldType.Text, new("客群", "Segment"));
    private static readonly StepInput Target = new("target", InputType.Select, new("目标", "Target"))
    {
        Help = new("留空为两者", "Both when empty"),
        Options = [new("response", new("首次响应", "First response")), new("resolution", new("解决", "Resolution"))],
    };
    private static readonly IReadOnlyList<StepOutput> SlaTold = [new("target", FieldType.Text, new("目标", "Target")), new("priority", FieldType.Text, new("优先级", "Priority")), new("due", FieldType.DateTime, new("期限", "Due"))];

    public static IReadOnlyList<TriggerDescription> All { get; } =
    [
        new(Created, new("记录新建", "Record created"), new("新建时", "When created"), true),
        new(Updated, new("记录更新", "Record updated"), new("{fields} 更新时", "When {fields} changes"), true,
            new("fields", InputType.Fields, new("任一字段变化", "Any of these changed")),
            new("from", InputType.Value, new("原值", "From")) { Help = new("只用于单个字段；可为列表", "For a single field; may be a list") },
            new("to", InputType.Value, new("新值", "To")) { Help = new("只用于单个字段；可为列表", "For a single field; may be a list") }),
        new(StageEntered, new("进入阶段", "Stage entered"), new("{field} 变为 {to} 时", "When {field} becomes {to}"), true,
            new("field", InputType.Field, new("阶段字段", "Stage field")) { Default = "stage" },
            new("to", InputType.Value, new("阶段", "Stage")) { Required = true, OptionsFrom = "field", Help = new("可为列表", "May be a list") }),
        new(DateField, new("到达日期", "Date reached"), new("{field} {offset}", "{offset} from {field}"), false,
            new("field", InputType.Field, new("日期字段", "Date field")) { Required = true },
            new("offset", InputType.Duration, new("提前或推后", "Before or after")) { Help = new("发布前已过的日期，在发布时选择是否启动", "For dates that had passed before you choose when you publish") }),
        new(Schedule, new("定时", "On a schedule"), new("按 {cron}", "By {cron}"), false,
            new StepInput("cron", InputType.Text, new("时间", "When")) { Required = true, Default = "0 9 * * *" }),
        new(Button, new("记录上的按钮", "Button on a record"), new("点击“{label}”时", "When {label} is pressed"), false,
            new("label", InputType.Label, new("按钮文字", "Label")) { Required = true },
            new("permission", InputType.Text, new("所需权限", "Permission needed")),
            new("choosePeople", InputType.Boolean, new("由发起人选人", "Initiator chooses people"))),
        new(Webhook, new("外部调用", "Inbound webhook"), new("外部调用 {name} 时", "When {name} is called"), false,
            new("name", InputType.Text, new("名称", "Name")) { Required = true },
            new("fields", InputType.FieldValues, new("写入字段", "Written to fields")) { Help = new("取自发来的内容：{\"path\":\"run.payload.phone\"}；不填则内容须带 recordId", "Taken from what is sent: {\"path\":\"run.payload.phone\"}; without any it must carry recordId") },
            new("match", InputType.Field, new("按此字段找到记录", "Finds the record by")) { Help = new("须在写入字段之中；不填则总是新建", "One of the fields written; a new record each time when empty") },
            new("missing", InputType.Select, new("找不到时", "When there is none"))
            {
                Default = "create",
                Options = [new("create", new("新建", "Create")), new("refuse", new("拒绝", "Refuse"))],
            })
        {
            Payload = [],
            Example = new("官网下单后由电商系统通知", "The shop calls when an order was placed"),
        },
        new(RecordEvents.Form, new("表单提交", "Form submitted"), new("表单 {form} 提交时", "When form {form} is submitted"), true,
            new StepInput("form", InputType.Record, new("表单", "Form")) { References = "form", Help = new("留空为任一表单", "Any form when empty") })
        {
            RecordTypes = ["lead"],
            Payload = [new("form", FieldType.Text, new("表单", "Form")), new("answers", FieldType.Json, new("回答", "Answers"))],
            Example = new("展会登记表提交后发送资料", "Send the brochure when the exhibition form was sent"),
        },
        new(RecordEvents.MailOpened, new("邮件被打开", "Mail opened"), new("打开邮件 {template} 时", "When mail {template} is opened"), true, Mail) { Payload = [TemplateTold, new("run", FieldType.Text, new("发送的运行", "Run that sent it"))] },
        new(RecordEvents.MailClicked, new("邮件链接被点击", "Mail clicked"), new("点击邮件 {template} 的链接时", "When a link in mail {template} is followed"), true, Mail)
        {
            Payload = [TemplateTold, new("run", FieldType.Text, new("发送的运行", "Run that sent it")), new("link", FieldType.Url, new("链接", "Link"))],
        },
        new(NoActivity, new("长时间无跟进", "No activity"), new("{for} 没有跟进时", "After {for} without activity"), false,
            new StepInput("for", InputType.Duration, new("时长", "For"))
            {
                Required = true,
                Help = new("发布后到达此时长的记录会启动；发布前已超过的，在发布时选择是否启动", "Starts for records that get there after publishing; for those that were there before you choose when you publish"),
            }),
        new(RecordEvents.SegmentEntered, new("进入客群", "Segment entered"), new("进入 {segment} 时", "When entering {segment}"), true, Segment) { Payload = [SegmentTold] },
        new(RecordEvents.SegmentLeft, new("离开客群", "Segment left"), new("离开 {segment} 时", "When leaving {segment}"), true, Segment) { Payload = [SegmentTold] },
        new(RecordEvents.SlaWarning, new("SLA 预警", "SLA warning"), new("SLA 预警时", "On an SLA warning"), true, Target) { RecordTypes = ["ticket"], Payload = SlaTold },
        new(RecordEvents.SlaBreached, new("SLA 超时", "SLA breached"), new("SLA 超时时", "On an SLA breach"), true, Target) { RecordTypes = ["ticket"], Payload = SlaTold },
    ];

    public static TriggerDescription? Find(string kind) => All.FirstOrDefault(k => k.Kind == kind);

    /// <summary>Fields whose change starts it; null: any change of the record; empty: no change does.</summary>
    public static IReadOnlyList<string>? FieldsWatched(Trigger trigger) => trigger.Kind switch
    {
        Updated => trigger.Inputs.TryGetValue("fields", out var fields) && fields.ValueKind == JsonValueKind.Array && fields.GetArrayLength() > 0
            ? [.. fields.EnumerateArray().Select(f => f.GetString()!)]
            : null,
        StageEntered => [StageField(trigger)],
        _ => [],
    };

    /// <summary>Whether a change of a record of the right type is what the trigger waits for. Its filter is asked afterwards.</summary>
    public static bool Matches(Trigger trigger, RecordChange change)
    {
        switch (trigger.Kind)
        {
            case Created: return change.Kind == ChangeKind.Created;
            case StageEntered:
                return change.Kind is ChangeKind.Created or ChangeKind.Updated
                    && change.Changed(StageField(trigger)) && Is(trigger, "to", change.After[StageField(trigger)]);
            case Updated when change.Kind == ChangeKind.Updated:
                if (FieldsWatched(trigger) is not { } fields) return true;
                return fields.Any(f => change.Changed(f) && Is(trigger, "from", change.Before?[f]) && Is(trigger, "to", change.After[f]));
            default: return false;
        }
    }

    /// <summary>Whether an event is one that the trigger chooses: what it names must be what the event tells.</summary>
    public static bool Chooses(Trigger trigger, string kind, JsonObject payload) =>
        trigger.Kind == kind && trigger.Inputs.All(i => i.Value.ValueKind != JsonValueKind.String || payload[i.Key]?.ToString() == i.Value.GetString());

    private static string StageField(Trigger trigger) =>
        trigger.Inputs.TryGetValue("field", out var field) && field.ValueKind == JsonValueKind.String ? field.GetString()! : "stage";

    private static bool Is(Trigger trigger, string input, object? value) =>
        !trigger.Inputs.TryGetValue(input, out var wanted) || wanted.ValueKind == JsonValueKind.Null
        || OutputCompare.Holds(value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType()), "in", JsonSerializer.SerializeToNode(wanted));
}
