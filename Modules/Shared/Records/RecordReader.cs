using Crm.Shared.Problems;

namespace Crm.Shared.Records;

/// <summary>Reads a whole write request into CLR values and collects everything that is wrong with it.</summary>
internal static class RecordReader
{
    public static Dictionary<string, object?> Read(RecordType type, Catalogue catalogue, IReadOnlyDictionary<string, object?> raw, bool trusted, List<FieldError> errors, string prefix = "")
    {
        var values = new Dictionary<string, object?>();
        foreach (var (key, given) in raw)
        {
            var path = prefix + key;
            if (type.Find(key) is not { } field) errors.Add(new(path, "field.unknown", key));
            else if (field.ReadOnly && !trusted) errors.Add(new(path, "field.readOnly") { Named = field.Label });
            else if (field.Type == FieldType.Lines) values[key] = Lines(catalogue[field.References!], catalogue, given, trusted, errors, path);
            else
            {
                var (value, error) = Values.Read(field, given, path);
                if (error is not null) errors.Add(error with { Named = field.Label });
                else values[key] = value;
            }
        }
        return values;
    }

    private static List<IReadOnlyDictionary<string, object?>>? Lines(RecordType lineType, Catalogue catalogue, object? given, bool trusted, List<FieldError> errors, string path)
    {
        var rows = given switch
        {
            null => [],
            IEnumerable<IReadOnlyDictionary<string, object?>> list => list.ToList(),
            System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Array } json when json.EnumerateArray().All(e => e.ValueKind == System.Text.Json.JsonValueKind.Object) =>
                json.EnumerateArray().Select(e => (IReadOnlyDictionary<string, object?>)e.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value)).ToList(),
            _ => null,
        };
        if (rows is null || rows.Count > 500)
        {
            errors.Add(new(path, rows is null ? "field.type.lines" : "field.tooManyLines", 500));
            return null;
        }
        var lines = new List<IReadOnlyDictionary<string, object?>>();
        for (var i = 0; i < rows.Count; i++)
        {
            // Computed columns of a line come back with it as it was read; they are derived again, not an offence.
            var settable = rows[i].Where(p => lineType.Find(p.Key) is not { ReadOnly: true } || trusted).Where(p => p.Key != "id").ToDictionary(p => p.Key, p => p.Value);
            var line = Read(lineType, catalogue, settable, trusted, errors, $"{path}[{i}].");
            foreach (var field in lineType.Fields)
            {
                // Rules read lines field by field; what was left out is there and empty.
                line.TryAdd(field.Key, field.Default);
                if (field.Required && line.GetValueOrDefault(field.Key) is null && errors.All(e => e.Field != $"{path}[{i}].{field.Key}")) errors.Add(new($"{path}[{i}].{field.Key}", "field.required"));
            }
            lines.Add(line);
        }
        return lines;
    }
}
