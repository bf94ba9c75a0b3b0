using Crm.Sales.Contracts;
using Crm.Shared.Records;

namespace Crm.Sales.Products;

internal static class ProductType
{
    public const string Key = "product";

    public static readonly RecordType Type = new(Key, "products", "sales_product", new("产品", "Product"))
    {
        Owned = false,
        NaturalKeys = [["code"], ["name"]],
        Fields =
        [
            new("name", FieldType.Text, new("产品名称", "Name")) { Required = true, Searchable = true },
            new("code", FieldType.Text, new("产品编码", "Code")) { MaxLength = 60, Searchable = true },
            new("category", FieldType.Text, new("类别", "Category")) { MaxLength = 60, Searchable = true },
            new("unit", FieldType.Text, new("单位", "Unit")) { MaxLength = 20, Default = "件" },
            new("price", FieldType.Money, new("标准价", "List price")) { Required = true, Min = 0 },
            new("cost", FieldType.Money, new("成本", "Cost")) { Min = 0, Sensitive = true },
            new("currency", FieldType.Select, new("币种", "Currency")) { Options = Choices.Currencies },
            new("active", FieldType.Boolean, new("在售", "On sale")) { Default = true },
            new("description", FieldType.LongText, new("说明", "Description")),
        ],
        Views =
        [
            new("active", new("在售产品", "On sale"), """{"field":"active","op":"eq","value":true}""", "name", Columns),
            new("all", new("全部产品", "All products"), null, "name", Columns),
        ],
    };

    private static IReadOnlyList<string> Columns => ["name", "code", "category", "unit", "price", "currency", "active"];
}
