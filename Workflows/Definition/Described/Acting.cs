using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Described;

/// <summary>Descriptions of the built-in steps that act.</summary>
internal static class Acting
{
    private static readonly StepInput Of = new("of", InputType.Path, new("关联记录", "Related record"))
    {
        Help = new("留空为本记录", "This record when empty"),
    };

    public static readonly StepDescription AssignOwner = new("assignOwner", StepGroup.Records, new("分配负责人", "Assign owner"),
        new("负责人设为 {to}", "Assign to {to}"), new("轮流分给华东销售", "The reps of the east take turns"))
    {
        Inputs = [new("to", InputType.People, new("分配给", "To")) { Required = true }, Of],
        Outputs = [new("owner", FieldType.Reference, new("负责人", "Owner")) { References = "user" }],
    };

    public static readonly StepDescription UpdateFields = new("updateFields", StepGroup.Records, new("更新字段", "Update fields"),
        new("设置 {fields}", "Set {fields}"), new("状态设为“已合格”", "Set the status to qualified"))
    {
        Inputs = [new("fields", InputType.FieldValues, new("字段", "Fields")) { Required = true }, Of],
    };

    public static readonly StepDescription CreateRecord = new("createRecord", StepGroup.Records, new("新建记录", "Create record"),
        new("新建 {type}", "Create a {type}"), new("为赢单商机新建合同", "Make a contract for a won opportunity"))
    {
        Inputs =
        [
            new("type", InputType.RecordType, new("对象", "Record type")) { Required = true },
            new("fields", InputType.FieldValues, new("字段", "Fields")) { Required = true, TypeFrom = "type" },
        ],
        Outputs = [new("id", FieldType.Text, new("新记录", "New record"))],
    };

    public static readonly StepDescription CreateActivity = new("createActivity", StepGroup.Records, new("记录跟进", "Create activity"),
        new("记录 {kind}：{subject}", "Log a {kind}: {subject}"), new("记一条备注", "Log a note"))
    {
        Inputs =
        [
            new("kind", InputType.Select, new("类型", "Kind"))
            {
                Default = "note",
                Options = [new("call", new("电话", "Call")), new("visit", new("拜访", "Visit")), new("mail", new("邮件", "Mail")), new("note", new("备注", "Note"))],
            },
            new("subject", InputType.Template, new("主题", "Subject")) { Required = true },
            new("body", InputType.Template, new("内容", "Body")),
        ],
    };

    public static readonly StepDescription AddTag = new("addTag", StepGroup.Records, new("添加标签", "Add tag"),
        new("添加标签 {tag}", "Add the tag {tag}"), new("标记为重点", "Tag as key"))
    {
        Inputs = [Tag, TagField],
    };

    public static readonly StepDescription RemoveTag = new("removeTag", StepGroup.Records, new("移除标签", "Remove tag"),
        new("移除标签 {tag}", "Remove the tag {tag}"), new("取消重点标记", "No longer key"))
    {
        Inputs = [Tag, TagField],
    };

    public static readonly StepDescription Score = new("score", StepGroup.Records, new("评分", "Score"),
        new("{field} 增减 {add}", "Add {add} to {field}"), new("下载资料加 10 分", "A download adds 10"))
    {
        Inputs =
        [
            new("field", InputType.Field, new("评分字段", "Score field")) { Default = "score" },
            new("add", InputType.Integer, new("增减", "Add")) { Required = true, Min = -1000, Max = 1000 },
            new("min", InputType.Decimal, new("不低于", "Not below")),
            new("max", InputType.Decimal, new("不高于", "Not above")),
            new("reason", InputType.Template, new("原因", "Reason")) { Help = new("写入时间线", "Said on the timeline") },
        ],
        Outputs = [new("score", FieldType.Decimal, new("新评分", "New score")), new("added", FieldType.Decimal, new("实际增减", "Added"))],
    };

    public static readonly StepDescription Notify = new("notify", StepGroup.Messages, new("发送通知", "Send notification"),
        new("通知 {to}：{title}", "Notify {to}: {title}"), new("通知上级三天无跟进", "Tell the superior after three days without follow-up"))
    {
        Inputs =
        [
            new("to", InputType.People, new("通知谁", "To")) { Required = true, NobodyIsFine = true },
            new("title", InputType.Template, new("标题", "Title")) { Required = true },
            new("body", InputType.Template, new("内容", "Body")),
        ],
    };

    public static readonly StepDescription Mail = new("mail", StepGroup.Messages, new("发送邮件", "Send mail"),
        new("发送邮件给 {to}：{subject}", "Mail {to}: {subject}"), new("向客户发送感谢信", "Thank the customer by mail"))
    {
        Inputs =
        [
            new("to", InputType.Value, new("收件地址", "Address")) { Required = true, Help = new("如 email 或 customer.email", "Such as email or customer.email") },
            new("template", InputType.MailTemplate, new("邮件模板", "Mail template")),
            new("subject", InputType.Template, new("主题", "Subject")),
            new("body", InputType.Template, new("正文", "Body")) { MayBeHtml = true },
            new("language", InputType.Select, new("语言", "Language"))
            {
                Default = "zh",
                Options = [new("zh", new("中文", "Chinese")), new("en", new("英文", "English"))],
                Help = new("给公司以外的人；同事按各自的语言", "For people outside; colleagues read their own"),
            },
            new("track", InputType.Boolean, new("跟踪打开与点击", "Track openings and clicks")),
        ],
        Outputs = [new("to", FieldType.Email, new("收件地址", "Address"))],
        External = true,
    };

    public static readonly StepDescription Robot = new("robot", StepGroup.Messages, new("群机器人", "Group robot"),
        new("由 {channel} 机器人发送 {text}", "Post {text} by the {channel} robot"), new("赢单时在企业微信群报喜", "Announce a won deal in the WeCom group"))
    {
        Inputs =
        [
            new("channel", InputType.Select, new("平台", "Platform"))
            {
                Required = true,
                Options = [new("wecom", new("企业微信", "WeCom")), new("dingtalk", new("钉钉", "DingTalk")), new("feishu", new("飞书", "Feishu"))],
            },
            new("url", InputType.Text, new("机器人地址", "Webhook address")) { Required = true },
            new("text", InputType.Template, new("内容", "Text")) { Required = true },
            new("secret", InputType.Text, new("加签密钥", "Signing secret")) { Secret = true, Help = new("钉钉与飞书机器人开启加签时填写", "Of DingTalk and Feishu robots that ask for a signature") },
            new("format", InputType.Select, new("格式", "Format"))
            {
                Default = "text",
                Options = [new("text", new("纯文本", "Plain text")), new("markdown", new("Markdown", "Markdown"))],
            },
        ],
        External = true,
    };

    public static readonly StepDescription Http = new("http", StepGroup.Outside, new("调用 HTTP", "Call HTTP"),
        new("{method} {url}", "{method} {url}"), new("把赢单写入 ERP", "Write a won deal to the ERP"))
    {
        Inputs =
        [
            new("method", InputType.Select, new("方法", "Method"))
            {
                Default = "POST",
                Options = [.. ((string[])["GET", "POST", "PUT", "PATCH", "DELETE"]).Select(m => new Choice(m, new(m, m)))],
            },
            new("url", InputType.Template, new("地址", "Address")) { Required = true },
            new("headers", InputType.Json, new("请求头", "Headers")),
            new("body", InputType.Json, new("请求体", "Body")) { Help = new("其中的值可为 {\"path\":…}", "Values in it may be {\"path\":…}") },
        ],
        Outputs = [new("status", FieldType.Integer, new("状态码", "Status")), new("body", FieldType.Json, new("响应", "Response"))],
        External = true,
    };

    private static StepInput Tag => new("tag", InputType.Option, new("标签", "Tag")) { Required = true, OptionsFrom = "field" };
    private static StepInput TagField => new("field", InputType.Field, new("标签字段", "Tag field")) { Default = JsonValue.Create("tags") };

    public static IReadOnlyList<StepDescription> All { get; } =
        [AssignOwner, UpdateFields, CreateRecord, CreateActivity, AddTag, RemoveTag, Score, Notify, Mail, Robot, Http];
}
