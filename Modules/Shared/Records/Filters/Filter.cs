namespace Crm.Shared.Records.Filters;

/// <summary>The parsed filter grammar. JSON forms:
/// <code>{"and":[...]}  {"or":[...]}  {"not":{...}}  {"field":"customer.industry","op":"eq","value":...}</code>
/// Semantics are two-valued on both back ends: a comparison with an empty field is false, except <c>ne</c>,
/// <c>notIn</c> and <c>empty</c>, which are true. Text compares without regard to ASCII case.</summary>
public abstract record Filter;

/// <summary>All of them; true when empty.</summary>
public sealed record And(IReadOnlyList<Filter> Parts) : Filter;

/// <summary>Any of them; false when empty.</summary>
public sealed record Or(IReadOnlyList<Filter> Parts) : Filter;

public sealed record Not(Filter Part) : Filter;

/// <summary>One condition. <paramref name="Fields"/> is the path from the filtered type to the compared field.</summary>
public sealed record Condition(string Path, IReadOnlyList<Field> Fields, FilterOp Op, IReadOnlyList<FilterValue> Values) : Filter
{
    public Field Field => Fields[^1];
}

/// <summary>JSON name in brackets.</summary>
public enum FilterOp
{
    /// <summary>[eq]</summary>
    Eq,
    /// <summary>[ne] not equal, or empty</summary>
    Ne,
    /// <summary>[gt]</summary>
    Gt,
    /// <summary>[gte]</summary>
    Gte,
    /// <summary>[lt]</summary>
    Lt,
    /// <summary>[lte]</summary>
    Lte,
    /// <summary>[between] two values, both ends included</summary>
    Between,
    /// <summary>[in] any of up to 200 values</summary>
    In,
    /// <summary>[notIn] none of them, or empty</summary>
    NotIn,
    /// <summary>[contains] text contains; multi-select has the option</summary>
    Contains,
    /// <summary>[startsWith]</summary>
    StartsWith,
    /// <summary>[empty] no value; takes none</summary>
    Empty,
    /// <summary>[notEmpty]</summary>
    NotEmpty,
    /// <summary>[within] a date lies in a period: value names it, see <see cref="Period"/></summary>
    Within,
}

/// <summary>A value to compare with.</summary>
public abstract record FilterValue;

/// <summary>A constant in the CLR type of the compared field.</summary>
public sealed record Literal(object Value) : FilterValue;

/// <summary>JSON <c>{"$":"me"}</c>: the acting user.</summary>
public sealed record Me : FilterValue;

/// <summary>JSON <c>{"$":"myUnit"}</c>: the acting user's org unit.</summary>
public sealed record MyUnit : FilterValue;

/// <summary>JSON <c>{"$":"now","plus":"-P3DT2H"}</c>: ISO 8601 duration before or after the present moment, or day (<c>today</c>) for dates.</summary>
public sealed record Relative(TimeSpan Offset) : FilterValue;

/// <summary>JSON of op within: <c>"today" "yesterday" "tomorrow" "thisWeek" "lastWeek" "nextWeek" "thisMonth" "lastMonth" "nextMonth"
/// "thisQuarter" "lastQuarter" "thisYear" "lastYear"</c> or <c>{"last":7}</c>, <c>{"next":7}</c> days, today included. Weeks begin on Monday.</summary>
public sealed record Period(string Name, int Days = 0) : FilterValue;

/// <summary>What relative values mean: who asks, when, and in which time zone days begin.</summary>
public sealed record FilterContext(Guid? UserId, Guid? UnitId, DateTime NowUtc, TimeZoneInfo Zone);
