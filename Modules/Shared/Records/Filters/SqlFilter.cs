using Crm.Shared.Data;

namespace Crm.Shared.Records.Filters;

/// <summary>Compiles filters over one type into the pieces of a statement: call <see cref="Where"/> (as often as there are filters) and
/// <see cref="Value"/>, then read <see cref="Joins"/> and <see cref="Parameters"/>. Values are always parameters, named @f0, @f1...</summary>
/// <param name="alias">The filtered type's table in the statement.</param>
public sealed class SqlFilter(RecordType type, string alias, Catalogue catalogue, IFilterDialect dialect, FilterContext context)
{
    private readonly Dictionary<string, string> aliases = [];
    private readonly List<string> joins = [];
    private readonly Dictionary<string, object> parameters = [];

    /// <summary>LEFT JOINs over the references that the filters follow, one for each distinct reference; empty where none is.</summary>
    public string Joins => string.Join('\n', joins);

    /// <summary>Values in stored form, named without @.</summary>
    public IReadOnlyDictionary<string, object> Parameters => parameters;

    /// <summary>The condition, in brackets where it needs them.</summary>
    public string Where(Filter filter) => Compile(filter, negated: false);

    /// <summary>What the field at the end of a path is read as, also for ORDER BY.</summary>
    public string Value(IReadOnlyList<Field> path)
    {
        var table = Table(path);
        var field = path[^1];
        if (!field.Custom) return $"{table}.{field.Column}";
        var custom = $"{table}.custom";
        return field.Type switch
        {
            FieldType.Integer or FieldType.Decimal or FieldType.Money or FieldType.Boolean => dialect.JsonNumber(custom, field.Key),
            FieldType.LongText or FieldType.Json => dialect.JsonLongText(custom, field.Key),
            FieldType.MultiSelect => dialect.JsonArray(custom, field.Key),
            _ => dialect.JsonText(custom, field.Key),
        };
    }

    // Under a NOT every condition must be true or false, never unknown; elsewhere unknown counts as false anyway and the plain form keeps indexes.
    private string Compile(Filter filter, bool negated) => filter switch
    {
        And { Parts.Count: 0 } => "1 = 1",
        Or { Parts.Count: 0 } => "1 = 0",
        And and => $"({string.Join(" AND ", and.Parts.Select(p => Compile(p, negated)))})",
        Or or => $"({string.Join(" OR ", or.Parts.Select(p => Compile(p, negated)))})",
        Not not => $"NOT ({Compile(not.Part, negated: true)})",
        Condition condition => One(condition, negated),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private string One(Condition condition, bool negated)
    {
        var field = condition.Field;
        var value = Value(condition.Fields);
        var wanted = FilterTime.Resolve(condition, context);
        var nothing = field.Type == FieldType.MultiSelect ? "'[]'" : field.IsText || field.Type == FieldType.Json ? "''" : null;
        var compared = field.Type is FieldType.Text or FieldType.LongText or FieldType.Url ? dialect.AnyCase(value) : value;

        string Guarded(string test) => negated ? $"({value} IS NOT NULL AND {test})" : test;
        string Compare(string op) => Guarded($"{compared} {op} {Add(field, wanted[0])}");
        string Match(string before) => Guarded(dialect.Like(value, Add(field, $"{before}{dialect.EscapeLike((string)wanted[0])}%")));
        string List() => string.Join(", ", wanted.Select(v => Add(field, v)));

        return condition.Op switch
        {
            FilterOp.Empty => nothing is null ? $"{value} IS NULL" : $"({value} IS NULL OR {value} = {nothing})",
            FilterOp.NotEmpty => nothing is null ? $"{value} IS NOT NULL" : $"({value} IS NOT NULL AND {value} <> {nothing})",
            FilterOp.Ne or FilterOp.NotIn when wanted.Count == 0 => "1 = 1",
            _ when wanted.Count == 0 => "1 = 0",
            FilterOp.Eq => Compare("="),
            FilterOp.Gt => Compare(">"),
            FilterOp.Gte => Compare(">="),
            FilterOp.Lt => Compare("<"),
            FilterOp.Lte => Compare("<="),
            FilterOp.Ne => $"({value} IS NULL OR {compared} <> {Add(field, wanted[0])})",
            FilterOp.In => Guarded($"{compared} IN ({List()})"),
            FilterOp.NotIn => $"({value} IS NULL OR {compared} NOT IN ({List()}))",
            FilterOp.Between => Guarded($"({value} >= {Add(field, wanted[0])} AND {value} <= {Add(field, wanted[1])})"),
            FilterOp.Within => Guarded($"({value} >= {Add(field, wanted[0])} AND {value} < {Add(field, wanted[1])})"),
            FilterOp.Contains when field.Type == FieldType.MultiSelect => dialect.ArrayContains(value, Add(field, wanted[0])),
            FilterOp.Contains => Match("%"),
            FilterOp.StartsWith => Match(""),
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };
    }

    private string Add(Field field, object value)
    {
        var name = $"f{parameters.Count}";
        parameters.Add(name, field.Custom ? FieldStorage.ToJson(field, value) : dialect.ToDb(value));
        return $"@{name}";
    }

    private string Table(IReadOnlyList<Field> path)
    {
        var (table, of, prefix) = (alias, type, "");
        foreach (var reference in path.SkipLast(1))
        {
            of = catalogue[reference.References!];
            prefix += $"{reference.Key}.";
            if (!aliases.TryGetValue(prefix, out var joined))
            {
                joined = $"{alias}_j{aliases.Count}";
                var id = reference.Custom ? dialect.JsonId($"{table}.custom", reference.Key) : $"{table}.{reference.Column}";
                joins.Add($"LEFT JOIN {of.Table} {joined} ON {joined}.id = {id}");
                aliases.Add(prefix, joined);
            }
            table = joined;
        }
        return table;
    }
}
