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
            new("role", FieldType.Select, new("角色", "Role")) { Required = true, OptionsOf = "user.roles" },
            new("category", FieldType.Select, new("产品类别", "Product category")) { Help = new("产品中用到的类别；不填则适用于所有类别", "One that products are in; all of them where left out") },
            new("own", FieldType.Decimal, new("本人可给折扣 %", "Own limit %")) { Required = true, Min = 0, Max = 100 },
            new("superior", FieldType.Decimal, new("上级可批折扣 %", "Superior's limit %")) { Required = true, Min = 0, Max = 100, Help = new("超过此折扣还需销售总监批准", "Above it the sales director decides too") },
        ],
        Views = [new("all", new("全部权限", "All"), null, "role", ["role", "category", "own", "superior"])],
    };
}
