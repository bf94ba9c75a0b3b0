using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Shared.Tests.Records.Filters;

/// <summary>A small catalogue with every field type, built-in and custom, and references over two steps; generators of rows and filters for it.</summary>
internal static class World
{
    private static readonly Option[] Colours = [new("red", new("红", "Red")), new("green", new("绿", "Green")), new("blue", new("蓝", "Blue"))];

    private static readonly FieldType[] Types =
    [
        FieldType.Text, FieldType.LongText, FieldType.Integer, FieldType.Decimal, FieldType.Money, FieldType.Boolean, FieldType.Date, FieldType.DateTime,
        FieldType.Select, FieldType.MultiSelect, FieldType.Email, FieldType.Phone, FieldType.Url, FieldType.Json,
    ];

    public static readonly Catalogue Catalogue = new(
    [
        Of("deal", "deals", [.. OfEveryType(custom: false), .. OfEveryType(custom: true), To("customer", "customer"), To("owner", "user"), To("cPartner", "customer", custom: true)]),
        Of("customer", "customers", [.. OfEveryType(custom: false), .. OfEveryType(custom: true), To("owner", "user"), To("cBoss", "user", custom: true)]),
        Of("user", "users", [new("name", FieldType.Text, new("姓名", "Name")), To("unit", "unit")]),
        Of("unit", "units", [new("name", FieldType.Text, new("名称", "Name"))]),
    ]);

    public static RecordType Deal => Catalogue["deal"];

    public static readonly IReadOnlyList<string> Paths =
    [
        .. Deal.Fields.Select(f => f.Key),
        .. Catalogue["customer"].Fields.SelectMany(f => new[] { $"customer.{f.Key}", $"cPartner.{f.Key}" }),
        "owner.name", "customer.owner.name", "customer.cBoss.name", "cPartner.owner.unit.name", "cPartner.cBoss.unit",
    ];

    public static Guid Id(string type, int n) => new($"00000000-0000-0000-0000-{type.Length:x2}00{n:x8}");

    // A, a, 中 and 文 next to the characters that LIKE, JSON and SQL treat specially.
    public static readonly Gen<string> Text =
        from size in Gen.Choose(1, 5)
        from chars in Gen.ArrayOf(Gen.Elements("aAbBzZ中文é%_[]'\"\\ ^-".ToCharArray()), size)
        select new string(chars);

    private static readonly DateOnly Day0 = new(2026, 3, 1);

    /// <summary>A value that the field can hold and a filter may ask for.</summary>
    public static Gen<object> Value(Field field) => field.Type switch
    {
        FieldType.Integer => Gen.Choose(-3, 3).Select(n => (object)(long)n),
        FieldType.Decimal or FieldType.Money => Gen.Choose(-30_000, 30_000).Select(n => (object)(n / 7_500 * 0.75m)),
        FieldType.Boolean => Gen.Elements(true, false).Select(b => (object)b),
        FieldType.Date => Gen.Choose(-60, 60).Select(n => (object)Day0.AddDays(n)),
        FieldType.DateTime => Gen.Choose(-500, 500).Select(n => (object)new DateTime(2026, 3, 1, 15, 59, 59, 999, DateTimeKind.Utc).AddHours(n * 3).AddMilliseconds(n % 2)),
        FieldType.Select or FieldType.MultiSelect => Gen.Elements(Colours).Select(o => (object)o.Key),
        FieldType.Reference => Gen.Choose(0, 3).Select(n => (object)Id(field.References!, n)),
        FieldType.Email => Text.Select(t => (object)Solid(t).ToLowerInvariant()),
        FieldType.Phone => Gen.Choose(0, 20).Select(n => (object)$"138 {n}"),
        _ => Text.Select(t => (object)Solid(t)),
    };

    /// <summary>What a row holds: sometimes nothing, sometimes an empty text or list.</summary>
    public static Gen<object?> Cell(Field field)
    {
        var full = field.Type == FieldType.MultiSelect
            ? Gen.SubListOf(Colours.Select(o => o.Key).ToArray()).Select(keys => (object?)keys.ToArray())
            : Value(field).Select(v => (object?)v);
        return Gen.Frequency((5, full), (1, Gen.Constant<object?>(null)), (1, field.IsText && field.Type != FieldType.Select ? Gen.Constant<object?>("") : Gen.Constant<object?>(null)));
    }

    public static Gen<Filter> Filter(int size) => size <= 1 ? Condition : Gen.Frequency(
        (3, Condition),
        (2, Gen.Choose(0, 3).SelectMany(n => Gen.ListOf(Filter(size / 2), n)).Select(parts => (Filter)new And([.. parts]))),
        (2, Gen.Choose(0, 3).SelectMany(n => Gen.ListOf(Filter(size / 2), n)).Select(parts => (Filter)new Or([.. parts]))),
        (2, Filter(size / 2).Select(part => (Filter)new Not(part))));

    private static Gen<Filter> Condition =>
        from path in Gen.Elements(Paths.ToArray())
        let fields = Catalogue.Path(Deal, path)!
        from op in Gen.Elements(FilterOps.ByType[fields[^1].Type].ToArray())
        from count in FilterOps.Arity(op) is { } n ? Gen.Constant(n) : Gen.Choose(0, 3)
        from values in Gen.ListOf(Wanted(fields[^1], op), count)
        select (Filter)new Condition(path, fields, op, [.. values]);

    private static Gen<FilterValue> Wanted(Field field, FilterOp op)
    {
        if (op == FilterOp.Within)
            return Gen.OneOf(
                Gen.Elements(FilterTime.PeriodNames.ToArray()).Select(name => (FilterValue)new Period(name)),
                Gen.Choose(1, 30).SelectMany(days => Gen.Elements("last", "next").Select(name => (FilterValue)new Period(name, days))));
        var literal = Value(field).Select(v => (FilterValue)new Literal(v));
        return (field.Type, field.References) switch
        {
            (FieldType.Reference, "user") => Gen.OneOf(literal, Gen.Constant<FilterValue>(new Me())),
            (FieldType.Reference, "unit") => Gen.OneOf(literal, Gen.Constant<FilterValue>(new MyUnit())),
            (FieldType.Date, _) => Gen.OneOf(literal, Gen.Choose(-40, 40).Select(n => (FilterValue)new Relative(TimeSpan.FromDays(n)))),
            (FieldType.DateTime, _) => Gen.OneOf(literal, Gen.Choose(-4000, 4000).Select(n => (FilterValue)new Relative(TimeSpan.FromMinutes(n * 7)))),
            _ => literal,
        };
    }

    private static string Solid(string text) => text.Trim() is { Length: > 0 } solid ? solid : "x";

    private static RecordType Of(string key, string plural, IReadOnlyList<Field> fields) =>
        new(key, plural, $"test_{key}", new(key, key)) { Fields = fields, External = true };

    private static IEnumerable<Field> OfEveryType(bool custom) => Types.Select(type =>
        new Field(custom ? $"c{type}" : $"b{type}", type, new($"{type}", $"{type}"))
        {
            Custom = custom,
            Options = type is FieldType.Select or FieldType.MultiSelect ? Colours : [],
        });

    private static Field To(string key, string type, bool custom = false) => new(key, FieldType.Reference, new(key, key)) { References = type, Custom = custom };
}
