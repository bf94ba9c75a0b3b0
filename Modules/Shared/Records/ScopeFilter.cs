using Crm.Shared.Access;
using Crm.Shared.Records.Filters;

namespace Crm.Shared.Records;

/// <summary>Data scope as a filter, so that reads, writes, searches and references are held by the same grammar.</summary>
internal static class ScopeFilter
{
    /// <summary>Null for no limit.</summary>
    public static Filter? For(RecordType type, Catalogue catalogue, Actor actor, DirectoryView directory)
    {
        var scope = actor.ScopeOf(type.Key);
        if (scope == DataScope.All || actor.Unlimited) return null;
        if (type.ScopeVia is { } via)
        {
            var target = catalogue[type.Find(via)!.References!];
            return For(target, catalogue, actor, directory) is { } inner ? Under(via, type.Find(via)!, inner) : null;
        }
        if (!type.Owned) return null;
        var parts = new List<Filter>();
        if (scope != DataScope.None && actor.UserId is { } me) parts.Add(One("owner", SystemFields.Owner, me));
        if (scope == DataScope.Unit && actor.UnitId is { } unit) parts.Add(One("unit", SystemFields.Unit, unit));
        if (scope == DataScope.UnitAndBelow && actor.UnitId is { } top)
            parts.Add(new Condition("unit", [SystemFields.Unit], FilterOp.In, [.. directory.UnitAndBelow(top).Select(u => new Literal(u))]));
        if (scope != DataScope.None && type.UnownedVisible) parts.Add(new Condition("owner", [SystemFields.Owner], FilterOp.Empty, []));
        return new Or(parts);
    }

    private static Condition One(string path, Field field, Guid id) => new(path, [field], FilterOp.Eq, [new Literal(id)]);

    private static Filter Under(string via, Field field, Filter filter) => filter switch
    {
        And and => new And([.. and.Parts.Select(p => Under(via, field, p))]),
        Or or => new Or([.. or.Parts.Select(p => Under(via, field, p))]),
        Not not => new Not(Under(via, field, not.Part)),
        Condition c => c with { Path = $"{via}.{c.Path}", Fields = [field, .. c.Fields] },
        _ => filter,
    };
}
