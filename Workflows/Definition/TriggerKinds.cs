using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition;

/// <summary>A kind of trigger, described as steps are.</summary>
/// <param name="Awaitable">May also be awaited by a wait-for-event step.</param>
internal sealed record TriggerDescription(string Kind, Label Label, Label Sentence, bool Awaitable, params IReadOnlyList<StepInput> Inputs);

/// <summary>All that can start an SOP.</summary>
internal static class TriggerKinds
{
    public const string Created = "created", Updated = "updated", StageEntered = "stageEntered", DateField = "dateField", Schedule = "schedule", Button = "button",
        Webhook = "webhook", Form = "form", MailOpened = "mailOpened", MailClicked = "mailClicked", NoActivity = "noActivity",
        SegmentEntered = "segmentEntered", SegmentLeft = "segmentLeft", SlaWarning = "slaWarning";

    private static readonly StepInput Mail = new("template", InputType.MailTemplate, new("邮件模板", "Mail template"));
    private static readonly StepInput Segment = new("segment", InputType.Text, new("客群", "Segment")) { Required = true };

    public static IReadOnlyList<TriggerDescription> All { get; } =
    [
        new(Created, new("记录新建", "Record created"), new("新建时", "When created"), true),
        new(Updated, new("记录更新", "Record updated"), new("{fields} 更新时", "When {fields} changes"), true,
            new("fields", InputType.Fields, new("任一字段变化", "Any of these changed")),
            new("from", InputType.Value, new("原值", "From")) { Help = new("只用于单个字段；可为列表", "For a single field; may be a list") },
            new("to", InputType.Value, new("新值", "To")) { Help = new("只用于单个字段；可为列表", "For a single field; may be a list") }),
        new(StageEntered, new("进入阶段", "Stage entered"), new("{field} 变为 {to} 时", "When {field} becomes {to}"), true,
            new("field", InputType.Field, new("阶段字段", "Stage field")) { Default = "stage" },
            new("to", InputType.Value, new("阶段", "Stage")) { Required = true, Help = new("可为列表", "May be a list") }),
        new(DateField, new("到达日期", "Date reached"), new("{field} {offset}", "{offset} from {field}"), false,
            new("field", InputType.Field, new("日期字段", "Date field")) { Required = true },
            new("offset", InputType.Duration, new("提前或推后", "Before or after"))),
        new(Schedule, new("定时", "On a schedule"), new("按 {cron}", "By {cron}"), false,
            new StepInput("cron", InputType.Text, new("时间表 (cron)", "Schedule (cron)")) { Required = true }),
        new(Button, new("记录上的按钮", "Button on a record"), new("点击“{label}”时", "When {label} is pressed"), false,
            new("label", InputType.Label, new("按钮文字", "Label")) { Required = true },
            new("permission", InputType.Text, new("所需权限", "Permission needed")),
            new("choosePeople", InputType.Boolean, new("由发起人选人", "Initiator chooses people"))),
        new(Webhook, new("外部调用", "Inbound webhook"), new("外部调用 {name} 时", "When {name} is called"), false,
            new StepInput("name", InputType.Text, new("名称", "Name")) { Required = true }),
        new(Form, new("表单提交", "Form submitted"), new("表单 {form} 提交时", "When form {form} is submitted"), true,
            new StepInput("form", InputType.Text, new("表单", "Form"))),
        new(MailOpened, new("邮件被打开", "Mail opened"), new("打开邮件时", "When a mail is opened"), true, Mail),
        new(MailClicked, new("邮件链接被点击", "Mail clicked"), new("点击邮件链接时", "When a link in a mail is clicked"), true, Mail),
        new(NoActivity, new("长时间无跟进", "No activity"), new("{for} 没有跟进时", "After {for} without activity"), false,
            new StepInput("for", InputType.Duration, new("时长", "For")) { Required = true }),
        new(SegmentEntered, new("进入客群", "Segment entered"), new("进入 {segment} 时", "When entering {segment}"), true, Segment),
        new(SegmentLeft, new("离开客群", "Segment left"), new("离开 {segment} 时", "When leaving {segment}"), true, Segment),
        new(SlaWarning, new("SLA 预警", "SLA warning"), new("SLA 预警时", "On an SLA warning"), true),
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

    private static string StageField(Trigger trigger) =>
        trigger.Inputs.TryGetValue("field", out var field) && field.ValueKind == JsonValueKind.String ? field.GetString()! : "stage";

    private static bool Is(Trigger trigger, string input, object? value) =>
        !trigger.Inputs.TryGetValue(input, out var wanted) || wanted.ValueKind == JsonValueKind.Null
        || OutputCompare.Holds(value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType()), "in", JsonSerializer.SerializeToNode(wanted));
}
