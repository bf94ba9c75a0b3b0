using Crm.Shared.Records;

namespace Crm.Sales.Contacts;

internal static class ContactType
{
    public const string Key = "contact";

    public static readonly RecordType Type = new(Key, "contacts", "sales_contact", new("联系人", "Contact"))
    {
        Owned = false,
        ScopeVia = "customer",
        TimelineOn = ["customer"],
        NaturalKeys = [["externalId"], ["phone"], ["email"]],
        Fields =
        [
            new("name", FieldType.Text, new("姓名", "Name")) { Required = true, Searchable = true },
            new("customer", FieldType.Reference, new("客户", "Customer")) { Required = true, References = "customer" },
            new("title", FieldType.Text, new("职务", "Title")) { MaxLength = 100 },
            new("phone", FieldType.Phone, new("电话", "Phone")) { Sensitive = true, Searchable = true, MaxLength = 40 },
            new("email", FieldType.Email, new("邮箱", "Email")) { Sensitive = true, Searchable = true },
            new("wechat", FieldType.Text, new("微信", "WeChat")) { Sensitive = true, MaxLength = 100 },
            new("decisionRole", FieldType.Select, new("决策角色", "Role in the decision")) { Options = [new("decider", new("决策人", "Decides"), "red"), new("influencer", new("影响者", "Influences"), "orange"), new("user", new("使用者", "Uses"), "blue"), new("buyer", new("采购", "Buys"), "green"), new("gatekeeper", new("把关人", "Keeps the gate"), "purple"), new("other", new("其他", "Other"))] },
            new("isPrimary", FieldType.Boolean, new("首要联系人", "Primary")) { Default = false },
            new("externalId", FieldType.Text, new("外部编号", "External ID")) { MaxLength = 100 },
            new("tags", FieldType.MultiSelect, new("标签", "Tags")) { MaxLength = 1000 },
            new("note", FieldType.LongText, new("备注", "Note")),
        ],
        Views =
        [
            new("all", new("全部联系人", "All contacts"), null, "-createdAt", Columns),
            new("primary", new("首要联系人", "Primary contacts"), """{"field":"isPrimary","op":"eq","value":true}""", "-createdAt", Columns),
            new("deciders", new("决策人", "Deciders"), """{"field":"decisionRole","op":"eq","value":"decider"}""", "-createdAt", Columns),
        ],
    };

    private static IReadOnlyList<string> Columns => ["name", "customer", "title", "phone", "email", "decisionRole", "createdAt"];
}
