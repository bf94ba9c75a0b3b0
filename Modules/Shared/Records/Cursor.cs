using System.Text;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records.Filters;

namespace Crm.Shared.Records;

/// <summary>Keyset paging: the cursor holds the last row's sort values and id, so a page costs the same however deep it lies.</summary>
internal static class Cursor
{
    /// <summary>Sort terms checked against the type; the id always comes last.</summary>
    public static List<(Field Field, bool Descending)> Sort(RecordType type, IReadOnlyList<string> sort)
    {
        var terms = new List<(Field, bool)>();
        foreach (var term in sort.Count > 0 ? sort : ["-createdAt"])
        {
            var descending = term.StartsWith('-');
            var field = type.Find(term.TrimStart('-'));
            if (field is null or { Type: FieldType.Lines or FieldType.Json or FieldType.MultiSelect } || terms.Count == 3) throw Problem.Invalid("sort", "list.sort", term);
            // Ordered by it already; a server refuses to be told twice.
            if (terms.All(t => t.Item1.Key != field.Key)) terms.Add((field, descending));
        }
        return terms;
    }

    public static string Write(Record last, List<(Field Field, bool Descending)> terms)
    {
        var values = terms.Select(t => last[t.Field.Key] is { } v ? FieldStorage.ToJson(t.Field, v) : null).Append(last.Id.ToString());
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(values, Stored.Json)));
    }

    /// <summary>SQL that keeps only rows after the cursor; both engines sort empty values first.</summary>
    public static string After(string cursor, List<(Field Field, bool Descending)> terms, SqlFilter read, Dialect dialect, IDictionary<string, object> args)
    {
        var (values, id) = Parse(cursor, terms);
        args["c_id"] = Stored.Id(id);
        var lastDescending = terms[^1].Descending;
        var sql = $"t.id {(lastDescending ? "<" : ">")} @c_id";
        for (var i = terms.Count - 1; i >= 0; i--)
        {
            var (column, descending) = (read.Value([terms[i].Field]), terms[i].Descending);
            if (values[i] is not { } value)
            {
                sql = descending ? $"({column} IS NULL AND {sql})" : $"({column} IS NOT NULL OR ({column} IS NULL AND {sql}))";
                continue;
            }
            args[$"c{i}"] = terms[i].Field.Custom ? FieldStorage.ToJson(terms[i].Field, value) : dialect.ToDb(terms[i].Field, value)!;
            sql = descending
                ? $"({column} < @c{i} OR {column} IS NULL OR ({column} = @c{i} AND {sql}))"
                : $"({column} > @c{i} OR ({column} = @c{i} AND {sql}))";
        }
        return sql;
    }

    private static (List<object?> Values, Guid Id) Parse(string cursor, List<(Field Field, bool Descending)> terms)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(Convert.FromBase64String(cursor));
            if (parts?.Length == terms.Count + 1)
                return ([.. terms.Select((t, i) => FieldStorage.FromJson(t.Field, parts[i]))], parts[^1].GetGuid());
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // Falls through to the refusal: a cursor is only ever ours or broken.
        }
        throw Problem.Invalid("after", "list.cursor");
    }
}
