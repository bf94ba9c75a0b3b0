using Crm.Sales.Contracts;
using Crm.Shared.Records;

namespace Crm.Leads.Capture;

/// <summary>A public web form. Its plural keeps the administration apart from the public address <c>forms/{key}</c>.</summary>
internal static class FormType
{
    public const string Key = "form";

    /// <summary>Lead fields a visitor may be asked for.</summary>
    public static readonly IReadOnlyList<string> Askable = ["name", "company", "title", "phone", "email", "wechat", "region", "industry", "need", "budget", "timing"];

    public static readonly RecordType Type = new(Key, "webForms", "leads_form", new("网页表单", "Web form"))
    {
        Owned = false,
        NameField = "title",
        NaturalKeys = [["slug"]],
        Fields =
        [
            new("title", FieldType.Text, new("标题", "Title")) { Required = true, Searchable = true },
            new("slug", FieldType.Text, new("网址标识", "Address")) { MaxLength = 60, Searchable = true, Help = new("网址的最后一段：小写字母、数字和 -；不填则自动生成", "The end of the form's address: small letters, digits and -; made from the title where left out") },
            new("intro", FieldType.LongText, new("说明", "Introduction")) { MaxLength = 2000 },
            new("fields", FieldType.MultiSelect, new("填写项", "Fields")) { Required = true, MaxLength = 400, Options = [.. Askable.Select(k => new Option(k, LeadType.Type.Find(k)!.Label))] },
            new("requiredFields", FieldType.MultiSelect, new("必填项", "Required fields")) { MaxLength = 400, Options = [.. Askable.Select(k => new Option(k, LeadType.Type.Find(k)!.Label))] },
            new("source", FieldType.Select, new("线索来源", "Source of leads")) { Options = Choices.Sources, Default = "webForm" },
            new("channelDetail", FieldType.Text, new("渠道详情", "Channel detail")) { MaxLength = 300 },
            new("thanks", FieldType.LongText, new("提交后的感谢语", "Thanks after sending")) { MaxLength = 2000 },
            new("active", FieldType.Boolean, new("启用", "Active")) { Default = true },
        ],
        Views = [new("all", new("全部表单", "All forms"), null, "-createdAt", ["title", "slug", "source", "active", "createdAt"])],
    };
}
