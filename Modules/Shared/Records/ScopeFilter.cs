using Crm.Shared.Access;
using Crm.Shared.Records.Filters;

namespace Crm.Shared.Records;

/// <summary>Whose a record is: all that data scope asks of it.</summary>
public sealed record Belonging(Guid? Owner, Guid? Unit);

/// <summary>Data scope as a filter, so that reads, writes, searches, references and hints are held by the same grammar.</summary>
public static class ScopeFilter
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

    /// <summary>Whether the scope holds a record of this type that belongs so. Types seen by way of another record do not tell it of their own.</summary>
    public static bool Holds(RecordType type, Catalogue catalogue, Actor actor, DirectoryView directory, Belonging whose) =>
        For(type, catalogue, actor, directory) is not { } scope
        || MemoryFilter.Matches(scope, path => path switch { "owner" => whose.Owner, "unit" => whose.Unit, _ => null }, new FilterContext(actor.UserId, actor.UnitId, default, TimeZoneInfo.Utc));

    /// <summary>The filter as this reader may ask it: a condition through a reference is true only of what the reader may see, else asking would tell what reading does not.</summary>
    internal static Filter Ask(Filter filter, Catalogue catalogue, Actor actor, DirectoryView directory) => filter switch
    {
        And and => new And([.. and.Parts.Select(p => Ask(p, catalogue, actor, directory))]),
        Or or => new Or([.. or.Parts.Select(p => Ask(p, catalogue, actor, directory))]),
        Not not => new Not(Ask(not.Part, catalogue, actor, directory)),
        Condition { Fields.Count: > 1 } condition => new And([condition, .. Along(condition, catalogue, actor, directory)]),
        _ => filter,
    };

    private static IEnumerable<Filter> Along(Condition condition, Catalogue catalogue, Actor actor, DirectoryView directory)
    {
        for (var i = 0; i < condition.Fields.Count - 1; i++)
            if (For(catalogue[condition.Fields[i].References!], catalogue, actor, directory) is { } scope)
                yield return condition.Fields.Take(i + 1).Reverse().Aggregate(scope, (inner, field) => Under(field.Key, field, inner));
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
