using Crm.Shared.Records;

namespace Crm.Sales.Discounts;

internal static class DiscountAuthorityType
{
    public const string Key = "discountAuthority";

    public static readonly RecordType Type = new(Key, "discountAuthorities", "sales_discount_authority", new("折扣权限", "Discount authority"))
    {
        Owned = false,
        NameField = "role",
        NaturalKeys = [["role", "category"]],
        Fields =
        [
            new("role", FieldType.Text, new("角色", "Role")) { Required = true, MaxLength = 60, Searchable = true, Help = new("角色的标识，例如 rep", "Key of the role, such as rep") },
            new("category", FieldType.Text, new("产品类别", "Product category")) { MaxLength = 60, Searchable = true, Help = new("不填则适用于所有类别", "All categories where left out") },
            new("own", FieldType.Decimal, new("本人可给折扣 %", "Own limit %")) { Required = true, Min = 0, Max = 100 },
            new("superior", FieldType.Decimal, new("上级可批折扣 %", "Superior's limit %")) { Required = true, Min = 0, Max = 100, Help = new("超过此折扣还需销售总监批准", "Above it the sales director decides too") },
        ],
        Views = [new("all", new("全部权限", "All"), null, "role", ["role", "category", "own", "superior"])],
    };
}
