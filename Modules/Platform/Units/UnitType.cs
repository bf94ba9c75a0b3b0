using Crm.Shared.Records;

namespace Crm.Platform.Units;

internal static class UnitType
{
    public static readonly RecordType Unit = new("unit", "units", "platform_unit", new("部门", "Unit"))
    {
        Owned = false,
        NaturalKeys = [["name", "parent"], ["name"]],
        Fields =
        [
            new("name", FieldType.Text, new("名称", "Name")) { Required = true, Searchable = true },
            new("parent", FieldType.Reference, new("上级部门", "Part of")) { References = "unit" },
            new("manager", FieldType.Reference, new("负责人", "Head")) { References = "user" },
            new("region", FieldType.Text, new("区域", "Region")) { Help = new("按区域分配线索时使用，例如“华东”", "Used when leads are assigned by region") },
        ],
        Views = [new("all", new("全部部门", "All units"), null, "name", ["name", "parent", "manager", "region"])],
    };
}
