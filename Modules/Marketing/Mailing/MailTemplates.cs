using Crm.Marketing.Segments;
using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Marketing.Mailing;

/// <summary>A mail that SOPs send: subject and body are templates over the record. Whether the names in them exist is checked when an SOP that uses it is published.</summary>
internal static class MailTemplateType
{
    public const string Key = "mailTemplate";

    public static readonly RecordType Type = new(Key, "mailTemplates", "marketing_mail_template", new("邮件模板", "Mail template"))
    {
        Owned = false,
        NaturalKeys = [["code"]],
        Fields =
        [
            new("name", FieldType.Text, new("名称", "Name")) { Required = true, Searchable = true },
            new("about", FieldType.Select, new("对象", "About")) { Default = "lead", Options = SegmentType.Targets, Help = new("模板可插入它的字段", "Whose fields the template may name") },
            new("subject", FieldType.Text, new("主题", "Subject")) { Required = true, MaxLength = 300, TemplateOver = "about" },
            new("body", FieldType.LongText, new("正文", "Body")) { Required = true, MaxLength = 20_000, TemplateOver = "about", Help = new("纯文本或 HTML；网址会变成链接", "Plain text or HTML; addresses become links") },
            new("note", FieldType.Text, new("用途", "Used for")) { MaxLength = 300 },
            new("code", FieldType.Text, new("标识", "Code")) { MaxLength = 60, Searchable = true, Help = Code.Help },
        ],
        Views = [new("all", new("全部邮件模板", "All mail templates"), null, "name", ["name", "about", "subject", "note", "updatedAt"])],
    };
}

internal sealed class MailTemplateRule(Session session) : IRecordRule
{
    public string RecordType => MailTemplateType.Key;

    public Task BeforeSaveAsync(RecordChange change, CancellationToken ct) => Code.CheckAsync(session, change, ct);
}
