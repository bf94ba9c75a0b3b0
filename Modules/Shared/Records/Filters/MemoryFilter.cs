namespace Crm.Shared.Records.Filters;

/// <summary>Why a filter matched or did not: a tree like the filter's own.</summary>
/// <param name="Kind"><c>and</c>, <c>or</c>, <c>not</c> or <c>condition</c>; the members below are set for a condition.</param>
/// <param name="Op">JSON name of the operator.</param>
/// <param name="Wanted">Values compared with, relative ones resolved; of <c>within</c> the start and the excluded end.</param>
/// <param name="Actual">What the record had.</param>
public sealed record FilterReason(
    string Kind, bool Result, IReadOnlyList<FilterReason>? Parts = null,
    string? Path = null, string? Op = null, IReadOnlyList<object>? Wanted = null, object? Actual = null);

/// <summary>Asks a filter of values in memory; agrees with <see cref="SqlFilter"/>.</summary>
public static class MemoryFilter
{
    /// <param name="read">Gives the value at a path (<c>customer.industry</c>), null where there is none.</param>
    public static bool Matches(Filter filter, Func<string, object?> read, FilterContext context) => filter switch
    {
        And and => and.Parts.All(p => Matches(p, read, context)),
        Or or => or.Parts.Any(p => Matches(p, read, context)),
        Not not => !Matches(not.Part, read, context),
        Condition condition => Holds(condition, read(condition.Path), FilterTime.Resolve(condition, context)),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    /// <summary>As <see cref="Matches"/>, and tells every condition with its value; nothing is skipped.</summary>
    public static FilterReason Explain(Filter filter, Func<string, object?> read, FilterContext context)
    {
        FilterReason[] Parts(IReadOnlyList<Filter> parts) => [.. parts.Select(p => Explain(p, read, context))];
        switch (filter)
        {
            case And and:
                var all = Parts(and.Parts);
                return new("and", all.All(p => p.Result), all);
            case Or or:
                var any = Parts(or.Parts);
                return new("or", any.Any(p => p.Result), any);
            case Not not:
                var inner = Explain(not.Part, read, context);
                return new("not", !inner.Result, [inner]);
            case Condition condition:
                var (actual, wanted) = (read(condition.Path), FilterTime.Resolve(condition, context));
                return new("condition", Holds(condition, actual, wanted), null, condition.Path, FilterOps.Name(condition.Op), wanted, actual);
            default:
                throw new ArgumentOutOfRangeException(nameof(filter));
        }
    }

    /// <summary>Every path the filter reads, once.</summary>
    public static IEnumerable<string> Paths(Filter filter) => All(filter).Select(c => c.Path).Distinct();

    /// <summary>Every condition of the filter.</summary>
    public static IEnumerable<Condition> All(Filter filter) => filter switch
    {
        And and => and.Parts.SelectMany(All),
        Or or => or.Parts.SelectMany(All),
        Not not => All(not.Part),
        Condition condition => [condition],
        _ => [],
    };

    private static bool Holds(Condition condition, object? actual, IReadOnlyList<object> wanted)
    {
        var empty = actual is null or "" || actual is IReadOnlyCollection<string> { Count: 0 };
        switch (condition.Op)
        {
            case FilterOp.Empty: return empty;
            case FilterOp.NotEmpty: return !empty;
            case FilterOp.Ne or FilterOp.NotIn when empty || wanted.Count == 0: return true;
        }
        if (empty || wanted.Count == 0) return false;
        var field = condition.Field;
        int Compare(int i) => Order(field, actual!, wanted[i]);
        return condition.Op switch
        {
            FilterOp.Eq => Compare(0) == 0,
            FilterOp.Ne => Compare(0) != 0,
            FilterOp.Gt => Compare(0) > 0,
            FilterOp.Gte => Compare(0) >= 0,
            FilterOp.Lt => Compare(0) < 0,
            FilterOp.Lte => Compare(0) <= 0,
            FilterOp.In => wanted.Any(w => Order(field, actual!, w) == 0),
            FilterOp.NotIn => wanted.All(w => Order(field, actual!, w) != 0),
            FilterOp.Between => Compare(0) >= 0 && Compare(1) <= 0,
            FilterOp.Within => Compare(0) >= 0 && Compare(1) < 0,
            FilterOp.Contains when actual is IReadOnlyCollection<string> options => options.Contains((string)wanted[0]),
            FilterOp.Contains => Fold((string)actual!).Contains(Fold((string)wanted[0]), StringComparison.Ordinal),
            FilterOp.StartsWith => Fold((string)actual!).StartsWith(Fold((string)wanted[0]), StringComparison.Ordinal),
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };
    }

    private static int Order(Field field, object actual, object wanted) => field.Type switch
    {
        FieldType.Select => string.CompareOrdinal((string)actual, (string)wanted),
        _ when field.IsText => string.CompareOrdinal(Fold((string)actual), Fold((string)wanted)),
        _ when field.IsNumber => Convert.ToDecimal(actual).CompareTo(Convert.ToDecimal(wanted)),
        _ => Comparer<object>.Default.Compare(actual, wanted),
    };

    // ASCII only, as SQLite's NOCASE.
    private static string Fold(string text) =>
        string.Create(text.Length, text, (to, from) => { for (var i = 0; i < to.Length; i++) to[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i]; });
}
