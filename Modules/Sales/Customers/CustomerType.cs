using Crm.Sales.Contracts;
using Crm.Shared.Records;

namespace Crm.Sales.Customers;

internal static class CustomerType
{
    public const string Key = "customer";

    public static readonly RecordType Type = new(Key, "customers", "sales_customer", new("客户", "Customer"))
    {
        NumberPrefix = "C",
        UnownedVisible = true,
        NaturalKeys = [["externalId"], ["name"]],
        Fields =
        [
            new("name", FieldType.Text, new("客户名称", "Name")) { Required = true, Searchable = true },
            new("kind", FieldType.Select, new("类型", "Kind")) { Default = "organisation", Options = [new("organisation", new("企业", "Organisation")), new("person", new("个人", "Person"))] },
            new("level", FieldType.Select, new("级别", "Level")) { Options = [new("A", new("A 重点", "A key"), "red"), new("B", new("B 重要", "B important"), "orange"), new("C", new("C 普通", "C normal"), "blue"), new("D", new("D 低价值", "D low"), "default")] },
            new("industry", FieldType.Select, new("行业", "Industry")) { Options = Choices.Industries },
            new("region", FieldType.Select, new("地区", "Region")) { Options = Choices.Regions },
            new("country", FieldType.Text, new("国家", "Country")) { MaxLength = 60 },
            new("size", FieldType.Select, new("规模", "Size")) { Options = [new("micro", new("20 人以下", "Under 20")), new("small", new("20–99 人", "20 to 99")), new("medium", new("100–499 人", "100 to 499")), new("large", new("500–1999 人", "500 to 1,999")), new("huge", new("2000 人以上", "2,000 and more"))] },
            new("phone", FieldType.Phone, new("电话", "Phone")) { Sensitive = true, Searchable = true, MaxLength = 40 },
            new("email", FieldType.Email, new("邮箱", "Email")) { Sensitive = true },
            new("website", FieldType.Url, new("网址", "Website")) { MaxLength = 300 },
            new("address", FieldType.Text, new("地址", "Address")) { MaxLength = 300 },
            new("parent", FieldType.Reference, new("上级客户", "Parent")) { References = Key },
            new("source", FieldType.Select, new("来源", "Source")) { Options = Choices.Sources },
            new("revenue", FieldType.Money, new("年营业额", "Annual revenue")) { Min = 0 },
            new("employees", FieldType.Integer, new("员工人数", "Employees")) { Min = 0 },
            new("foundedYear", FieldType.Integer, new("成立年份", "Founded")) { Min = 1000, Max = 2100 },
            new("externalId", FieldType.Text, new("外部编号", "External ID")) { MaxLength = 100, Searchable = true },
            new("tags", FieldType.MultiSelect, new("标签", "Tags")) { MaxLength = 1000 },
            new("note", FieldType.LongText, new("备注", "Note")),
        ],
        Views =
        [
            new("mine", new("我的客户", "My customers"), """{"field":"owner","op":"eq","value":{"$":"me"}}""", "-createdAt", Columns),
            new("all", new("全部客户", "All customers"), null, "-createdAt", Columns),
            new("key", new("重点客户", "Key customers"), """{"field":"level","op":"eq","value":"A"}""", "-createdAt", Columns),
            new("pool", new("公海客户", "Pool"), """{"field":"owner","op":"empty"}""", "-createdAt", Columns),
            new("new", new("本月新增", "New this month"), """{"field":"createdAt","op":"within","value":"thisMonth"}""", "-createdAt", Columns),
        ],
    };

    private static IReadOnlyList<string> Columns => ["number", "name", "level", "industry", "region", "phone", "owner", "createdAt"];
}
